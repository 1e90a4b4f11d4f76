"""People without an account, known by an address that they have confirmed."""

from __future__ import annotations

from django.contrib.auth.hashers import make_password

from accounts.consent import agree
from accounts.models import Consent, User
from accounts.terms import PRIVACY_VERSION


def owner_of(email: str, *, language: str) -> User:
    """Whoever has shown that the address is theirs: their account, or a staged one that is made now.

    It may be an account that is closed.
    """
    user, is_new = User.objects.get_or_create(
        email=email, defaults={"is_staged": True, "password": make_password(None), "language": language}
    )
    if is_new:
        agree(user, Consent.Document.PRIVACY, PRIVACY_VERSION)
    return user
