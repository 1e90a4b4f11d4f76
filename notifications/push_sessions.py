"""A browser that several people use: its notifications are of whoever is signed in, and of nobody else.

A signed cookie says which device a browser is. Signing out takes the device away; so does signing in as
somebody else, where nobody has signed out before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from notifications.models import PushDevice

if TYPE_CHECKING:
    from accounts.models import User

COOKIE = "device"
KEPT_SECONDS = 400 * 24 * 3600
Response = TypeVar("Response", bound=HttpResponseBase)


def remember(response: Response, device: PushDevice) -> Response:
    """Let the browser know which device it is."""
    response.set_signed_cookie(
        COOKIE,
        str(device.pk),
        max_age=KEPT_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


def forget_on_leaving(request: HttpRequest | None, user: User | None, **_: Any) -> None:
    """Whoever signs out takes their notifications along."""
    if request is not None and user is not None:
        _of_browser(request).filter(user=user.pk).delete()


def forget_of_others(request: HttpRequest | None, user: User, **_: Any) -> None:
    """Whoever signs in does not see what is meant for the one before."""
    if request is not None:
        _of_browser(request).exclude(user=user.pk).delete()


def _of_browser(request: HttpRequest) -> Any:
    said = request.get_signed_cookie(COOKIE, default="")
    if not (said and said.isdecimal()):
        return PushDevice.objects.none()
    return PushDevice.objects.filter(pk=int(said))
