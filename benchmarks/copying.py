"""Rows into a table by COPY: what a row does not say is the field's default."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.db import connection, models

Row = dict[str, Any]
_ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def copy(model: type[models.Model], rows: Iterable[Row]) -> int:
    """Write the rows, by column; their keys are given. Returns how many."""
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    columns = [(str(field.column), *_default(field)) for field in fields]
    names = ", ".join(f'"{name}"' for name, _constant, _made in columns)
    table = f'"{model._meta.db_table}"'
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {table} ({names}) FROM STDIN", _File(_lines(rows, columns)))
        number = cursor.rowcount
        # The keys that the database gives next begin behind the copied ones.
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence(%s, 'id'), max(id)) FROM {table} HAVING max(id) > 0",  # noqa: S608
            [table],
        )
    return number


def _default(field: models.Field) -> tuple[str, Callable[[], Any] | None]:
    """What stands where a row says nothing: always the same words, or what makes a new value for each."""
    if field.has_default() and callable(field.default) and not isinstance(field, models.JSONField):
        return "", field.default
    return _text(field.get_default()), None


def _lines(rows: Iterable[Row], columns: list[tuple[str, str, Callable[[], Any] | None]]) -> Iterator[str]:
    for row in rows:
        cells = (
            _text(row[name]) if name in row else _text(made()) if made else constant
            for name, constant, made in columns
        )
        yield "\t".join(cells) + "\n"


def _text(value: object) -> str:
    """As COPY reads it."""
    if value is None:
        return "\\N"
    if isinstance(value, str):
        return value.translate(_ESCAPED)
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, dict | list):
        return json.dumps(value).translate(_ESCAPED)
    return str(value)


class _File(io.TextIOBase):
    """Lines that are made while they are read."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines

    def read(self, size: int | None = -1, /) -> str:
        """About as much as is wanted; nothing at the end."""
        parts, length = [], 0
        for line in self._lines:
            parts.append(line)
            length += len(line)
            if 0 < (size or -1) <= length:
                break
        return "".join(parts)
