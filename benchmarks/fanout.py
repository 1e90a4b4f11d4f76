"""One activity to a crowd of followers, against the bare INSERT … SELECT of the same rows.

    python -m benchmarks.fanout [--followers 100000] [--repeat 5] [--email] [--plans]

Works in a database of its own, made before and dropped after. Prints a table, and the same as JSON on the
last line. The promise is a ratio of 1.5 at most: what the windows, the locks and the cursor may cost. On a
machine that has other things to do, the ratio of processor time says more than that of the clock.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import django
import psutil

if TYPE_CHECKING:
    from activity.models import Activity
    from articles.models import Article

DATABASE = "benchmark_fanout"
PROMISED_RATIO = 1.5
BARE = """
INSERT INTO notifications_notification (activity_id, recipient_id, created_at)
SELECT %s, user_id, now() FROM notifications_subscription WHERE community_id = %s
"""
BARE_MAIL = """
INSERT INTO notifications_delivery
  (notification_id, recipient_id, channel, bundle, state, due_at, attempts, error)
SELECT id, recipient_id, 'email', '', 'waiting', now(), 0, ''
FROM notifications_notification WHERE activity_id = %s
"""
ROWS = {
    "followers": "followers",
    "bare_seconds": "bare INSERT … SELECT, s",
    "fan_out_seconds": "fan-out, s",
    "ratio": f"ratio (at most {PROMISED_RATIO})",
    "bare_cpu_seconds": "bare, s of processor",
    "fan_out_cpu_seconds": "fan-out, s of processor",
    "cpu_ratio": "ratio of processor time",
    "rows_a_second": "rows a second",
    "memory_mb": "memory of the worker, MB",
    "memory_grown_mb": "of it grown meanwhile, MB",
}


def main() -> None:
    options = _options()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kimportal.settings")
    django.setup()
    from notifications import broker
    from tests.factories import make_article
    from tests.notifications import crowd

    broker.offer = lambda *_: False  # nothing here is for the queue of a portal that runs
    with _own_database():
        article = make_article()
        crowd.make_crowd(options.followers, wants_email=options.email)
        crowd.let_crowd_follow(article.community)
        result = measure(article, options)
        print("\n".join(f"{label:<28}{result[name]:>12,}" for name, label in ROWS.items()))
        if options.plans:
            print(plans(article))
        print(json.dumps(result))
    sys.exit(result["ratio"] > PROMISED_RATIO)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--followers", type=int, default=100_000)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--email", action="store_true", help="each follower wants e-mail too")
    parser.add_argument("--plans", action="store_true", help="show PostgreSQL's plans of one window")
    return parser.parse_args()


@contextmanager
def _own_database() -> Iterator[None]:
    from django.db import connection

    original = connection.settings_dict["NAME"]
    connection.settings_dict.setdefault("TEST", {})["NAME"] = DATABASE
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        from regions.loading import load_regions

        load_regions()
        yield
    finally:
        connection.creation.destroy_test_db(original, verbosity=0)


@dataclass(frozen=True)
class Run:
    """How long one way took, by the clock and by the processors of both processes."""

    clock: float
    cpu: float


def measure(article: Article, options: argparse.Namespace) -> dict[str, float]:
    """Both ways in turn, so that a slow moment of the machine meets both."""
    from notifications import fanout
    from tests.notifications import crowd

    bare, told = [], []
    before = _memory_mb()
    for _ in range(options.repeat):
        reference, recorded = crowd.publish(article), crowd.publish(article)
        bare.append(_run(lambda: _bare(reference, article.community_id, email=options.email)))  # noqa: B023
        told.append(_run(lambda: fanout.fan_out(recorded.pk)))  # noqa: B023
        _expect_same_rows(reference, recorded, options)
    clock, cpu = (
        [getattr(b, of) / getattr(a, of) for a, b in zip(bare, told, strict=True)] for of in ("clock", "cpu")
    )
    return {
        "followers": options.followers,
        "email": options.email,
        "bare_seconds": round(statistics.median(run.clock for run in bare), 2),
        "fan_out_seconds": round(statistics.median(run.clock for run in told), 2),
        "ratio": round(statistics.median(clock), 2),
        "bare_cpu_seconds": round(statistics.median(run.cpu for run in bare), 2),
        "fan_out_cpu_seconds": round(statistics.median(run.cpu for run in told), 2),
        "cpu_ratio": round(statistics.median(cpu), 2),
        "rows_a_second": round(options.followers / statistics.median(run.clock for run in told)),
        "memory_mb": round(_memory_mb(), 1),
        "memory_grown_mb": round(_memory_mb() - before, 1),
    }


def _bare(reference: Activity, community: int, *, email: bool) -> None:
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(BARE, [reference.pk, community])
        if email:
            cursor.execute(BARE_MAIL, [reference.pk])


def _run(work: Callable[[], None]) -> Run:
    _settle()
    cpu, clock = _cpu_seconds(), time.perf_counter()
    work()
    return Run(time.perf_counter() - clock, _cpu_seconds() - cpu)


def _settle() -> None:
    """What the last work left to do is done before the clock starts."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("CHECKPOINT")


def _cpu_seconds() -> float:
    """Of this process and of its session in PostgreSQL, where that runs on the same machine."""
    from django.db import connection

    used = 0.0
    for pid in (os.getpid(), connection.connection.info.backend_pid):
        times = psutil.Process(pid).cpu_times()
        used += times.user + times.system
    return used


def _expect_same_rows(reference: Activity, recorded: Activity, options: argparse.Namespace) -> None:
    from notifications.models import Delivery, Notification

    for activity in (reference, recorded):
        assert Notification.objects.filter(activity=activity).count() == options.followers
        mails = Delivery.objects.filter(notification__activity=activity).count()
        assert mails == (options.followers if options.email else 0)


def _memory_mb() -> float:
    return psutil.Process().memory_info().rss / 2**20


def plans(article: Article) -> str:
    """What PostgreSQL does in the second window: where it ends, and the rows of it."""
    from django.db import connection

    from notifications import fanout
    from tests.notifications import crowd

    recorded = crowd.publish(article)
    fanout._next_window(recorded.pk, fanout.WINDOW_SIZE)
    found: list[str] = []

    def explain(execute, sql, params, many, context):
        if "UNION" in sql:
            before = connection.savepoint()
            execute(f"EXPLAIN (ANALYZE) {sql}", params, many, context)
            found.append("\n".join(line for (line,) in context["cursor"].fetchall()))
            connection.savepoint_rollback(before)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(explain):
        fanout._next_window(recorded.pk, fanout.WINDOW_SIZE)
    return "\n\n".join(found)


if __name__ == "__main__":
    main()
