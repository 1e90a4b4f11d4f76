"""Rows into a table by INSERT … SELECT: what a column is not told is the field's default."""

from __future__ import annotations

import json
from typing import Any

from django.db import connection, models


def insert(model: type[models.Model], source: str, /, **columns: str) -> int:
    """Write a row for each of the source (what stands behind FROM); the columns are SQL. Returns how many."""
    table = f'"{model._meta.db_table}"'
    values = {str(field.column): _default(field) for field in model._meta.concrete_fields if _is_asked(field)}
    values |= columns
    names = ", ".join(f'"{name}"' for name in values)
    with connection.cursor() as cursor:
        # Names and words are ours, none comes from outside.
        cursor.execute(f"INSERT INTO {table} ({names}) SELECT {', '.join(values.values())} FROM {source}")  # noqa: S608
        number = cursor.rowcount
        if "id" in columns:
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence(%s, 'id'), max(id)) FROM {table} HAVING max(id) > 0",  # noqa: S608
                [table],
            )
    return number


def _is_asked(field: models.Field) -> bool:
    """The database fills in what is generated, and a key that nobody names."""
    return not field.generated and not isinstance(field, models.AutoField)


def _default(field: models.Field) -> str:
    if field.has_default() and callable(field.default) and not isinstance(field, models.JSONField):
        name = getattr(field.default, "__name__", "")
        return {"uuid4": "gen_random_uuid()", "now": "now()", "list": "'{}'"}[name]
    return quoted(field.get_default())


def quoted(value: Any) -> str:
    """As it stands in SQL."""
    if value is None:
        return "NULL"
    if isinstance(value, bool | int):
        return str(value)
    text = json.dumps(value) if isinstance(value, dict | list) else str(value)
    return "'" + text.replace("'", "''") + "'"
