"""Mails by which somebody without an account confirms what they have written: each sent once, then noted."""

from __future__ import annotations

import logging
from collections.abc import Callable
from smtplib import SMTPRecipientsRefused
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import timezone

from notifications import addresses, wording
from notifications.letter_style import STYLE
from notifications.request_mail import CHUNK, PERMANENT

logger = logging.getLogger(__name__)
Compose = Callable[[Any], EmailMultiAlternatives]


def send_due(waiting: QuerySet, compose: Compose) -> int:
    """Mail what waits, the oldest first; how many. One that fails waits for the next minute."""
    return sum(_send_one(waiting, compose, pk) for pk in list(waiting.values_list("pk", flat=True)[:CHUNK]))


def letter(asked: Any, subject: str, url: str, *, template: str, name: str) -> EmailMultiAlternatives:
    """The mail with the link in words and in HTML, in the language of now; name: of its Message-ID."""
    context = {"subject": subject, "asked": asked, "url": url, "language": asked.language, "css": STYLE}
    text = wording.render_plain(f"notifications/{template}.txt", context)
    host = urlsplit(settings.PORTAL_URL).hostname or "localhost"
    headers = {"Message-ID": f"<{name}-{asked.pk}@{host}>", "Auto-Submitted": "auto-generated"}
    message = EmailMultiAlternatives(" ".join(subject.split())[:150], text, to=[asked.email], headers=headers)
    message.attach_alternative(render_to_string(f"notifications/{template}.html", context), "text/html")
    return message


@transaction.atomic
def _send_one(waiting: QuerySet, compose: Compose, pk: int) -> bool:
    asked = waiting.select_for_update(of=("self",), skip_locked=True).filter(pk=pk).first()
    if asked is None:
        return False
    # Whoever has complained, or is not there, gets no mail by being typed into a form either.
    if addresses.stop_of(asked.email) is None and not _send(asked, compose):
        return False
    asked.mailed_at = timezone.now()
    asked.save(update_fields=["mailed_at"])
    return True


def _send(asked: Any, compose: Compose) -> bool:
    try:
        with get_connection() as connection:
            connection.send_messages([compose(asked)])
    except SMTPRecipientsRefused as refused:
        # Refused for good: asking each minute would only keep the others waiting.
        return all(code >= PERMANENT for code, _said in refused.recipients.values())
    except OSError as problem:
        # smtplib's errors are OSErrors too. The address stays out of the log: it is a person's.
        logger.warning(
            "%s %s was not mailed and waits: %s", asked._meta.label, asked.pk, type(problem).__name__
        )
        return False
    return True
