"""Whatever holds a region: found by its foreign key, moved in one statement, counted before and after.

Nothing here knows who holds regions. The rule of each stands in one table above (office/decree/rules.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import connection, models

from regions.models import Region

_MOVES = """
    CREATE TEMPORARY TABLE region_moves (
        old_id varchar(13) COLLATE "C" PRIMARY KEY, new_id varchar(13) COLLATE "C" NOT NULL
    ) ON COMMIT DROP
"""
# From every closed region to the one of today that follows it by default, over as many decrees as there were.
_FILL = """
    INSERT INTO region_moves
    WITH RECURSIVE following AS (
        SELECT old_id, new_id, 1 AS step FROM regions_regionsuccession WHERE is_default
        UNION ALL
        SELECT following.old_id, next.new_id, following.step + 1 FROM following
        JOIN regions_regionsuccession next ON next.old_id = following.new_id AND next.is_default
        WHERE following.step < 20
    )
    SELECT DISTINCT ON (old_id) old_id, new_id FROM following ORDER BY old_id, step DESC
"""


@dataclass
class Merged:
    """What had to be put together before a field could be moved."""

    gone: int = 0
    copied: int = 0
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Rule:
    """What happens to a field that holds a region which closes.

    moves: whether it is given the successor. why: for whoever reads the table. clear_way: what must be put
    together first, because two rows would say the same afterwards; it reads the table region_moves,
    and is told who acts.
    """

    why: str
    moves: bool = True
    clear_way: Callable[[Any], Merged] | None = None


@dataclass(frozen=True)
class Holder:
    """One foreign key to a region."""

    label: str
    model: type[models.Model]
    table: str
    column: str


def holders() -> list[Holder]:
    """Every foreign key to a region in the project, but those of regions themselves."""
    found = []
    for model in apps.get_models():
        for each in model._meta.local_fields:
            if each.related_model is Region and model._meta.app_label != Region._meta.app_label:
                label = f"{model._meta.label}.{each.name}"
                found.append(Holder(label, model, model._meta.db_table, str(each.column)))
    return sorted(found, key=lambda holder: holder.label)


def moving(rules: Mapping[str, Rule]) -> list[Holder]:
    """Those whose rule is to move. LookupError for one without a rule: nothing is left behind unawares."""
    found = holders()
    unruled = [holder.label for holder in found if holder.label not in rules]
    if unruled:
        raise LookupError(f"No rule says what happens to {', '.join(unruled)} when regions change.")
    return [holder for holder in found if rules[holder.label].moves]


def lock(moved: Iterable[Holder]) -> None:
    """Let all writing to the holders wait until this transaction ends; pages are still read."""
    tables = sorted({Region._meta.db_table, *(holder.table for holder in moved)})
    names = ", ".join(connection.ops.quote_name(table) for table in tables)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '20s'")
        cursor.execute(f"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE")


def prepare() -> None:
    """Make the table region_moves from the successions there are."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS region_moves")
        cursor.execute(_MOVES)
        cursor.execute(_FILL)
        cursor.execute("ANALYZE region_moves")


def hanging(holder: Holder, codes: Iterable[str]) -> dict[str, int]:
    """How many rows hold each of these regions."""
    table, column = _quoted(holder)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {column}, count(*) FROM {table} WHERE {column} = ANY(%s) GROUP BY 1",  # noqa: S608
            [list(codes)],
        )
        return dict(cursor.fetchall())


def total(holder: Holder) -> int:
    """How many rows there are."""
    return int(holder.model._default_manager.count())


def per_successor(holder: Holder) -> dict[str, int]:
    """How many rows each region holds that follows another, those counted with it that it will be given."""
    table, column = _quoted(holder)
    with connection.cursor() as cursor:
        cursor.execute(f"""
            SELECT coalesce(move.new_id, held.{column}), count(*) FROM {table} held
            LEFT JOIN region_moves move ON move.old_id = held.{column}
            WHERE move.old_id IS NOT NULL OR held.{column} IN (SELECT new_id FROM regions_regionsuccession)
            GROUP BY 1
        """)  # noqa: S608 - names of our own tables
        return dict(cursor.fetchall())


def move(holder: Holder) -> int:
    """Give every row that holds a closed region its successor; how many there were."""
    table, column = _quoted(holder)
    with connection.cursor() as cursor:
        cursor.execute(f"""
            UPDATE {table} held SET {column} = move.new_id
            FROM region_moves move WHERE held.{column} = move.old_id
        """)  # noqa: S608 - names of our own tables
        return int(cursor.rowcount)


def left_behind(holder: Holder) -> int:
    """How many rows still hold a region that something follows; none, after the move."""
    table, column = _quoted(holder)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM {table} WHERE {column} IN (SELECT old_id FROM region_moves)"  # noqa: S608
        )
        return int(cursor.fetchone()[0])


def _quoted(holder: Holder) -> tuple[str, str]:
    return connection.ops.quote_name(holder.table), connection.ops.quote_name(holder.column)
