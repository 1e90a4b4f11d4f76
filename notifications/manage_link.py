"""The link by which somebody without an account manages what they follow: signed, in each of their mails."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.core import signing
from django.urls import reverse

from accounts.models import User
from notifications.links import address_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

# A mail lies in a mailbox for long, and its links should work; it should not work for ever.
HOLDS = timedelta(days=180)
_signer = signing.TimestampSigner(salt="notifications.manage")


def token_for(user: User) -> str:
    """What stands in the link; names no address."""
    return _signer.sign(str(user.pk))


def address_for(user: User) -> str:
    """Where the person chooses what they get: by a link of their own, or by the settings of their account."""
    if not user.is_staged:
        return address_of(reverse("notifications:settings"))
    return address_of(reverse("notifications:manage", args=[token_for(user)]))


def holders_of(token: str) -> QuerySet[User]:
    """Whose link it is: one, or nobody where the link is not ours, is too old, or its address is erased."""
    try:
        pk = int(_signer.unsign(token, max_age=HOLDS))
    except (signing.BadSignature, ValueError):
        return User.objects.none()
    return User.objects.filter(pk=pk, is_active=True)
