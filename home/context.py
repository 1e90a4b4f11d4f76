"""What every page's frame shows: the reader's region, what is unread, and where the person works."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from communities.models import Community
from home.reader_region import reader_region
from notifications.inbox import unread_count


def portal(request: HttpRequest) -> dict[str, Any]:
    """Context of all templates; asked of the database only by those that show it."""
    user = getattr(request, "user", None)
    signed_in = bool(user and user.is_authenticated)
    return {
        "ministry_name": settings.MINISTRY_NAME,
        "portal_url": settings.PORTAL_URL,
        "reader_region": SimpleLazyObject(lambda: reader_region(request)),
        "unread_count": SimpleLazyObject(lambda: unread_count(user)) if signed_in else 0,
        "is_officer": SimpleLazyObject(lambda: user.is_officer) if signed_in else False,
        "my_communities": SimpleLazyObject(lambda: list(Community.objects.with_member(user)[:5])) if signed_in else [],
    }
