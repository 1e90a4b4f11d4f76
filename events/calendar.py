"""Events as iCalendar (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC

from django.conf import settings
from icalendar import Calendar
from icalendar import Event as CalendarEntry

from events.models import Event


def to_ical(events: Iterable[Event]) -> bytes:
    """A calendar of the events in UTC, which every device shows by its own clock."""
    calendar = Calendar()
    calendar.add("prodid", "-//Portal KIM//Kegiatan//ID")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for event in events:
        calendar.add_component(_entry(event))
    return bytes(calendar.to_ical())


def _entry(event: Event) -> CalendarEntry:
    entry = CalendarEntry()
    entry.add("uid", f"kegiatan-{event.pk}@{settings.PORTAL_URL.split('//')[-1].split(':')[0]}")
    entry.add("summary", event.title)
    entry.add("description", event.text)
    entry.add("location", f"{event.place}, {event.region.label}")
    entry.add("dtstart", event.starts_at.astimezone(UTC))
    entry.add("dtend", event.ends_at.astimezone(UTC))
    entry.add("dtstamp", event.changed_at.astimezone(UTC))
    entry.add("last-modified", event.changed_at.astimezone(UTC))
    entry.add("sequence", event.sequence)
    entry.add("status", "CANCELLED" if event.is_cancelled else "CONFIRMED")
    entry.add("url", settings.PORTAL_URL + event.get_absolute_url())
    return entry
