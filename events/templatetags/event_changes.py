"""{% event_ld event trace %}: for machines; {% changing event %}, {% my_event_changes %}: for its authors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from common.templatetags.structured import json_ld
from events import change_actions, structured
from events.models import EventChange
from moderation.states import Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.template import Context
    from django.utils.safestring import SafeString

    from events.models import Event

register = template.Library()

SHOWN = 20


@register.simple_tag
def event_ld(event: Event, trace: Sequence[EventChange]) -> SafeString:
    """The event as linked data; of a public one only."""
    return json_ld(structured.event_data(event, trace))


@register.inclusion_tag("events/_changing.html", takes_context=True)
def changing(context: Context, event: Event) -> dict[str, Any]:
    """The ways to change what is published, or to the words that are open."""
    if event.status != Status.APPROVED:
        return {}
    return {
        "event": event,
        "waiting": change_actions.open_one(event),
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("events/_my_changes.html", takes_context=True)
def my_event_changes(context: Context) -> dict[str, Any]:
    """Words of published events that are not decided yet, of which the person is an author."""
    open_ones = EventChange.objects.authored_by(context["user"]).open().order_by("-changed_at")
    return {"changes": open_ones.select_related("community", "region", "created_by")[:SHOWN]}
