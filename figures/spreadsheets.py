"""CSV and XLSX, written as the rows come, and safe to open: no cell of ours is ever a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

# What a spreadsheet takes for the beginning of a formula (OWASP, CSV Injection), wide forms included.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # fmt: skip
# What Excel shows of one sheet, and of one cell.
SHEET_ROWS = 1_000_000
CELL_LENGTH = 32_000


def safe(value: Any) -> Any:
    """The value for a cell; an apostrophe makes a text of what a spreadsheet would calculate."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return value
    text = ILLEGAL_CHARACTERS_RE.sub("", value)[:CELL_LENGTH]
    return f"'{text}" if text.startswith(FORMULA) or text.lstrip().startswith(FORMULA) else text


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def csv_lines(head: list[str], rows: Iterable[Iterable[Any]]) -> Iterator[bytes]:
    """The file line by line. It begins with a mark that tells Excel it is UTF-8."""
    writer = csv.writer(_Echo())
    yield b"\xef\xbb\xbf" + writer.writerow([safe(label) for label in head]).encode()
    for row in rows:
        yield writer.writerow([safe(cell) for cell in row]).encode()


class Book:
    """A workbook that grows on disk, not in memory."""

    def __init__(self) -> None:
        self._book = Workbook(write_only=True)

    def add(self, title: str, head: list[str], rows: Iterable[Iterable[Any]]) -> int:
        """A sheet; a further one where the rows go beyond what a sheet holds. Returns how many rows."""
        sheet = None
        number = 0
        for number, row in enumerate(rows, 1):
            if sheet is None or number % SHEET_ROWS == 0:
                sheet = self._begin(title, head)
            sheet.append([safe(cell) for cell in row])
        if sheet is None:
            self._begin(title, head)
        return number

    def save(self, file: IO[bytes]) -> None:
        """Write it out."""
        self._book.save(file)

    def _begin(self, title: str, head: list[str]) -> Any:
        sheet = self._book.create_sheet(_sheet_name(title))
        sheet.freeze_panes = "A2"
        sheet.append([_bold(sheet, safe(label)) for label in head])
        return sheet


def _bold(sheet: Any, text: Any) -> Any:
    cell = WriteOnlyCell(sheet, value=text)
    cell.font = Font(bold=True)
    return cell


def _sheet_name(title: str) -> str:
    return "".join(" " if character in r"[]:*?/\'" else character for character in title)[:28]
