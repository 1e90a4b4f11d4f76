"""When two names mean the same group, and when they are so alike that somebody should look."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher

# What nearly every group has in its name tells nothing apart.
_COMMON = {"kim", "kelompok", "informasi", "masyarakat", "komunitas", "desa", "kelurahan"}
ALIKE = 0.85


def name_key(name: str) -> str:
    """A name as it is compared: without accents, signs, and the words that all of them have."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain.casefold())
    return " ".join([word for word in words if word not in _COMMON] or words)[:120]


def decree_key(number: str) -> str:
    """The number of an SK as it is compared: letters and digits only."""
    return "".join(re.findall(r"[a-z0-9]+", number.casefold()))[:80]


def are_alike(one: str, other: str) -> bool:
    """Whether two keys differ by so little that it may be a slip of the pen."""
    if one == other:
        return True
    # "mekar 1" and "mekar 2" are two groups.
    if re.sub(r"\d", "", one) == re.sub(r"\d", "", other):
        return False
    return SequenceMatcher(None, one, other).ratio() >= ALIKE
