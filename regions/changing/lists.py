"""Reads the two files of a change: the decree's list, and which old code became which new one."""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from regions.changing.errors import ChangeRefused
from regions.codes import codes_upwards, is_code, level_of
from regions.models import KINDS_BY_LEVEL, Level, TimeZone

LIST_HEADER = ["code", "kind", "time_zone", "name"]
MAPPING_HEADERS = (["old", "new"], ["old", "new", "default"])
YES = {"yes", "ya", "y", "x", "1"}
LONGEST_NAME = 80
LONGEST_FILE = 50_000_000

Line = tuple[int, list[str]]


@dataclass(frozen=True)
class Entry:
    """One region as the decree names it."""

    code: str
    kind: str
    time_zone: str
    name: str

    @property
    def level(self) -> int:
        """How deep it lies."""
        return level_of(self.code)

    @property
    def parent(self) -> str | None:
        """The code of the region above."""
        return self.code.rpartition(".")[0] or None


@dataclass(frozen=True)
class Pair:
    """One line of the mapping: what an old code became."""

    old: str
    new: str
    is_default: bool
    line: int


def read_list(path: Path, only: Iterable[str] = ()) -> dict[str, Entry]:
    """The regions of the file by code. ChangeRefused with each line that is wrong.

    only: the list speaks for these regions and what lies beneath; none is all of Indonesia.
    """
    speaks_for = tuple(only)
    problems = [f"--only {code}: this is no region code." for code in speaks_for if not is_code(code)]
    lines = _lines(path, [LIST_HEADER])
    found: dict[str, Entry] = {}
    line_of: dict[str, int] = {}
    for number, cells in lines:
        trouble = _trouble(cells, speaks_for) or _again(cells[0], line_of)
        if trouble:
            problems.append(f"{path.name}, line {number}: {trouble}")
            continue
        found[cells[0]] = Entry(*cells)
        line_of[cells[0]] = number
    problems += _orphans(path.name, found, line_of, speaks_for)
    if not found and not problems:
        problems.append(f"{path.name} names no region.")
    if problems:
        raise ChangeRefused(problems)
    return found


def _trouble(cells: list[str], speaks_for: tuple[str, ...]) -> str:
    """What is wrong with one line by itself; empty where it is sound."""
    if len(cells) != len(LIST_HEADER):
        return f"it has {len(cells)} columns and should have {len(LIST_HEADER)}."
    if not is_code(cells[0]):
        return f"“{cells[0]}” is no region code; one is written like 16, 16.06, 16.06.07 or 16.06.07.2001."
    return _no_region(*cells) or _outside(cells[0], speaks_for)


def _no_region(code: str, kind: str, time_zone: str, name: str) -> str:
    if kind not in KINDS_BY_LEVEL[Level(level_of(code))]:
        return f"“{kind}” is no kind of region at the level of {code}."
    if time_zone not in TimeZone.values:
        return f"“{time_zone}” is none of {', '.join(TimeZone.values)}."
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        return f"the name of {code} is empty, or longer than {LONGEST_NAME} letters, or holds odd characters."
    return ""


def _outside(code: str, speaks_for: tuple[str, ...]) -> str:
    if speaks_for and not any(above in speaks_for for above in codes_upwards(code)):
        return f"{code} lies outside {', '.join(speaks_for)}, which alone the list speaks for (--only)."
    return ""


def _again(code: str, line_of: dict[str, int]) -> str:
    return f"{code} stands in line {line_of[code]} already." if code in line_of else ""


def _orphans(
    name: str, found: dict[str, Entry], line_of: dict[str, int], speaks_for: tuple[str, ...]
) -> Iterator[str]:
    for code, entry in found.items():
        if entry.parent and entry.parent not in found and code not in speaks_for:
            yield f"{name}, line {line_of[code]}: {code} stands there without {entry.parent} above it."


def read_mapping(path: Path | None) -> list[Pair]:
    """What became of which code. ChangeRefused with each line that is wrong. No file is no mapping."""
    if path is None:
        return []
    pairs: list[Pair] = []
    problems: list[str] = []
    for number, cells in _lines(path, MAPPING_HEADERS):
        if trouble := _no_pair(cells, pairs):
            problems.append(f"{path.name}, line {number}: {trouble}")
        else:
            marked = len(cells) > 2 and cells[2].lower() in YES
            pairs.append(Pair(cells[0], cells[1], marked, number))
    pairs, undecided = _with_defaults(path.name, pairs)
    if problems or undecided:
        raise ChangeRefused([*problems, *undecided])
    return pairs


def _no_pair(cells: list[str], before: list[Pair]) -> str:
    if len(cells) not in (2, 3):
        return f"it has {len(cells)} columns and should have 2 or 3."
    old, new = cells[:2]
    for code in (old, new):
        if not is_code(code):
            return f"“{code}” is no region code."
    if level_of(old) != level_of(new):
        return f"{old} and {new} lie on different levels; a village follows a village, a regency a regency."
    if old == new:
        return f"{old} cannot follow itself."
    if any((pair.old, pair.new) == (old, new) for pair in before):
        return f"{old} to {new} stands there already."
    return ""


def _with_defaults(name: str, pairs: list[Pair]) -> tuple[list[Pair], list[str]]:
    """The pairs, a lone successor being the default; and the codes with several and not one marked."""
    by_old: dict[str, list[Pair]] = {}
    for pair in pairs:
        by_old.setdefault(pair.old, []).append(pair)
    problems = [
        f"{name}, line {found[0].line}: {old} has {len(found)} successors; mark exactly one as default."
        for old, found in by_old.items()
        if len(found) > 1 and sum(pair.is_default for pair in found) != 1
    ]
    alone = {old for old, found in by_old.items() if len(found) == 1}
    return [Pair(p.old, p.new, p.is_default or p.old in alone, p.line) for p in pairs], problems


def _lines(path: Path, headers: Iterable[list[str]]) -> list[Line]:
    """The lines of a CSV file after its header, with their numbers; empty lines are left out."""
    rows = csv.reader(io.StringIO(_text(path), newline=""))
    try:
        header = [cell.strip().lower() for cell in next(rows, [])]
        if header not in list(headers):
            wanted = " or ".join(",".join(each) for each in headers)
            raise ChangeRefused([f"{path.name}, line 1: the first line must be {wanted}."])
        return [(rows.line_num, [cell.strip() for cell in row]) for row in rows if any(row)]
    except csv.Error as error:
        raise ChangeRefused([f"{path.name}, line {rows.line_num}: {error}."]) from error


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
        if path.suffix == ".gz":
            with gzip.open(io.BytesIO(content)) as file:
                content = file.read(LONGEST_FILE + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise ChangeRefused([f"{path.name} cannot be read: {error}."]) from error
    if len(content) > LONGEST_FILE:
        raise ChangeRefused([f"{path.name} is too large to be a list of regions."])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        said = f"{path.name}, line {line}: the file is not written in UTF-8. Save it as CSV UTF-8."
        raise ChangeRefused([said]) from error
