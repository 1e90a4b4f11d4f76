"""From the text of a cell to a value, or to the code of what is wrong with it."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils import timezone

MONTHS = {
    "januari": 1, "jan": 1, "februari": 2, "pebruari": 2, "feb": 2, "peb": 2, "maret": 3, "mar": 3,
    "april": 4, "apr": 4, "mei": 5, "juni": 6, "jun": 6, "juli": 7, "jul": 7, "agustus": 8, "agt": 8,
    "agu": 8, "ags": 8, "agst": 8, "september": 9, "sep": 9, "sept": 9, "oktober": 10, "okt": 10,
    "november": 11, "nopember": 11, "nov": 11, "nop": 11, "desember": 12, "des": 12,
    "january": 1, "february": 2, "march": 3, "may": 5, "june": 6, "july": 7, "august": 8, "aug": 8,
    "october": 10, "oct": 10, "december": 12, "dec": 12,
}  # fmt: skip
KINDS = (
    ("forum", None),
    ("tradisional", "traditional_media"),
    ("pertunjukan", "traditional_media"),
    ("kreator", "content_creators"),
    ("creator", "content_creators"),
    ("konten", "content_creators"),
    ("strategis", "strategic_group"),
    ("kim", "kim"),
    ("informasi masyarakat", "kim"),
)
LIMITS = {
    "name": 120, "address": 240, "decree_number": 80, "decree_issuer": 120, "chair_name": 120,
    "secretary_name": 120, "treasurer_name": 120, "description": 2000, "website": 200, "facebook": 200,
    "instagram": 200, "email": 254,
}  # fmt: skip
LONGEST_URL = 200
DATES = ("founded_on", "decree_date", "decree_valid_until")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")
_NUMBERS = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})")
_WORDS = re.compile(r"(?:[a-z]+'?a?t?,\s*)?(\d{1,2})[ -]([a-z]+)\.?[ -,]+(\d{4}|\d{2})")


class Wrong(ValueError):
    """A cell cannot be taken: a code of imports.wording.ERRORS and its parameters."""

    def __init__(self, code: str, /, **parameters: Any) -> None:
        super().__init__(code)
        self.code = code
        self.parameters = parameters


def read(field: str, text: str) -> Any:
    """The value of a cell as JSON keeps it; None or "" for an empty one. Wrong where it cannot be taken."""
    if len(text) > LIMITS.get(field, 2000):
        raise Wrong("too_long", limit=LIMITS.get(field, 2000))
    reader = READERS.get(field)
    return reader(text) if reader else text


def read_date(text: str) -> str | None:
    """A day in any form that is used in Indonesia; day before month."""
    if text in ("", "-"):
        return None
    small = text.casefold().strip()
    if found := _ISO.fullmatch(small):
        year, month, day = map(int, found.groups())
    elif found := _NUMBERS.fullmatch(small):
        day, month, year = map(int, found.groups())
    elif (found := _WORDS.fullmatch(small)) and found[2] in MONTHS:
        day, month, year = int(found[1]), MONTHS[found[2]], int(found[3])
    else:
        raise Wrong("date", text=text[:40])
    try:
        return date(year + 2000 if year < 100 else year, month, day).isoformat()
    except ValueError:
        raise Wrong("date", text=text[:40]) from None


def read_past_date(text: str) -> str | None:
    """A day that cannot lie ahead."""
    day = read_date(text)
    if day and date.fromisoformat(day) > timezone.localdate():
        raise Wrong("date_ahead")
    return day


def read_phone(text: str) -> str:
    """A telephone number as it is dialled; the zero that spreadsheets drop is given back."""
    if text in ("", "-"):
        return ""
    number = re.sub(r"[\s().\-]", "", re.split(r"[/,;]", text)[0])
    if not re.fullmatch(r"\+?\d{8,15}", number):
        raise Wrong("phone", text=text[:40])
    return f"0{number}" if number.startswith("8") else number


def read_email(text: str) -> str:
    """An e-mail address."""
    if text in ("", "-"):
        return ""
    try:
        validate_email(text)
    except ValidationError:
        raise Wrong("email", text=text[:60]) from None
    return text.lower()


def read_count(text: str) -> int | None:
    """A whole number, perhaps with the word for people behind it."""
    if text in ("", "-"):
        return None
    found = re.fullmatch(r"(\d{1,5})(?:\s*(?:orang|anggota|org))?\.?", text.casefold())
    if not found:
        raise Wrong("number", text=text[:40])
    return int(found[1])


def read_kind(text: str) -> str:
    """One of the kinds, from the words that offices use; nothing said is a KIM."""
    small = text.casefold()
    if small in ("", "-"):
        return "kim"
    for word, kind in KINDS:
        if word in small:
            if kind is None:
                raise Wrong("forum")
            return kind
    raise Wrong("kind", text=text[:40])


def read_url(text: str) -> str:
    """The address of a page; typed without a scheme it is https."""
    if text in ("", "-"):
        return ""
    url = text if "://" in text else f"https://{text}"
    try:
        URLValidator(schemes=["http", "https"])(url)
    except ValidationError:
        raise Wrong("url", text=text[:60]) from None
    if len(url) > LONGEST_URL:
        raise Wrong("too_long", limit=LONGEST_URL)
    return url


def _account_at(host: str) -> Any:
    def read_account(text: str) -> str:
        """The page of an account, given by its address or its name."""
        name = text.lstrip("@")
        if (
            re.fullmatch(r"[\w.]{2,60}", name)
            and not name.casefold().startswith("www.")
            and ".com" not in name
        ):
            return f"https://{host}/{name}"
        return read_url(text)

    return read_account


def read_name(text: str) -> str:
    """A name, on one line."""
    return " ".join(text.split())


READERS = {
    "name": read_name,
    "kind": read_kind,
    "founded_on": read_past_date,
    "decree_date": read_past_date,
    "decree_valid_until": read_date,
    "member_count": read_count,
    "email": read_email,
    "phone": read_phone,
    "website": read_url,
    "facebook": _account_at("www.facebook.com"),
    "instagram": _account_at("www.instagram.com"),
    "chair_name": read_name,
    "secretary_name": read_name,
    "treasurer_name": read_name,
}
