"""The calendar as RSS."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from common.feeds import ListFeed
from events import trace
from events.filters import EventFilter
from events.models import Event
from regions.templatetags.region_time import local_time


class EventFeed(ListFeed):
    """Newly announced events of the same filter as the list."""

    title = _("Events on Portal KIM")
    description = _("What the villages of Indonesia invite to.")
    link = reverse_lazy("events:list")

    def queryset(self, request: HttpRequest) -> QuerySet:
        """Events that have not ended, the last announced first."""
        coming = trace.with_trace(Event.objects.public().upcoming().for_cards())
        return EventFilter(request.GET, queryset=coming).qs.order_by("-published_at", "-pk")

    def item_title(self, item: Event) -> str:  # type: ignore[override]
        """What it is; a cancellation is said first, because many readers show nothing else."""
        return _now("Cancelled: %(title)s") % {"title": item} if item.is_cancelled else str(item)

    def item_description(self, item: Event) -> str:
        """When and where, then what, then what became of it since, each with its time."""
        told = [
            f"{change.get_nature_display()}, {local_time(change.true_at, item.region)}. {change.sentence}"
            for change in trace.of(item)
        ]
        return "\n".join([f"{local_time(item.starts_at, item.region)}, {item.place}. {item.text}", *told])

    def item_updateddate(self, item: Event) -> object:
        """When it was changed, the last time."""
        return item.amended_at

    def item_author_name(self, item: Event) -> str:
        """Who invites."""
        return item.community.name

    def item_pubdate(self, item: Event) -> object:
        """When it was announced."""
        return item.published_at
