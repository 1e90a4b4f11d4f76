"""The number in the header and the first page of the inbox, with fifty million notifications in the table.

    python -m benchmarks.header_count [--rows 50000000]

Works in a database of its own, made before and dropped after; fifty million rows with their indexes take
about 8 GB of the disk for a while. A million people have fifty rows each, a third of them unread; three
persons have 3, 300 and 20,000 unread, one in each few pages of the table. Prints what PostgreSQL says that
its part took (EXPLAIN ANALYZE), as a table and as JSON on the last line. Exits 1 where the number in the
header takes a millisecond or more.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from benchmarks import database

if TYPE_CHECKING:
    from accounts.models import User

DATABASE = "benchmark_inbox"
PROMISED_MS = 1.0
BYTES_A_ROW = 260
PEOPLE = 1_000_000
ACTIVITIES = 20_000
REPEAT = 21
# How many unread notifications the three have where the table holds fifty million.
UNREAD = {"few": 3, "some": 300, "many": 20_000}

TELL_OF = """
INSERT INTO activity_activity
  (verb, target_type_id, target_id, region_id, reason, details, happened_at, fanned_out_at, fanout_cursor)
SELECT verb, target_type_id, target_id, region_id, reason, details, happened_at, now(), 0
FROM activity_activity, generate_series(2, %s) WHERE id = %s
"""
# Stories of two hundred communities: what is unread becomes as many groups.
STORIES = """
INSERT INTO notifications_story (activity_id, kind, thread)
SELECT id, 'news', 'news:community:' || id % 200 FROM activity_activity
"""
# Each activity tells so many, all others, and the three each time that their turn comes.
FILL = """
INSERT INTO notifications_notification (activity_id, recipient_id, created_at, read_at)
SELECT %(first)s + (n / %(each)s), CASE {turns} ELSE 1000 + (n * 7919) %% {people} END,
    now() - interval '1 year' + n * (interval '1 year' / %(rows)s),
    CASE WHEN n %% 3 > 0 AND NOT ({whose}) THEN now() END
FROM generate_series(0, %(rows)s::bigint - 1) AS n
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--rows", type=int, default=50_000_000)
    rows = parser.parse_args().rows
    _expect_room(rows * BYTES_A_ROW)
    database.set_up()
    with database.own_database(DATABASE):
        people, seconds = fill(rows)
        figures = measure(people) | {"rows": rows, "filled_in_seconds": round(seconds)} | _sizes()
    database.show(_labels(), figures)
    sys.exit(max(figures[f"header_{name}_ms"] for name in UNREAD) >= PROMISED_MS)


def _expect_room(needed: int) -> None:
    free = shutil.disk_usage("/").free
    if free < 2 * needed:
        sys.exit(f"{needed / 2**30:.1f} GB are needed, twice that should be free: {free / 2**30:.1f} GB is.")


def _labels() -> dict[str, str]:
    labels = {"rows": "notifications", "table_mb": "table, MB", "indexes_mb": "indexes, MB"}
    for name in UNREAD:
        labels |= {
            f"unread_{name}": f"unread ({name})",
            f"header_{name}_ms": f"  the number in the header, ms (below {PROMISED_MS})",
            f"header_{name}_first_ms": "  … the first time",
            f"header_{name}_index": "  … by the index",
            f"inbox_{name}_ms": "  first page of the inbox in PostgreSQL, ms",
            f"inbox_{name}_queries": "  … queries",
            f"inbox_{name}_slowest_ms": "  … the slowest of them, ms",
            f"inbox_{name}_wall_ms": "  … with Django, ms",
        }
    return labels


def fill(rows: int) -> tuple[dict[str, User], float]:
    """Fill the table without its indexes and keys, then give it the indexes back; the three, and how long."""
    from tests.factories import make_user

    people = {name: make_user() for name in UNREAD}
    first = _activities()
    began = time.monotonic()
    without_indexes(lambda: _fill(rows, first, people))
    database.settle()
    return people, time.monotonic() - began


def _activities() -> int:
    """Twenty thousand activities about one article; the id of the first."""
    from django.db import connection

    from tests.factories import make_article
    from tests.notifications import crowd

    recorded = crowd.publish(make_article())
    with connection.cursor() as cursor:
        cursor.execute(TELL_OF, [ACTIVITIES, recorded.pk])
        cursor.execute(STORIES)
    return int(recorded.pk)


