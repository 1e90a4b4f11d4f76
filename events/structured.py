"""What machines read of an event: schema.org Event, with what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from events.models import Event, EventChange

CONTEXT = "https://schema.org"


def event_data(event: Event, trace: Sequence[EventChange]) -> dict[str, Any]:
    """The event as JSON-LD; ask for a public one, with its community and its trace."""
    community = event.community
    former = _former_starts(trace)
    said: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "Event",
        "name": event.title,
        "description": event.text,
        "startDate": event.starts_at.astimezone(event.region.zone).isoformat(),
        "endDate": event.ends_at.astimezone(event.region.zone).isoformat(),
        "eventStatus": f"{CONTEXT}/{_status(event, former)}",
        "inLanguage": "id",
        "location": {"@type": "Place", "name": event.place, "address": event.region.label},
        "organizer": {
            "@type": "Organization",
            "name": community.name,
            "url": f"{settings.PORTAL_URL}{community.get_absolute_url()}",
        },
        "url": f"{settings.PORTAL_URL}{event.get_absolute_url()}",
    }
    if former:
        said["previousStartDate"] = former[0] if len(former) == 1 else former
    return said


def _former_starts(trace: Sequence[EventChange]) -> list[str]:
    """When it was to begin before it was moved, the latest first."""
    return [
        change.before["starts_at"]
        for change in trace
        if change.before["starts_at"] != change.after["starts_at"]
    ]


def _status(event: Event, former: Sequence[str]) -> str:
    if event.is_cancelled:
        return "EventCancelled"
    return "EventRescheduled" if former else "EventScheduled"
