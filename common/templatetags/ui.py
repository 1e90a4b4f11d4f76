"""What the components of the portal need from Python: words and tones of a status, times, links.

One map of colours and words for the status of an item; a template never compares a status itself.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import template
from django.forms import (
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    FileInput,
    RadioSelect,
    Select,
    Textarea,
)
from django.middleware.csrf import get_token
from django.template import Context
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from common.icons import ICONS

register = template.Library()

# Colour never speaks alone: a tone always comes with words.
TONES: dict[str, str] = {
    "draft": "draft",
    "submitted": "wait",
    "returned": "wait",
    "approved": "ok",
    "rejected": "stop",
    "suspended": "stop",
}
WORDS: dict[str, Promise] = {
    "draft": _("Draft"),
    "submitted": _("Waiting"),
    "returned": _("Needs repair"),
    "approved": _("Published"),
    "rejected": _("Rejected"),
    "suspended": _("Withdrawn"),
}
COMMUNITY_WORDS: dict[str, Promise] = {"approved": _("Verified"), "suspended": _("Suspended")}

SOON = timedelta(hours=24)


@register.filter
def status_tone(status: str) -> str:
    """The tone of a status: draft, wait, ok or stop."""
    return TONES.get(str(status), "draft")


@register.simple_tag(name="status_words")
@register.filter
def status_label(status: str, kind: str = "") -> str | Promise:
    """The words of a status, which differ by kind: a community is verified, an article published."""
    status = str(status)
    if kind == "community" and status in COMMUNITY_WORDS:
        return COMMUNITY_WORDS[status]
    return WORDS.get(status, status)


@register.filter
def control(field: BoundField) -> str:
    """What a form field looks like: check, choices, file, select, textarea, group or text."""
    widget = field.field.widget
    shapes = (
        (CheckboxSelectMultiple | RadioSelect, "choices"),
        (CheckboxInput, "check"),
        (FileInput, "file"),
        (Textarea, "textarea"),
    )
    for classes, name in shapes:
        if isinstance(widget, classes):
            return name
    if widget.use_fieldset:
        return "group"
    return "select" if isinstance(widget, Select) else "text"


@register.filter
def anchor(field: BoundField) -> str:
    """The id that a link from the error summary jumps to."""
    return field.id_for_label or field.auto_id


@register.filter
def due(due_at: datetime | None) -> dict[str, str]:
    """How long until a deadline, in words with a number, and its tone: late, soon or empty."""
    if due_at is None:
        return {}
    left = due_at - timezone.now()
    if left < timedelta(0):
        return {"tone": "late", "words": _("overdue by %(time)s") % {"time": _span(-left)}}
    return {"tone": "soon" if left <= SOON else "", "words": _("%(time)s left") % {"time": _span(left)}}


def _span(span: timedelta) -> str:
    minutes = int(span.total_seconds() // 60)
    if minutes < 60:
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    if minutes < 48 * 60:
        hours = minutes // 60
        return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    days = minutes // (24 * 60)
    return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}


@register.filter
def day_and_month(moment: datetime, region: Any = None) -> dict[str, str]:
    """Day and short month of a moment in the region's own time zone, for the small calendar leaf."""
    local = timezone.localtime(moment, getattr(region, "zone", None))
    return {"day": date_format(local, "d"), "month": date_format(local, "M"), "iso": local.isoformat()}


@register.simple_tag
def icon(name: str) -> SafeString:
    """A small drawing beside words; screen readers pass over it."""
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false">'
        '<path d="{}"/></svg>',
        ICONS[name],
    )


@register.simple_tag(takes_context=True)
def csrf(context: Context) -> SafeString:
    """The hidden token of a POST form inside a component that was included with `only`."""
    request = getattr(context, "request", None) or context.get("request")
    if request is None:
        return SafeString("")
    return format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request))


@register.simple_tag(takes_context=True)
def page_url(context: Context, number: int | str, parameter: str = "page") -> str:
    """The address of another page of this list; everything else of the query stays."""
    request = getattr(context, "request", None) or context.get("request")
    query = request.GET.copy() if request else None
    if query is None:
        return f"?{parameter}={number}"
    query[parameter] = str(number)
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def here(context: Context, *names: str) -> SafeString:
    """Marks a link as where the reader is: by the context's `nav`, else the URL's name or namespace."""
    spot = {context.get("nav")} if context.get("nav") else _spot(context)
    return SafeString(' aria-current="page"') if spot & set(names) else SafeString("")


def _spot(context: Context) -> set[str]:
    request = getattr(context, "request", None) or context.get("request")
    match = getattr(request, "resolver_match", None)
    if match is None:
        return set()
    return {match.namespace, match.view_name} - {"", "home"}
