"""Words for what happened, made when they are shown: rows hold a verb and references only.

templates/notifications/<verb>/line.txt is the line of the inbox and the subject of the mail, mail.txt what
the mail says beyond it. Both are plain text; nothing in them is escaped, and what comes out is marked unsafe.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.template import Context, engines
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from notifications.links import address_of, path_of

if TYPE_CHECKING:
    from accounts.models import User
    from activity.models import Activity

BLANK_LINES = re.compile(r"\n\s*\n+")
LONGEST_SUBJECT = 150


@dataclass(frozen=True)
class Letter:
    """A mail in words."""

    subject: str
    text: str
    html: str


def line(activity: Activity, recipient: User) -> str:
    """One line, in the language of now; the target must still be there."""
    return " ".join(_plain("line.txt", activity, recipient).split())


def letter(activity: Activity, recipient: User) -> Letter:
    """The mail, in the recipient's own language."""
    with translation.override(recipient.language or settings.LANGUAGE_CODE):
        subject = line(activity, recipient)
        said = _plain("mail.txt", activity, recipient)
        context = {
            "recipient": recipient,
            "line": subject,
            "paragraphs": [part.strip() for part in BLANK_LINES.split(said) if part.strip()],
            "reason": activity.reason,
            "url": address_of(path_of(activity)),
            "settings_url": address_of(reverse("notifications:settings")),
            "language": translation.get_language(),
        }
        text = _render("notifications/letter.txt", context)
        html = render_to_string("notifications/letter.html", context)
    return Letter(_shortened(subject), text, html)


def _plain(name: str, activity: Activity, recipient: User) -> str:
    target = activity.target
    context = {
        "activity": activity,
        "target": target,
        "community": getattr(target, "community", target),
        # The writer hears "your article"; everybody else hears whose it is.
        "for_author": getattr(target, "created_by_id", None) == recipient.pk,
    }
    return _render(f"notifications/{activity.verb}/{name}", context)


def _render(name: str, context: dict[str, Any]) -> str:
    """Plain text: without HTML's escapes, and so not marked as safe for HTML either."""
    template = engines["django"].engine.get_template(name)  # type: ignore[attr-defined]
    return template.render(Context(context, autoescape=False)) + ""  # takes Django's mark away


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_SUBJECT else text[: LONGEST_SUBJECT - 1].rstrip() + "…"
