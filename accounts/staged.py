"""People without an account, known by an address that they have confirmed."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core import signing
from django.utils.translation import get_language

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


def without_account(person: User) -> User | None:
    """The person, if they come back by a link alone, for they have no account."""
    return person if person.is_staged and person.is_active else None


def language_of_page() -> str:
    """The language of the page on which somebody writes: the one of the mail that they get."""
    language = get_language() or ""
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


class Links:
    """Signed links to rows of one kind, by number; they name no address. salt: keeps kinds apart."""

    def __init__(self, salt: str, holds: timedelta) -> None:
        self.holds = holds
        self._signer = signing.TimestampSigner(salt=salt)

    def token_for(self, number: int) -> str:
        """What stands in the link."""
        return self._signer.sign(str(number))

    def number_in(self, token: str) -> int | None:
        """The row behind it; None where it is not ours or too old."""
        try:
            return int(self._signer.unsign(token, max_age=self.holds))
        except (signing.BadSignature, ValueError):
            return None
