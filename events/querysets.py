"""Questions about many events."""

from __future__ import annotations

from typing import Self

from django.utils import timezone

from communities.items import CommunityItemQuerySet
from events.duration import LONGEST


class EventQuerySet(CommunityItemQuerySet):
    """Events by when they are."""

    def upcoming(self) -> Self:
        """Those that have not ended, the nearest first."""
        now = timezone.now()
        # The index is by beginning: what began longer ago than an event may last has ended.
        return self.filter(starts_at__gte=now - LONGEST, ends_at__gte=now).order_by("starts_at", "pk")

    def past(self) -> Self:
        """Those that have ended, the latest first."""
        return self.filter(ends_at__lt=timezone.now()).order_by("-starts_at", "-pk")
