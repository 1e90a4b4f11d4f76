"""The region whose news a reader sees first: chosen, remembered, changeable; none is all of Indonesia."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from regions.models import Region
from regions.succession import find_of_today

COOKIE = "wilayah"
COOKIE_AGE = 60 * 60 * 24 * 365


def has_chosen(request: HttpRequest) -> bool:
    """Whether this device remembers a choice, even if it was all of Indonesia."""
    return COOKIE in request.COOKIES


def reader_region(request: HttpRequest) -> Region | None:
    """The region of the cookie, else the home region of the account, else None; asked once a request."""
    if not hasattr(request, "_reader_region"):
        code = request.COOKIES.get(COOKIE) if has_chosen(request) else _home_of(request)
        request._reader_region = _find(code)  # type: ignore[attr-defined]
    return request._reader_region  # type: ignore[attr-defined]


def remember(response: HttpResponse, region: Region | None) -> None:
    """Keep the choice on the device for a year; an empty value means all of Indonesia."""
    response.set_cookie(
        COOKIE,
        region.code if region else "",
        max_age=COOKIE_AGE,
        samesite="Lax",
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
    )


def _home_of(request: HttpRequest) -> str | None:
    user = getattr(request, "user", None)
    return user.home_region_id if user and user.is_authenticated else None


def _find(code: str | None) -> Region | None:
    return find_of_today(code)
