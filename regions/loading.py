"""Brings the regions of data/regions.csv.gz into the database, in seconds and as often as you like."""

import gzip
import io
import zlib
from dataclasses import dataclass
from pathlib import Path

from django.db import DataError, IntegrityError, connection, transaction

from regions.models import Level, Region

FILE = Path(__file__).parent / "data" / "regions.csv.gz"
HEADER = b"code,kind,time_zone,name\n"
# By Kepmendagri 300.2.2-2138 of 2025. A new decree changes these together with the file.
COUNTS = {Level.PROVINCE: 38, Level.REGENCY: 514, Level.DISTRICT: 7_285, Level.VILLAGE: 83_762}

_INCOMING = """
    DROP TABLE IF EXISTS incoming_regions;
    CREATE TEMPORARY TABLE incoming_regions (
        code varchar(13) COLLATE "C" PRIMARY KEY, kind varchar(20), time_zone varchar(20), name varchar(80)
    ) ON COMMIT DROP
"""
_COPY = "COPY incoming_regions (code, kind, time_zone, name) FROM STDIN WITH (FORMAT csv)"

# What the table should hold. In a path a city keeps its word: Bandung is a regency and a city.
_WANTED = """
    WITH spoken AS (
        SELECT *, CASE kind WHEN 'city' THEN 'Kota ' || name ELSE name END AS said FROM incoming_regions
    )
    SELECT own.code, own.name, own.kind, own.time_zone,
        CASE length(own.code) WHEN 2 THEN 1 WHEN 5 THEN 2 WHEN 8 THEN 3 ELSE 4 END::smallint AS level,
        nullif(regexp_replace(own.code, '\\.[0-9]+$', ''), own.code) AS parent_id,
        concat_ws(', ', own.said, district.said, regency.said, province.said) AS full_name
    FROM spoken own
    LEFT JOIN spoken district ON length(own.code) > 8 AND district.code = left(own.code, 8)
    LEFT JOIN spoken regency ON length(own.code) > 5 AND regency.code = left(own.code, 5)
    LEFT JOIN spoken province ON length(own.code) > 2 AND province.code = left(own.code, 2)
"""
_COLUMNS = "code, name, kind, time_zone, level, parent_id, full_name"
_WRITE = f"""
    INSERT INTO regions_region ({_COLUMNS})
    SELECT {_COLUMNS} FROM ({_WANTED}) wanted
    EXCEPT SELECT {_COLUMNS} FROM regions_region WHERE closed_at IS NULL
    ORDER BY code
    ON CONFLICT (code) DO UPDATE SET name = excluded.name, kind = excluded.kind,
        time_zone = excluded.time_zone, full_name = excluded.full_name, closed_at = NULL
"""  # noqa: S608 - made of the constants above
_ORPHANS = """
    SELECT code FROM incoming_regions
    WHERE code LIKE '%.%' AND regexp_replace(code, '\\.[^.]*$', '') NOT IN (SELECT code FROM incoming_regions)
    ORDER BY code LIMIT 1
"""
_CLOSE = """
    UPDATE regions_region SET closed_at = now()
    WHERE closed_at IS NULL AND code NOT IN (SELECT code FROM incoming_regions)
"""


class RegionsRefused(Exception):
    """The file cannot be loaded; nothing was changed."""


@dataclass(frozen=True)
class Loaded:
    """What a load did."""

    total: int
    written: int
    closed: int


def load_regions(path: Path = FILE, counts: dict[Level, int] | None = None) -> Loaded:
    """Make the table hold what the file says: write what differs, close what the file no longer names."""
    try:
        lines = io.BytesIO(gzip.decompress(path.read_bytes()))
        with transaction.atomic():
            return _load(lines, COUNTS if counts is None else counts)
    except (OSError, EOFError, zlib.error) as error:
        raise RegionsRefused(f"{path.name} cannot be read: {error}.") from error
    except (DataError, IntegrityError) as error:
        raise RegionsRefused(f"{path.name} holds something that is no region: {error}") from error


def _load(lines: io.BytesIO, counts: dict[Level, int]) -> Loaded:
    if lines.readline() != HEADER:
        raise RegionsRefused(f"The first line must be {HEADER.decode().strip()}.")
    with connection.cursor() as cursor:
        cursor.execute(_INCOMING)
        with connection.wrap_database_errors:
            cursor.copy_expert(_COPY, lines)
        cursor.execute("ANALYZE incoming_regions")
        cursor.execute(_ORPHANS)
        if orphan := cursor.fetchone():
            raise RegionsRefused(f"{orphan[0]} stands in the file without the region above it.")
        cursor.execute(_WRITE)
        written = cursor.rowcount
        cursor.execute(_CLOSE)
        closed = cursor.rowcount
    _check_counts(counts)
    if written or closed:
        _analyze()
    return Loaded(total=sum(counts.values()), written=written, closed=closed)


def _check_counts(counts: dict[Level, int]) -> None:
    for level, expected in counts.items():
        found = Region.objects.open().at(level).count()
        if found != expected:
            raise RegionsRefused(f"The file holds {found} of level {level.name}, the decree {expected}.")


def _analyze() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE regions_region")
