"""Ten thousand mails to a mail server on this machine, against a bare smtplib loop with one connection.

    python -m benchmarks.mail [--mails 10000] [--rounds 5] [--senders 2]

Works in a database of its own, made before and dropped after. The mail server (aiosmtpd) is a process of its
own; so are the senders, which have sent a round before the clock starts, as the portal's workers have. Bare
is `sendmail` of one ready mail in a loop: no database, no check, no words. Prints a table, and the same as
JSON on the last line. On a machine that has other things to do, the time of the processors says more.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import smtplib
import socket
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import psutil

from benchmarks import database

if TYPE_CHECKING:
    from multiprocessing.synchronize import Barrier

DATABASE = "benchmark_mail"
PROMISED_RATIO = 0.7
START_SECONDS = 60
ROWS = {
    "mails": "mails",
    "senders": "senders of the portal",
    "bytes": "bytes of a mail",
    "bare_a_second": "bare smtplib loop, mails a second",
    "portal_a_second": "portal, mails a second",
    "ratio": f"ratio (at least {PROMISED_RATIO})",
    "bare_cpu_ms": "bare, ms of processor a mail",
    "portal_cpu_ms": "portal, ms of processor a mail",
    "server_cpu_ms": "mail server, ms of processor a mail",
}


def main() -> None:
    options = _options()
    database.set_up()
    with _mail_server() as (port, server), database.own_database(DATABASE):
        result = measure(port, server, options)
    database.show(ROWS, result)
    sys.exit(result["ratio"] < PROMISED_RATIO)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--mails", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--senders", type=int, default=2)
    return parser.parse_args()


def measure(port: int, server: psutil.Process, options: argparse.Namespace) -> dict[str, float]:
    """Both ways in turn, round by round, so that a slow moment of the machine meets both."""
    from tests.factories import make_article
    from tests.notifications import crowd

    size = options.mails // options.rounds
    article = make_article()
    crowd.make_crowd(size, wants_email=True)
    crowd.let_crowd_follow(article.community)
    bare, sent = [], []
    with _senders(port, options) as portal:
        for _ in range(options.rounds + 1):
            crowd_of_round = _tell(article, size)
            content = _one_mail()
            bare.append(_timed(lambda: _bare(port, crowd_of_round, content), server, os.getpid()))  # noqa: B023
            sent.append(portal(server))
            _expect_all_sent()
    bare, sent = bare[1:], sent[1:]
    ratio = statistics.median(b["seconds"] / p["seconds"] for b, p in zip(bare, sent, strict=True))
    return {
        "mails": size * options.rounds,
        "senders": options.senders,
        "bytes": len(content),
        "bare_a_second": round(size / statistics.median(one["seconds"] for one in bare)),
        "portal_a_second": round(size / statistics.median(one["seconds"] for one in sent)),
        "ratio": round(ratio, 2),
        "ratios": [round(b["seconds"] / p["seconds"], 2) for b, p in zip(bare, sent, strict=True)],
        "bare_cpu_ms": _milliseconds(bare, "cpu", size),
        "portal_cpu_ms": _milliseconds(sent, "cpu", size),
        "server_cpu_ms": _milliseconds(sent, "server", size),
    }


def _milliseconds(runs: list[dict[str, float]], of: str, size: int) -> float:
    return round(statistics.median(run[of] for run in runs) / size * 1000, 2)


def _tell(article: Any, size: int) -> list[str]:
    """A new article for the crowd: so many mails are due; their addresses."""
    from notifications import fanout
    from notifications.models import Delivery
    from tests.notifications import crowd

    fanout.fan_out(crowd.publish(article).pk)
    due = Delivery.objects.due()
    assert due.count() == size
    database.settle()
    return list(due.values_list("recipient__email", flat=True))


def _one_mail() -> bytes:
    """What the portal will send, ready."""
    from notifications import claims
    from notifications.channels.mail import Composer

    [bundle] = claims.due("email", 1)
    content = Composer().content(bundle.person, bundle.deliveries)
    assert content
    return content


def _bare(port: int, people: list[str], content: bytes) -> None:
    with smtplib.SMTP("127.0.0.1", port) as line:
        for address in people:
            line.sendmail("kabar@kim.example", [address], content)


def _timed(work: Callable[[], None], server: psutil.Process, *workers: int) -> dict[str, float]:
    """How long it took by the clock, and by the processors of those who worked and of the mail server."""
    processes = [psutil.Process(pid) for pid in workers]
    cpu, serving = sum(map(_cpu, processes)), _cpu(server)
    began = time.perf_counter()
    work()
    return {
        "seconds": time.perf_counter() - began,
        "cpu": sum(map(_cpu, processes)) - cpu,
        "server": _cpu(server) - serving,
    }


def _cpu(process: psutil.Process) -> float:
    times = process.cpu_times()
    return times.user + times.system


@contextmanager
def _senders(
    port: int, options: argparse.Namespace
) -> Iterator[Callable[[psutil.Process], dict[str, float]]]:
    """Processes that wait for their word, round by round; what is yielded gives it and takes the time."""
    context = multiprocessing.get_context("spawn")
    ready, done = context.Barrier(options.senders + 1), context.Barrier(options.senders + 1)
    rounds = options.rounds + 1
    arguments = (port, rounds, ready, done)
    processes = [context.Process(target=_send, args=arguments, daemon=True) for _ in range(options.senders)]
    for process in processes:
        process.start()

    def let_send(server: psutil.Process) -> dict[str, float]:
        ready.wait(START_SECONDS)
        return _timed(lambda: done.wait() and None, server, *(one.pid for one in processes if one.pid))

    yield let_send
    for process in processes:
        process.join()


def _send(port: int, rounds: int, ready: Barrier, done: Barrier) -> None:
    import django
    from django.conf import settings
    from django.db import connection

    django.setup()
    connection.settings_dict["NAME"] = DATABASE
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", port, False
    from notifications import delivery

    connection.ensure_connection()
    for _ in range(rounds):
        ready.wait()
        delivery.send_due("email", seconds=3600)
        done.wait()
    connection.close()


def _expect_all_sent() -> None:
    from notifications.models import Delivery

    assert not Delivery.objects.exclude(state=Delivery.State.SENT).exists()


class _Accepting:
    """Takes every mail."""

    async def handle_DATA(self, *_: Any) -> str:  # noqa: N802 - aiosmtpd's name
        return "250 OK"


def _serve(port: int, is_up: Any) -> None:
    from aiosmtpd.controller import Controller

    Controller(_Accepting(), hostname="127.0.0.1", port=port).start()
    is_up.set()
    while True:
        time.sleep(60)


@contextmanager
def _mail_server() -> Iterator[tuple[int, psutil.Process]]:
    context = multiprocessing.get_context("spawn")
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    is_up = context.Event()
    process = context.Process(target=_serve, args=(port, is_up), daemon=True)
    process.start()
    assert is_up.wait(START_SECONDS)
    try:
        yield port, psutil.Process(process.pid)
    finally:
        process.terminate()
        process.join()


if __name__ == "__main__":
    main()
