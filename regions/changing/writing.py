"""Brings a plan into the table of regions: in a handful of statements, within the caller's transaction."""

from __future__ import annotations

import io
from collections.abc import Iterable

from django.db import connection
from django.utils import timezone

from regions.changing.lists import Entry
from regions.changing.plan import Plan
from regions.models import Region, RegionSuccession

_NAMED = """
    CREATE TEMPORARY TABLE named_regions (
        code varchar(13) COLLATE "C" PRIMARY KEY, kind varchar(20), time_zone varchar(20), name varchar(80)
    ) ON COMMIT DROP
"""
_COPY = "COPY named_regions (code, kind, time_zone, name) FROM STDIN"
_WRITE = """
    INSERT INTO regions_region (code, name, kind, time_zone, level, parent_id, full_name)
    SELECT code, name, kind, time_zone,
        CASE length(code) WHEN 2 THEN 1 WHEN 5 THEN 2 WHEN 8 THEN 3 ELSE 4 END,
        nullif(regexp_replace(code, '\\.[0-9]+$', ''), code), name
    FROM named_regions ORDER BY code
    ON CONFLICT (code) DO UPDATE SET name = excluded.name, kind = excluded.kind,
        time_zone = excluded.time_zone, closed_at = NULL
"""
# The path in words, of what was written and of all beneath it. In a path a city keeps its word.
_PATHS = """
    WITH touched AS (
        SELECT DISTINCT own.code FROM named_regions named
        JOIN regions_region own ON own.code >= named.code AND own.code < named.code || '/'
    ), spoken AS (
        SELECT code, CASE kind WHEN 'city' THEN 'Kota ' || name ELSE name END AS said FROM regions_region
    )
    UPDATE regions_region own
    SET full_name = concat_ws(', ', self.said, district.said, regency.said, province.said)
    FROM touched
    JOIN spoken self ON self.code = touched.code
    LEFT JOIN spoken district ON length(touched.code) > 8 AND district.code = left(touched.code, 8)
    LEFT JOIN spoken regency ON length(touched.code) > 5 AND regency.code = left(touched.code, 5)
    LEFT JOIN spoken province ON length(touched.code) > 2 AND province.code = left(touched.code, 2)
    WHERE own.code = touched.code AND own.closed_at IS NULL
"""


def write(plan: Plan, decree: str) -> None:
    """New and renamed regions, those that close, and what follows them."""
    entries = [
        *plan.added.values(),
        *plan.reopened.values(),
        *(entry for _old, entry in plan.renamed.values()),
    ]
    if entries:
        _write_entries(entries)
    # A code that is given again stands for itself.
    RegionSuccession.objects.filter(old__in=plan.reopened).delete()
    now = timezone.now()
    Region.objects.filter(code__in=plan.closed, closed_at=None).update(closed_at=now)
    RegionSuccession.objects.bulk_create(
        RegionSuccession(old_id=old, new_id=new, is_default=number == 0, decree=decree, noted_at=now)
        for old, following in plan.successors.items()
        for number, new in enumerate(following)
    )


def _write_entries(entries: Iterable[Entry]) -> None:
    lines = "".join(
        "\t".join((entry.code, entry.kind, entry.time_zone, entry.name.replace("\\", "\\\\"))) + "\n"
        for entry in entries
    )
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS named_regions")
        cursor.execute(_NAMED)
        cursor.copy_expert(_COPY, io.StringIO(lines))
        cursor.execute("ANALYZE named_regions")
        cursor.execute(_WRITE)
        cursor.execute(_PATHS)
