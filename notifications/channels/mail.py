"""Mails as mail servers take them: parts, headers, and the bytes of many that differ in a few words only.

To put a mail together costs more than to send it. So the bytes are made once from a stencil (letters.py),
with marks where readers differ, and filled in for each.
"""

from __future__ import annotations

from collections.abc import Sequence
from email.message import Message
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


class Mail(EmailMultiAlternatives):
    """A mail that may know its bytes already."""

    ready: bytes | None = None

    def message(self, *args: Any, **kwargs: Any) -> Any:
        """What Django's backends send."""
        return super().message(*args, **kwargs) if self.ready is None else _Ready(self.ready)


class _Ready(Message):
    """Bytes that are a message, with the lines ended as SMTP ends them."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self._content = content

    def as_bytes(self, *args: Any, **kwargs: Any) -> bytes:
        return self._content


class Composer:
    """Writes mails, and keeps what the next readers of the same thing get, too."""

    def __init__(self) -> None:
        self._stencils: dict[tuple[Any, ...], tuple[Letter, bytes | None]] = {}
        self._host = urlsplit(settings.PORTAL_URL).hostname or "localhost"

    def forget(self) -> None:
        """Words are kept for one batch: meanwhile a title may be corrected."""
        self._stencils.clear()

    def compose(self, person: User, deliveries: Sequence[Delivery]) -> Mail:
        """The mail of a single delivery, or of a bundle."""
        first = deliveries[0]
        said = unsubscribe.token(person.pk, deliveries)
        stop_url = address_of(reverse("notifications:unsubscribe", args=[said]))
        message_id = f"<pemberitahuan-{first.pk}@{self._host}>"
        headers = {TO: person.email, MESSAGE_ID: message_id, STOP: _list_unsubscribe(stop_url, said)}
        if first.bundle and (first.bundle != first.Bundle.DESK or len(deliveries) > 1):
            return _mail(digests.digest(person, deliveries, stop_url=stop_url), person, headers)
        stencil, content = self._stencil(person, first)
        marks = letters.marks_of(person, stop_url)
        mail = _mail(letters.filled(stencil, marks), person, headers)
        mail.ready = content and _filled(content, headers | marks)
        return mail

    def _stencil(self, person: User, delivery: Delivery) -> tuple[Letter, bytes | None]:
        activity = delivery.notification.activity
        key = letters.key(activity, person)
        if key not in self._stencils:
            letter = letters.stencil(activity, person)
            self._stencils[key] = letter, _bytes_of(letter)
        return self._stencils[key]


def _mail(letter: Letter, person: User | None, headers: dict[str, str]) -> Mail:
    mail = Mail(
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
    content = _mail(letter, None, headers).message().as_bytes(linesep="\r\n")
    in_words = [mark for mark in letters.MARKS if mark in letter.text + letter.html]
    found = all(mark.encode() in content for mark in [*headers, *in_words])
    return content if found else None


def _filled(content: bytes, values: dict[str, str]) -> bytes:
    for mark, value in values.items():
        content = content.replace(mark.encode(), value.encode())
    return content
