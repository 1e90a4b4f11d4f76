"""Mails as mail servers take them: parts, headers, and the bytes of many that differ in a few words only.

To put a mail together costs more than to send it. So the bytes are made once from a stencil (letters.py),
with marks where readers differ, and filled in for each.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse

from notifications import bounces, digests, letters, unsubscribe
from notifications.letters import Letter
from notifications.links import address_of

if TYPE_CHECKING:
    from accounts.models import User
    from notifications.models import Delivery

# In headers only ASCII is left as it is.
TO, MESSAGE_ID, STOP = "to@mark.invalid", "message-id@mark.invalid", "list-unsubscribe@mark.invalid"
# What stands for the token in the address of its page.
TOKEN = "TOKEN"  # noqa: S105 - no secret


class Composer:
    """Writes mails, and keeps what the next readers of the same thing get, too."""

    def __init__(self) -> None:
        self._stencils: dict[tuple[Any, ...], tuple[Letter, bytes | None]] = {}
        self._host = urlsplit(settings.PORTAL_URL).hostname or "localhost"
        self._stop_url = address_of(reverse("notifications:unsubscribe", args=[TOKEN]))

    def forget(self) -> None:
        """Words are kept for one batch: meanwhile a title may be corrected."""
        self._stencils.clear()

    def compose(self, person: User, deliveries: Sequence[Delivery]) -> EmailMultiAlternatives:
        """The mail of a single delivery, or of a bundle."""
        headers, stop_url = self._headers(person, deliveries)
        if _is_digest(deliveries):
            return _mail(digests.digest(person, deliveries, stop_url=stop_url), person, headers)
        stencil, _content = self._stencil(person, deliveries[0])
        return _mail(letters.filled(stencil, letters.marks_of(person, stop_url)), person, headers)

    def content(self, person: User, deliveries: Sequence[Delivery]) -> bytes | None:
        """The same mail as bytes, where many differ in a few words only; None where it has to be composed."""
        if _is_digest(deliveries) or not person.email.isascii():
            return None
        content = self._stencil(person, deliveries[0])[1]
        if content is None:
            return None
        headers, stop_url = self._headers(person, deliveries)
        return _filled(content, headers | letters.marks_of(person, stop_url))

    def _headers(self, person: User, deliveries: Sequence[Delivery]) -> tuple[dict[str, str], str]:
        """What differs in the headers, and the link that ends such mails."""
        said = unsubscribe.token(person.pk, deliveries)
        stop_url = self._stop_url.replace(TOKEN, said)
        message_id = f"<pemberitahuan-{deliveries[0].pk}@{self._host}>"
        return {
            TO: person.email,
            MESSAGE_ID: message_id,
            STOP: _list_unsubscribe(stop_url, said),
        }, stop_url

    def _stencil(self, person: User, delivery: Delivery) -> tuple[Letter, bytes | None]:
        activity = delivery.notification.activity
        key = letters.key(activity, person)
        if key not in self._stencils:
            letter = letters.stencil(activity, person)
            self._stencils[key] = letter, _bytes_of(letter)
        return self._stencils[key]


def _is_digest(deliveries: Sequence[Delivery]) -> bool:
    """One thing on the desk is a mail about that thing."""
    bundle = deliveries[0].bundle
    return bool(bundle) and (bundle != deliveries[0].Bundle.DESK or len(deliveries) > 1)


def _mail(letter: Letter, person: User | None, headers: dict[str, str]) -> EmailMultiAlternatives:
    mail = EmailMultiAlternatives(
        letter.subject,
        letter.text,
        from_email=bounces.return_path(person) if person else None,
        to=[headers[TO]],
        reply_to=[settings.REPLY_TO_EMAIL] if settings.REPLY_TO_EMAIL else None,
        headers={
            "From": settings.DEFAULT_FROM_EMAIL,
            "Message-ID": headers[MESSAGE_ID],
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": headers[STOP],
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )
    mail.attach_alternative(letter.html, "text/html")
    return mail


def _list_unsubscribe(stop_url: str, said: str) -> str:
    """Where a mail program ends such mails: by a request, and by a mail where somebody reads those."""
    address = settings.UNSUBSCRIBE_EMAIL
    return f"<{stop_url}>, <mailto:{address}?subject={said}>" if address else f"<{stop_url}>"


def _bytes_of(letter: Letter) -> bytes | None:
    """The bytes with their marks; None where an encoding has swallowed one (a line of 1,000 letters)."""
    headers = {mark: mark for mark in (TO, MESSAGE_ID, STOP)}
    content: bytes = _mail(letter, None, headers).message().as_bytes(linesep="\r\n")  # type: ignore[call-arg]
    in_words = [mark for mark in letters.MARKS if mark in letter.text + letter.html]
    found = all(mark.encode() in content for mark in [*headers, *in_words])
    return content if found else None


def _filled(content: bytes, values: dict[str, str]) -> bytes:
    for mark, value in values.items():
        content = content.replace(mark.encode(), value.encode())
    return content
