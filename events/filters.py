"""What the calendar can be narrowed by."""

from __future__ import annotations

from typing import Any

from communities.filters import CommunityItemFilter
from events.models import Event


class EventFilter(CommunityItemFilter):
    """Events by region and community."""

    class Meta:
        model = Event
        fields: list[Any] = []
