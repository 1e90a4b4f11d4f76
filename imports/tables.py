"""Reading CSV as offices save it: in any of four encodings, separated by whatever their Excel likes."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from typing import IO

from imports.errors import FileRefused

SEPARATORS = ";,\t|"
_PIECE = 1024 * 1024
csv.field_size_limit(_PIECE)


def rows(file: IO[bytes]) -> Iterator[tuple[int, list[str]]]:
    """The rows with their line numbers. FileRefused where the letters cannot be told."""
    text = io.TextIOWrapper(file, encoding=encoding_of(file), newline="")
    try:
        separator = _separator_of(text)
        reader = csv.reader(text, delimiter=separator)
        for cells in reader:
            yield reader.line_num, cells
    except (UnicodeError, csv.Error) as broken:
        raise FileRefused("wrong_encoding") from broken
    finally:
        # The file is the caller's to close; where it is closed already, so is this.
        if not file.closed:
            text.detach()


def encoding_of(file: IO[bytes]) -> str:
    """The first encoding in which the whole file makes sense."""
    file.seek(0)
    start = file.read(4096)
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if start.startswith(mark):
            return _checked(file, (name,))
    if b"\x00" in start:
        # Without a mark, Latin letters in UTF-16 have their zeros on one side.
        side = "utf-16-le" if start[1::2].count(0) > start[0::2].count(0) else "utf-16-be"
        return _checked(file, (side,))
    return _checked(file, ("utf-8", "cp1252"))


def _checked(file: IO[bytes], names: tuple[str, ...]) -> str:
    for name in names:
        if _decodes(file, name):
            file.seek(0)
            return name
    raise FileRefused("wrong_encoding")


def _decodes(file: IO[bytes], name: str) -> bool:
    file.seek(0)
    decoder = codecs.getincrementaldecoder(name)()
    try:
        while piece := file.read(_PIECE):
            text = decoder.decode(piece)
            if "\x00" in text:
                return False
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def _separator_of(text: io.TextIOWrapper) -> str:
    """What stands most often in the first lines, outside quotes; "sep=;" says it itself."""
    start = text.read(8192)
    text.seek(0)
    if start[:4].lower() == "sep=":
        text.readline()
        return start[4:5] or ";"
    bare = "".join(start.split('"')[::2])
    return max(SEPARATORS, key=bare.count)
