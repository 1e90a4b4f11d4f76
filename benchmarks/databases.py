"""Throw-away databases, several at once: two sizes of portal are measured in turn, in one process."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import connection, connections

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

# What is filled at once needs no index meanwhile, and no trigger that looks at each row.
_INDEXES = """
SELECT indexname, indexdef FROM pg_indexes
WHERE schemaname = 'public' AND tablename = ANY(%s) AND indexname NOT IN (SELECT conname FROM pg_constraint)
"""


class Databases:
    """Named databases with the same tables; one of them is the default connection at a time."""

    def __init__(self, open_ones: dict[str, BaseDatabaseWrapper]) -> None:
        self.open_ones = open_ones

    @contextmanager
    def using(self, name: str) -> Iterator[BaseDatabaseWrapper]:
        """Work with this one; its connection stays open afterwards."""
        before = connections["default"]
        connections["default"] = self.open_ones[name]
        try:
            yield self.open_ones[name]
        finally:
            connections["default"] = before


@contextmanager
def own_databases(prefix: str, names: Sequence[str]) -> Iterator[Databases]:
    """So many new databases, each with the schema and all regions; dropped in the end."""
    from regions.loading import load_regions

    original = connection.settings_dict["NAME"]
    first, *others = [f"{prefix}_{name}" for name in names]
    connection.settings_dict.setdefault("TEST", {})["NAME"] = first
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    open_ones: dict[str, BaseDatabaseWrapper] = {}
    try:
        load_regions()
        connection.close()
        for other in others:
            _admin(f'DROP DATABASE IF EXISTS "{other}" WITH (FORCE)')
            _admin(f'CREATE DATABASE "{other}" TEMPLATE "{first}"')
        open_ones = {name: _open(f"{prefix}_{name}") for name in names}
        yield Databases(open_ones)
    finally:
        for wrapper in open_ones.values():
            wrapper.close()
        for other in others:
            _admin(f'DROP DATABASE IF EXISTS "{other}" WITH (FORCE)')
        connection.creation.destroy_test_db(original, verbosity=0)


@contextmanager
def filling_fast(tables: Sequence[str]) -> Iterator[None]:
    """Without the indexes of these tables and without looking at foreign keys; both are back afterwards.

    Only for a database that nobody else looks at, and rows that are known to fit.
    """
    with connection.cursor() as cursor:
        cursor.execute(_INDEXES, [list(tables)])
        indexes = cursor.fetchall()
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("SET maintenance_work_mem = '256MB'")
        for name, _definition in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        yield
        for _name, definition in indexes:
            cursor.execute(definition)
        cursor.execute("RESET session_replication_role")


def settle() -> None:
    """Let PostgreSQL know what it has, as a database of some age does."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("CHECKPOINT")


def _open(name: str) -> BaseDatabaseWrapper:
    settings = {**connection.settings_dict, "NAME": name, "CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": False}
    return type(connections["default"])(settings, "default")


def _admin(statement: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)
