"""What every page's frame shows: the reader's region, what is unread, and where the person works."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from home.reader_region import reader_region
from notifications.inbox import shown_count, unread_count

if TYPE_CHECKING:
    from accounts.models import User


def portal(request: HttpRequest) -> dict[str, Any]:
    """Context of all templates; asked of the database only by those that show it."""
    frame = {
        "ministry_name": settings.MINISTRY_NAME,
        "portal_url": settings.PORTAL_URL,
        "reader_region": SimpleLazyObject(lambda: reader_region(request)),
        "unread_count": 0,
        "unread_shown": "",
        "is_officer": False,
    }
    user = getattr(request, "user", None)
    return frame | _of_person(user) if user and user.is_authenticated else frame


def _of_person(user: User) -> dict[str, Any]:
    unread = cache(lambda: unread_count(user))
    return {
        "unread_count": SimpleLazyObject(unread),
        "unread_shown": SimpleLazyObject(lambda: shown_count(unread())),
        "is_officer": SimpleLazyObject(lambda: user.is_officer),
    }
