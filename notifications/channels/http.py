"""What the channels over HTTP share: careful sessions, and what answers say."""

from __future__ import annotations

from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

if TYPE_CHECKING:
    import requests

# A channel that is switched off: PostgreSQL knows at once that this is nobody.
NOBODY = Q(pk__isnull=True)
LONGEST_ANSWER = 200


def session() -> requests.Session:
    """Keeps connections, and goes nowhere else because an answer says so."""
    import requests

    kept = requests.Session()
    kept.max_redirects = 0
    return kept


def text_of(answer: requests.Response) -> str:
    """The answer in words."""
    return f"{answer.status_code} {answer.text[:LONGEST_ANSWER]}".strip()


def wait_of(answer: requests.Response) -> timedelta:
    """How long the other side wants to be left alone: seconds or a date (RFC 9110, 10.2.3)."""
    asked = answer.headers.get("Retry-After", "")
    if asked.isdecimal():
        return timedelta(seconds=min(int(asked), 24 * 3600))
    try:
        return max(parsedate_to_datetime(asked) - timezone.now(), timedelta())
    except (ValueError, TypeError):
        return timedelta()
