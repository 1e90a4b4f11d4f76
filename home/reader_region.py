"""The region whose news a reader sees first: chosen, remembered, changeable; none is all of Indonesia."""

from django.http import HttpRequest, HttpResponse

from regions.models import Region

COOKIE = "wilayah"
COOKIE_AGE = 60 * 60 * 24 * 365


def reader_region(request: HttpRequest) -> Region | None:
    """The region of the cookie, else the home region of the account, else None."""
    if hasattr(request, "_reader_region"):
        return request._reader_region  # type: ignore[no-any-return]
    code = request.COOKIES.get(COOKIE)
    if code is None:
        user = getattr(request, "user", None)
        code = getattr(user, "home_region_id", None) if user and user.is_authenticated else None
    region = Region.objects.select_related("parent").filter(code=code[:13]).first() if code else None
    request._reader_region = region  # type: ignore[attr-defined]
    return region


def remember(response: HttpResponse, region: Region | None) -> None:
    """Keep the choice on the device for a year; an empty value means all of Indonesia."""
    response.set_cookie(COOKIE, region.code if region else "", max_age=COOKIE_AGE, samesite="Lax", httponly=True)
