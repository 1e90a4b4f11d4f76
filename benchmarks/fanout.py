"""One activity to a crowd of followers, against the bare INSERT … SELECT of the same rows.

    python -m benchmarks.fanout [--followers 100000] [--repeat 5] [--channels email push] [--plans]

Works in a database of its own, made before and dropped after. Prints a table, and the same as JSON on the
last line. The promise is a ratio of 1.5 at most: what the windows, the locks and the cursor may cost. On a
machine that has other things to do, the ratio of processor time says more than that of the clock. Then the
portal is visited, first idle and then while it tells the crowd again and again: at most twice as slow.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import psutil

from benchmarks import database, website

if TYPE_CHECKING:
    from activity.models import Activity
    from articles.models import Article

DATABASE = "benchmark_fanout"
PROMISED_RATIO = 1.5
PROMISED_PAGE_RATIO = 2.0
PROMISED_MB = 150
VISIT_SECONDS = 15
BARE = """
INSERT INTO notifications_notification (activity_id, recipient_id, created_at)
SELECT %s, user_id, now() FROM notifications_subscription WHERE community_id = %s
"""
BARE_DELIVERIES = """
INSERT INTO notifications_delivery
  (notification_id, recipient_id, channel, bundle, state, due_at, attempts, error)
SELECT id, recipient_id, channel, '', 'waiting', now(), 0, ''
FROM notifications_notification CROSS JOIN unnest(%s::text[]) AS channel WHERE activity_id = %s
"""
DEVICES = """
INSERT INTO notifications_pushdevice
  (user_id, label, endpoint, p256dh, auth, portal_key, created_at)
SELECT id, '', 'https://push.example/' || id, '', '', %s, now() FROM accounts_user WHERE password = '!'
"""
ROWS = {
    "followers": "followers",
    "channels": "channels, a delivery each",
    "bare_seconds": "bare INSERT … SELECT, s",
    "fan_out_seconds": "fan-out, s",
    "ratio": f"ratio (at most {PROMISED_RATIO})",
    "bare_cpu_seconds": "bare, s of processor",
    "fan_out_cpu_seconds": "fan-out, s of processor",
    "cpu_ratio": "ratio of processor time",
    "rows_a_second": "rows a second",
    "memory_mb": "memory of the worker, MB",
    "memory_grown_mb": "of it grown meanwhile, MB",
    "page_idle_p95_ms": "a page while idle, p95 in ms",
    "page_busy_p95_ms": "a page while it tells, p95 in ms",
    "page_ratio": f"ratio (at most {PROMISED_PAGE_RATIO})",
    "page_visits": "visits while it tells",
}


def main() -> None:
    options = _options()
    database.set_up()
    from tests.factories import make_article
    from tests.notifications import crowd

    with database.own_database(DATABASE):
        article = make_article()
        crowd.make_crowd(options.followers, wants_email="email" in options.channels)
        if "push" in options.channels:
            _give_devices()
        crowd.let_crowd_follow(article.community)
        result = measure(article, options)
        print(result, file=sys.stderr, flush=True)
        if options.plans:
            print(plans(article))
        if options.visits:
            result |= _visited(article)
    database.show(ROWS, result)
    sys.exit(
        result["ratio"] > PROMISED_RATIO
        or result["memory_mb"] > PROMISED_MB
        or result.get("page_ratio", 0) > PROMISED_PAGE_RATIO
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--followers", type=int, default=100_000)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument(
        "--channels", nargs="*", choices=("email", "push"), default=[], help="of each follower"
    )
    parser.add_argument("--plans", action="store_true", help="show PostgreSQL's plans of one window")
    parser.add_argument("--no-visits", dest="visits", action="store_false", help="leave out the pages")
    return parser.parse_args()


def _give_devices() -> None:
    """Each follower has a browser that takes messages."""
    from django.conf import settings
    from django.db import connection

    from notifications import push_keys

    settings.VAPID_PRIVATE_KEY, public = push_keys.new_pair()
    with connection.cursor() as cursor:
        cursor.execute(DEVICES, [public])
        cursor.execute("ANALYZE notifications_pushdevice")


def _visited(article: Article) -> dict[str, float]:
    """How fast pages are while idle, and while the crowd is told again and again."""
    from notifications import fanout
    from tests.notifications import crowd

    database.settle()
    with website.website() as address:
        paths = ["/", article.get_absolute_url()]
        idle = website.during(address, paths, lambda: time.sleep(VISIT_SECONDS))
        until = time.monotonic() + VISIT_SECONDS

        def tell() -> None:
            while time.monotonic() < until:
                fanout.fan_out(crowd.publish(article).pk)

        busy = website.during(address, paths, tell)
    return {
        "page_idle_p95_ms": round(website.p95(idle), 1),
        "page_busy_p95_ms": round(website.p95(busy), 1),
        "page_ratio": round(website.p95(busy) / website.p95(idle), 2),
        "page_visits": len(busy),
    }


@dataclass(frozen=True)
class Run:
    """How long one way took, by the clock and by the processors of both processes."""

    clock: float
    cpu: float


def measure(article: Article, options: argparse.Namespace) -> dict[str, Any]:
    """Both ways in turn, so that a slow moment of the machine meets both."""
    from notifications import fanout
    from tests.factories import make_article
    from tests.notifications import crowd

    fanout.fan_out(crowd.publish(make_article()).pk)  # a worker has told before
    bare, told = [], []
    before = _memory_mb()
    for _ in range(options.repeat):
        reference, recorded = crowd.publish(article), crowd.publish(article)
        bare.append(_run(lambda: _bare(reference, article.community_id, channels=options.channels)))  # noqa: B023
        told.append(_run(lambda: fanout.fan_out(recorded.pk)))  # noqa: B023
        _expect_same_rows(reference, recorded, options)
    clock, cpu = (
        [getattr(b, of) / getattr(a, of) for a, b in zip(bare, told, strict=True)] for of in ("clock", "cpu")
    )
    return {
        "followers": options.followers,
        "channels": " ".join(options.channels) or "none",
        "bare_seconds": round(statistics.median(run.clock for run in bare), 2),
        "fan_out_seconds": round(statistics.median(run.clock for run in told), 2),
        "ratio": round(statistics.median(clock), 2),
        "bare_cpu_seconds": round(statistics.median(run.cpu for run in bare), 2),
        "fan_out_cpu_seconds": round(statistics.median(run.cpu for run in told), 2),
        "cpu_ratio": round(statistics.median(cpu), 2),
        "rows_a_second": round(options.followers / statistics.median(run.clock for run in told)),
        "memory_mb": round(_memory_mb(), 1),
        "ratios": [round(one, 2) for one in clock],
        "cpu_ratios": [round(one, 2) for one in cpu],
        "memory_grown_mb": round(_memory_mb() - before, 1),
    }


def _bare(reference: Activity, community: int, *, channels: list[str]) -> None:
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(BARE, [reference.pk, community])
        if channels:
            cursor.execute(BARE_DELIVERIES, [channels, reference.pk])


def _run(work: Callable[[], None]) -> Run:
    database.settle()
    cpu, clock = _cpu_seconds(), time.perf_counter()
    work()
    return Run(time.perf_counter() - clock, _cpu_seconds() - cpu)


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
        deliveries = Delivery.objects.filter(notification__activity=activity).count()
        assert deliveries == options.followers * len(options.channels)


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
