"""What changed between two texts, word by word, for people to read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

# A word with the space behind it, so that putting the pieces together gives the text again.
WORDS = re.compile(r"\S+\s*|\s+")
LINES = re.compile(r"[^\n]+\n*|\n+")
# Longer texts are compared line by line: comparing words takes time with the square of their number.
MOST_WORDS = 3000
# Above this, words that stand everywhere are passed over: with many of them it would be the third power.
EXACT_WORDS = 600
# Words that stay the same at either side of a change; what lies between is left out.
AROUND = 12


class Piece(NamedTuple):
    """A stretch of text: `same`, `gone`, `new`, or `gap` where much that stayed is left out."""

    kind: str
    text: str


def changed(before: str, after: str) -> list[Piece]:
    """The text with what went and what came; long stretches that stayed are shortened."""
    old, new = _parts(before, after)
    pieces: list[Piece] = []
    for kind, old_start, old_end, new_start, new_end in matcher(old, new).get_opcodes():
        if kind == "equal":
            pieces += _shortened(old[old_start:old_end], is_first=old_start == 0, is_last=old_end == len(old))
            continue
        pieces += _piece("gone", old[old_start:old_end]) + _piece("new", new[new_start:new_end])
    return pieces


def matcher(old: Sequence[str], new: Sequence[str]) -> SequenceMatcher:
    """What compares two lists of words, exactly where they are short."""
    return SequenceMatcher(None, old, new, autojunk=len(old) + len(new) > EXACT_WORDS)


def _parts(before: str, after: str) -> tuple[list[str], list[str]]:
    for pattern in (WORDS, LINES):
        old, new = pattern.findall(before), pattern.findall(after)
        if len(old) + len(new) <= MOST_WORDS:
            return old, new
    return [before], [after]


def _piece(kind: str, parts: list[str]) -> list[Piece]:
    return [Piece(kind, "".join(parts))] if parts else []


def _shortened(parts: list[str], *, is_first: bool, is_last: bool) -> list[Piece]:
    start = 0 if is_first else AROUND
    end = 0 if is_last else AROUND
    if len(parts) <= start + end + 3:
        return _piece("same", parts)
    return [
        *_piece("same", parts[:start]),
        Piece("gap", "…"),
        *_piece("same", parts[len(parts) - end :]),
    ]
