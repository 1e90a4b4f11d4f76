"""What every page's frame shows: the reader's region, what is unread, and where the person works."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from home.reader_region import reader_region
from notifications.inbox import unread_count

if TYPE_CHECKING:
    from accounts.models import User


def portal(request: HttpRequest) -> dict[str, Any]:
    """Context of all templates; asked of the database only by those that show it."""
    frame = {
        "ministry_name": settings.MINISTRY_NAME,
        "portal_url": settings.PORTAL_URL,
        "reader_region": SimpleLazyObject(lambda: reader_region(request)),
        "unread_count": 0,
        "is_officer": False,
    }
    user = getattr(request, "user", None)
    return frame | _of_person(user) if user and user.is_authenticated else frame


def _of_person(user: User) -> dict[str, Any]:
    return {
        "unread_count": SimpleLazyObject(lambda: unread_count(user)),
        "is_officer": SimpleLazyObject(lambda: user.is_officer),
    }
