"""A website of its own, as gunicorn serves it in production, and a visitor who takes the time of pages."""

from __future__ import annotations

import http.client
import multiprocessing
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

START_SECONDS = 60
# The visitor reads for a moment between two pages.
PAUSE_SECONDS = 0.02
Address = tuple[str, int]


@contextmanager
def website() -> Iterator[Address]:
    """The portal on this process's database; where it listens."""
    from django.conf import settings

    from tests.servers import environment

    with socket.create_server(("127.0.0.1", 0)) as probe:
        address = probe.getsockname()
    command = [sys.executable, "-m", "gunicorn", "-k", "gthread", "--workers", "2", "--threads", "4"]
    with tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen(  # noqa: S603 - our own program and arguments
            [*command, "-b", f"127.0.0.1:{address[1]}", "--log-level", "warning", "kimportal.wsgi"],
            env=environment(Path(folder)) | {"PYTHONWARNINGS": "ignore"},
            cwd=settings.BASE_DIR,
        )
        try:
            _wait_until_it_answers(address)
            yield address
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait()


def _wait_until_it_answers(address: Address) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            for _ in range(8):  # both workers have read their templates
                _visit(address, "/")
            return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def _visit(address: Address, path: str) -> float:
    began = time.perf_counter()
    line = http.client.HTTPConnection(*address, timeout=30)
    try:
        line.request("GET", path)
        answer = line.getresponse()
        answer.read()
    finally:
        line.close()
    assert answer.status == 200, f"{path}: {answer.status}"
    return time.perf_counter() - began


def during(address: Address, paths: Sequence[str], work: Callable[[], Any]) -> list[float]:
    """The seconds that each visit took while the work was done; the visitor is a process of its own."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    visitor = context.Process(target=_stroll, args=(address, list(paths), theirs), daemon=True)
    visitor.start()
    ours.recv()
    work()
    ours.send("enough")
    seconds: list[float] = ours.recv()
    visitor.join()
    return seconds


def _stroll(address: Address, paths: list[str], line: Connection) -> None:
    for path in paths:
        _visit(address, path)
    line.send("ready")
    seconds: list[float] = []
    while not line.poll(PAUSE_SECONDS):
        seconds.append(_visit(address, paths[len(seconds) % len(paths)]))
    line.send(seconds)


def p95(seconds: Sequence[float]) -> float:
    """Nineteen of twenty were faster, in milliseconds."""
    return statistics.quantiles(seconds, n=20)[-1] * 1000
