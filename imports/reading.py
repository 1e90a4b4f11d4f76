"""The first step of an import: its rows, as they stand in the file, into the database."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import IO

from imports import columns, sheets
from imports.errors import FileRefused
from imports.models import Import, ImportRow, State

AT_ONCE = 1000


def look_at(file: IO[bytes]) -> tuple[sheets.Row, list[list[str]]]:
    """The headings of a file and its first rows. FileRefused where there is nothing to import."""
    first = list(islice(sheets.rows(file), columns.LOOK_DOWN + 5))
    headings = columns.headings_among(first)
    if headings is None:
        raise FileRefused("empty")
    beneath = [row.cells for row in first if row.number > headings.number]
    if not beneath:
        raise FileRefused("no_rows")
    return headings, beneath[:3]


def read(upload: Import) -> None:
    """Store every row beneath the headings, and go on to checking; the caller holds the lock.

    All in the caller's transaction: a worker killed here leaves nothing behind, and the next one reads anew.
    """
    upload.rows.all().delete()
    upload.problem, upload.cursor, upload.done_count = "", 0, 0
    try:
        with upload.file.open("rb") as file:
            upload.row_count = _store(upload, sheets.rows(file))
    except (FileRefused, FileNotFoundError) as refused:
        upload.rows.all().delete()
        upload.row_count = 0
        upload.state, upload.problem = State.REFUSED, getattr(refused, "code", "empty")
    else:
        upload.state = State.CHECKING
    upload.save()


def _store(upload: Import, found: Iterator[sheets.Row]) -> int:
    beneath = (row for row in found if row.number > upload.heading_row)
    count = 0
    while some := [_unchecked(upload, row) for row in islice(beneath, AT_ONCE)]:
        ImportRow.objects.bulk_create(some)
        count += len(some)
    if not count:
        raise FileRefused("no_rows")
    return count


def _unchecked(upload: Import, row: sheets.Row) -> ImportRow:
    cells = row.cells[: len(upload.headings)]
    return ImportRow(of=upload, number=row.number, cells=cells, marks=row.marks)
