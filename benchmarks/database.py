"""What the benchmarks share: a database of their own, and figures as a table and as JSON."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any


def set_up(*, with_queue: bool = False) -> None:
    """Django as production has it: DEBUG would keep every query and read every template again."""
    import django

    os.environ["DEBUG"] = "false"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kimportal.settings")
    django.setup()
    from common import broker

    if not with_queue:
        broker.offer = lambda *_: False  # nothing here is for the queue of a portal that runs


@contextmanager
def own_database(name: str) -> Iterator[None]:
    """An empty database with all regions, made before and dropped after."""
    from django.db import connection

    original = connection.settings_dict["NAME"]
    connection.settings_dict.setdefault("TEST", {})["NAME"] = name
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        from regions.loading import load_regions

        load_regions()
        yield
    finally:
        connection.creation.destroy_test_db(original, verbosity=0)


def settle() -> None:
    """What the last work left to do is done before the clock starts."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("CHECKPOINT")


def show(labels: Mapping[str, str], figures: Mapping[str, Any]) -> None:
    """The figures in words, and the same as JSON on a line of its own."""
    width = max(map(len, labels.values())) + 2
    for name, label in labels.items():
        if name in figures:
            print(f"{label:<{width}}{_shown(figures[name]):>16}")
    print(json.dumps(figures), flush=True)


def _shown(value: Any) -> str:
    return f"{value:,}" if isinstance(value, int | float) else str(value)