def without_indexes(work: Callable[[], None]) -> None:
    """Let it work on a table without indexes; foreign keys go for good, the people of the rows are none."""
    from django.db import connection

    from notifications.models import Notification

    table = Notification._meta.db_table
    with connection.schema_editor() as editor:
        for name, one in _constraints(table).items():
            if one["foreign_key"]:
                editor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        _each_index(editor.remove_index, editor.remove_constraint)
        editor.execute(
            f"TRUNCATE {table} CASCADE"
        )  # in the same transaction: PostgreSQL needs no log of the rows
        work()
    with connection.schema_editor() as editor:
        editor.execute("SET maintenance_work_mem = '256MB'")
        _each_index(editor.add_index, editor.add_constraint)


def _constraints(table: str) -> dict[str, Any]:
    from django.db import connection

    with connection.cursor() as cursor:
        return connection.introspection.get_constraints(cursor, table)


def _each_index(of_index: Callable[..., None], of_constraint: Callable[..., None]) -> None:
    from notifications.models import Notification

    for index in Notification._meta.indexes:
        of_index(Notification, index)
    for constraint in Notification._meta.constraints:
        of_constraint(Notification, constraint)


def _fill(rows: int, first: int, people: dict[str, User]) -> None:
    from django.db import connection

    # Turns that never fall together: the many at 7, the others where that is not.
    every = {name: max(rows // unread, 1) for name, unread in UNREAD.items()}
    turn = {name: f"n %% {every[name]} = {at}" for at, name in enumerate(reversed(UNREAD), 7)}
    turns = " ".join(f"WHEN {turn[name]} THEN {people[name].pk}" for name in turn)
    values = {"first": first, "each": max(rows // ACTIVITIES, 1), "rows": rows}
    with connection.cursor() as cursor:
        cursor.execute(FILL.format(turns=turns, people=PEOPLE, whose=" OR ".join(turn.values())), values)


def measure(people: dict[str, User]) -> dict[str, Any]:
    """What the header and the inbox cost each of the three."""
    from notifications import inbox, threads
    from notifications.models import Notification

    figures: dict[str, Any] = {}
    for name, person in people.items():
        figures[f"unread_{name}"] = Notification.objects.visible_to(person).unread().count()
        header = [explained(lambda: inbox.unread_count(person)) for _ in range(REPEAT)]  # noqa: B023
        figures[f"header_{name}_first_ms"] = round(header[0][0]["ms"], 3)
        figures[f"header_{name}_ms"] = round(statistics.median(run[0]["ms"] for run in header), 3)
        figures[f"header_{name}_index"] = header[0][0]["index"]
        threads.page(person, threads.Asked())
        began = time.perf_counter()
        threads.page(person, threads.Asked())
        figures[f"inbox_{name}_wall_ms"] = round((time.perf_counter() - began) * 1000, 1)
        queries = explained(lambda: threads.page(person, threads.Asked()))  # noqa: B023
        figures[f"inbox_{name}_ms"] = round(sum(one["ms"] for one in queries), 2)
        figures[f"inbox_{name}_slowest_ms"] = round(max(one["ms"] for one in queries), 2)
        figures[f"inbox_{name}_queries"] = len(queries)
    return figures


def explained(work: Callable[[], Any]) -> list[dict[str, Any]]:
    """For each query of it what PostgreSQL says: the milliseconds of planning and doing, and the index."""
    from django.db import connection

    found: list[dict[str, Any]] = []

    def explain(execute: Any, sql: str, params: Any, many: Any, context: Any) -> Any:
        if sql.lstrip("( ").startswith("SELECT"):
            execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}", params, many, context)
            [plan] = context["cursor"].fetchone()[0]
            found.append({
                "ms": plan["Planning Time"] + plan["Execution Time"],
                "index": ", ".join(sorted(_indexes(plan["Plan"]))),
            })  # fmt: skip
        return execute(sql, params, many, context)

    with connection.execute_wrapper(explain):
        work()
    return found


def _indexes(node: dict[str, Any]) -> set[str]:
    below = (_indexes(one) for one in node.get("Plans", ()))
    return {node["Index Name"]}.union(*below) if "Index Name" in node else set().union(*below)


def _sizes() -> dict[str, int]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_table_size(t) / 2^20, pg_indexes_size(t) / 2^20 "
            "FROM (VALUES ('notifications_notification'::regclass)) AS one (t)"
        )
        table, indexes = cursor.fetchone()
    return {"table_mb": round(table), "indexes_mb": round(indexes)}


if __name__ == "__main__":
    main()
