"""Official region codes: text such as 16.06.07.2001. The code is the path (docs/adr/0002)."""

import re

_CODE = re.compile(r"[0-9]{2}(\.[0-9]{2}(\.[0-9]{2}(\.[0-9]{4})?)?)?")
_LENGTHS = {2: 1, 5: 2, 8: 3, 13: 4}


def is_code(text: object) -> bool:
    """Whether `text` is written as a region code; whether the region exists is another question."""
    return isinstance(text, str) and _CODE.fullmatch(text) is not None


def level_of(code: str) -> int:
    """1 province, 2 regency or city, 3 district, 4 village."""
    return _LENGTHS[len(code)]


def codes_upwards(code: str) -> list[str]:
    """The code and those of everything above it, nearest first."""
    parts = code.split(".")
    return [".".join(parts[:count]) for count in range(len(parts), 0, -1)]


def code_range(code: str) -> tuple[str, str]:
    """Codes from the first, and below the second, lie in the region: "/" is what follows "." in ASCII."""
    return code, f"{code}/"
