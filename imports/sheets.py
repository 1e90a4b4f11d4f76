"""Reading spreadsheets of strangers: rows of text, whatever the file is, within limits.

Nothing in it is run: macros are not looked at, formulas are marked and refused, XML entities are not
expanded (openpyxl reads through defusedxml), and a file that would unpack to too much is not unpacked.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import IO, Any

import openpyxl
from openpyxl.utils import range_boundaries

from imports import tables
from imports.errors import FileRefused

MAX_BYTES = 20 * 1024 * 1024
MAX_ROWS = 50_000
MAX_COLUMNS = 60
MAX_CELL = 2000
# What the parts of an XLSX may unpack to: a sheet of 50,000 rows has about 60 MB.
MAX_UNPACKED = 200 * 1024 * 1024
MAX_SHARED_STRINGS = 60 * 1024 * 1024
MAX_PARTS = 2000
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*?\bref="([A-Z0-9:]{1,30})"')
_MOST_MERGED = 20_000
FORMULA, MERGED = "formula", "merged"


@dataclass(frozen=True)
class Row:
    """One row that is not empty: its number in the sheet, its cells as text, what was odd by column."""

    number: int
    cells: list[str]
    marks: dict[int, str] = field(default_factory=dict)


def rows(file: IO[bytes]) -> Iterator[Row]:
    """Every row that is not empty. FileRefused where the file cannot be read, or has too many."""
    file.seek(0)
    found = _xlsx_rows(file) if _is_zip(file) else _csv_rows(file)
    for count, row in enumerate(found):
        # One more than the limit, for the headings.
        if count > MAX_ROWS:
            raise FileRefused("too_many_rows")
        yield row


def _is_zip(file: IO[bytes]) -> bool:
    start = file.read(8)
    file.seek(0)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileRefused("old_excel")
    if not start.strip():
        raise FileRefused("empty")
    return start.startswith(b"PK")


def _csv_rows(file: IO[bytes]) -> Iterator[Row]:
    for number, cells in tables.rows(file):
        texts = [cell.strip()[:MAX_CELL] for cell in cells[:MAX_COLUMNS]]
        if any(texts):
            marks = {index: FORMULA for index, text in enumerate(texts) if text.startswith("=")}
            yield Row(number, texts, marks)


def _xlsx_rows(file: IO[bytes]) -> Iterator[Row]:
    refuse_bombs(file)
    try:
        yield from _sheet_rows(file)
    except FileRefused:
        raise
    except Exception as broken:
        # A broken workbook fails anywhere in openpyxl, in more ways than can be listed.
        raise FileRefused("broken_workbook") from broken


def refuse_bombs(file: IO[bytes]) -> None:
    """Look at what the archive says that it unpacks to, before anything is unpacked.

    What it says is binding: zipfile never reads beyond it.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as broken:
        raise FileRefused("broken_workbook") from broken
    names = {part.filename for part in parts}
    if "xl/workbook.xml" not in names:
        raise FileRefused("not_a_spreadsheet")
    strings = sum(part.file_size for part in parts if "sharedStrings" in part.filename)
    if (
        len(parts) > MAX_PARTS
        or sum(part.file_size for part in parts) > MAX_UNPACKED
        or strings > MAX_SHARED_STRINGS
    ):
        raise FileRefused("bomb")
    file.seek(0)


def _sheet_rows(file: IO[bytes]) -> Iterator[Row]:
    book = openpyxl.load_workbook(file, read_only=True, keep_links=False)
    try:
        visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        if not visible:
            raise FileRefused("empty")
        sheet = visible[0]
        # What the sheet says of its own size may be wrong.
        sheet.reset_dimensions()
        # The types leave out where its XML stands in the archive.
        covered = _covered(file, sheet._worksheet_path)  # type: ignore[attr-defined]
        for number, cells in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS), start=1):
            row = _row(number, cells, covered.get(number, ()))
            if row:
                yield row
    finally:
        book.close()


def _row(number: int, cells: tuple[Any, ...], covered: Any) -> Row | None:
    texts = [as_text(cell.value) for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    if not texts:
        return None
    marks = {index: FORMULA for index, cell in enumerate(cells) if _is_formula(cell)}
    marks |= {index: MERGED for index in covered if index not in marks}
    return Row(number, texts, marks)


def _is_formula(cell: Any) -> bool:
    return cell.data_type == "f" or (isinstance(cell.value, str) and cell.value.startswith("="))


def _covered(file: IO[bytes], path: str) -> dict[int, set[int]]:
    """The cells that merging has left empty, by row: all of a merged block but its first."""
    covered: dict[int, set[int]] = {}
    known = 0
    for reference in _merged_ranges(file, path):
        left, top, right, bottom = range_boundaries(reference)
        left, top = left or 1, top or 1
        right, bottom = min(right or MAX_COLUMNS, MAX_COLUMNS), bottom or top
        for number in range(top, min(bottom, top + _MOST_MERGED) + 1):
            columns = set(range(left - 1, right)) - ({left - 1} if number == top else set())
            covered.setdefault(number, set()).update(columns)
            known += len(columns)
        if known > _MOST_MERGED:
            break
    return covered


def _merged_ranges(file: IO[bytes], path: str) -> Iterator[str]:
    # openpyxl leaves them out when it reads only; they stand at the end of the sheet's XML.
    with zipfile.ZipFile(file) as archive, archive.open(path) as part:
        rest = b""
        while piece := part.read(1024 * 1024):
            text = rest + piece
            last = 0
            for match in _MERGED.finditer(text):
                yield match[1].decode("ascii")
                last = match.end()
            rest = text[max(last, len(text) - 200) :]


def as_text(value: Any) -> str:
    """A cell as people read it: dates by the calendar, whole numbers without a dot."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, (date, time)):
        return value.isoformat()
    return re.sub(r"[\x00-\x08\x0b-\x1f]", "", str(value)).strip()[:MAX_CELL]


def opened(content: bytes) -> IO[bytes]:
    """Bytes as a file, for small sheets made in place."""
    return io.BytesIO(content)
