"""What the mails share by which somebody without an account confirms what they asked for or wrote."""

from __future__ import annotations

from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone

from notifications import wording
from notifications.letter_style import STYLE

# A title in the subject may be as long as people write it; mail programs show less.
LONGEST_SUBJECT = 150


def letter(request: Any, template: str, subject: str, context: dict[str, Any]) -> EmailMultiAlternatives:
    """The mail to request.email in words and HTML, in the language of now; context: url, and what about."""
    context = {**context, "subject": subject, "language": request.language, "css": STYLE}
    text = wording.render_plain(f"notifications/{template}.txt", context)
    message = EmailMultiAlternatives(" ".join(subject.split())[:LONGEST_SUBJECT], text, to=[request.email])
    message.attach_alternative(render_to_string(f"notifications/{template}.html", context), "text/html")
    return message


def done(request: Any) -> None:
    """Note that it went out."""
    request.mailed_at = timezone.now()
    request.save(update_fields=["mailed_at"])
