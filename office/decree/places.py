"""Who holds a region that closes, and who holds already the one that it becomes."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db import connection

from accounts.models import Holiday, Office, Posting

# Whose region changes, and who holds the region that it becomes.
AT_STAKE = """
    SELECT held.id, coalesce(move.new_id, held.region_id) AS place FROM {table} held
    LEFT JOIN region_moves move ON move.old_id = held.region_id
    WHERE move.old_id IS NOT NULL OR held.region_id IN (SELECT new_id FROM region_moves)
"""


def by_place(model: type[Holiday | Office | Posting]) -> dict[str, list[Any]]:
    """The rows at stake by the region they will hold, those first that hold it already."""
    with connection.cursor() as cursor:
        cursor.execute(AT_STAKE.format(table=model._meta.db_table))
        place_of = dict(cursor.fetchall())
    rows: dict[str, list[Any]] = defaultdict(list)
    for row in model._default_manager.filter(pk__in=place_of):
        rows[place_of[row.pk]].append(row)
    for place, found in rows.items():
        found.sort(key=lambda row: (row.region_id != place, row.region_id, row.pk))
    return dict(sorted(rows.items()))
