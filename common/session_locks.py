"""Places of which there are few in all processes together; a lock of PostgreSQL's session holds each.

Whoever is killed leaves the place, for the lock goes with the session.
"""

from __future__ import annotations

import random
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def place(name: str, places: int = 1) -> Iterator[int | None]:
    """The number of a place that was free, for as long as the block lasts; None where all are taken."""
    number = zlib.crc32(name.encode()) - 2**31
    taken = next((one for one in random.sample(range(places), places) if _lock(number, one)), None)
    try:
        yield taken
    finally:
        if taken is not None:
            _unlock(number, taken)


def _lock(number: int, one: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [number, one])
        return bool(cursor.fetchone()[0])


def _unlock(number: int, one: int) -> None:
    if not connection.connection or connection.connection.closed:
        return  # the lock went with its session
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [number, one])
