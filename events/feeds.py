"""The calendar as RSS."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from common.feeds import ListFeed
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
        coming = Event.objects.public().upcoming().for_cards()
        return EventFilter(request.GET, queryset=coming).qs.order_by("-published_at", "-pk")

    def item_description(self, item: Event) -> str:
        """When and where, then what."""
        return f"{local_time(item.starts_at, item.region)}, {item.place}. {item.text}"

    def item_author_name(self, item: Event) -> str:
        """Who invites."""
        return item.community.name

    def item_pubdate(self, item: Event) -> object:
        """When it was announced."""
        return item.published_at
