"""Words for what happened, made when they are shown: rows hold a verb and references only.

templates/notifications/<verb>/line.txt is the line of the inbox and the subject of the mail, mail.txt what
the mail says beyond it; letters.py makes mails of them. Both are plain text; nothing in them is escaped, and
what comes out is marked unsafe.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.template import Context, engines
from django.utils.translation import gettext_lazy as _

from notifications.kinds import Kind

if TYPE_CHECKING:
    from accounts.models import User
    from activity.models import Activity

BLANK_LINES = re.compile(r"\n\s*\n+")
# What stands over the words of who acted; of all else these are a reason.
REASON = _("The reason:")
OFFICE_WRITES = _("The office writes:")
SAID = {
    "aspiration.answer": _("The answer:"),
    "aspiration.work": OFFICE_WRITES,
    "aspiration.forward": OFFICE_WRITES,
    "aspiration.hand_over": OFFICE_WRITES,
    "aspiration.reopen": _("What is missing:"),
}


def line(activity: Activity, recipient: User) -> str:
    """One line, in the language of now; the target must still be there."""
    return " ".join(_plain("line.txt", activity, recipient).split())


def paragraphs(activity: Activity, recipient: User) -> list[str]:
    """What a mail says beyond the line, in the language of now."""
    said = _plain("mail.txt", activity, recipient)
    return [part.strip() for part in BLANK_LINES.split(said) if part.strip()]


def over_reason(activity: Activity) -> str:
    """What a mail says over the words of who acted, in the language of now."""
    return str(SAID.get(activity.verb, REASON))


def _plain(name: str, activity: Activity, recipient: User) -> str:
    target = activity.target
    context = {
        "activity": activity,
        "target": target,
        "community": getattr(target, "community", target),
        # The writer hears "your article"; everybody else hears whose it is.
        "for_author": getattr(target, "created_by_id", None) == recipient.pk,
    }
    return render_plain(f"notifications/{activity.verb}/{name}", context)


def group_line(activity: Activity, kind: str, count: int) -> str:
    """One line for so many of a thread, in the language of now; the activity is the newest of them."""
    target = activity.target
    context = {"count": count, "community": getattr(target, "community", target)}
    return " ".join(render_plain(f"notifications/_group_{kind}.txt", context).split())


def group_title(activity: Activity, kind: str) -> str:
    """The words over the list of a thread."""
    community = getattr(activity.target, "community", None)
    return f"{Kind(kind).label} · {community}" if community else str(Kind(kind).label)


def render_plain(name: str, context: dict[str, Any]) -> str:
    """Plain text: without HTML's escapes, and so not marked as safe for HTML either."""
    template = engines["django"].engine.get_template(name)  # type: ignore[attr-defined]
    return template.render(Context(context, autoescape=False)) + ""  # takes Django's mark away
