"""When two names mean the same group, and when they are so alike that somebody should look.

One definition for the form, the desk and the import. Alike is a hint for people; only what is the same by
name_key() is taken for the same group without asking anybody.
"""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher

# What nearly every group calls itself.
KIND_WORDS = {"kim", "kelompok", "informasi", "masyarakat", "komunitas", "desa", "kelurahan"}
# These tell no two groups apart either, where somebody looks.
COMMON_WORDS = KIND_WORDS | {
    "kig", "gampong", "kampung", "nagari", "forum", "kabupaten", "kota", "provinsi",
}  # fmt: skip
# How near two spellings of one name are: "Surya", "Suria".
ALIKE = 0.8
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}


def are_alike(one: str, other: str, village: str = "") -> bool:
    """Whether two names may mean the same: the common words and the village's own name tell nothing apart.

    Two numbers do: "Mekar 1" and "Mekar 2" are two groups.
    """
    first, second = (_telling_words(name, village) for name in (one, other))
    if not (first and second):
        return _telling_words(one) == _telling_words(other)
    if _numbers(first) and _numbers(second) and _numbers(first) != _numbers(second):
        return False
    if set(first) <= set(second) or set(second) <= set(first):
        return True
    return SequenceMatcher(None, "".join(first), "".join(second)).ratio() >= ALIKE


def name_key(name: str) -> str:
    """What two names of one village share that are the same but for signs, accents and the word KIM."""
    words = _words(name)
    return " ".join([word for word in words if word not in KIND_WORDS] or words)[:120]


def decree_key(number: str) -> str:
    """The letters and digits of an SK number: "141/ 12 /KPTS" and "141.12.kpts" are the same."""
    return "".join(_words(number))[:80]


def _telling_words(name: str, village: str = "") -> list[str]:
    told_by_all = COMMON_WORDS | set(_words(village))
    return [word for word in _words(name) if word not in told_by_all]


def _numbers(words: list[str]) -> list[int]:
    found: list[int] = []
    for word in words:
        found += [ROMAN[word]] if word in ROMAN else map(int, re.findall(r"[0-9]+", word))
    return found


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text).casefold()
    unaccented = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return re.findall(r"[^\W_]+", unaccented)
