"""Questions about many events."""

from __future__ import annotations

from typing import Self

from django.utils import timezone

from communities.items import CommunityItemQuerySet


class EventQuerySet(CommunityItemQuerySet):
    """Events by when they are."""

    def upcoming(self) -> Self:
        """Those that have not ended, the nearest first."""
        return self.filter(ends_at__gte=timezone.now()).order_by("starts_at", "pk")

    def past(self) -> Self:
        """Those that have ended, the latest first."""
        return self.filter(ends_at__lt=timezone.now()).order_by("-starts_at", "-pk")
