"""Questions about many subscriptions, notifications and deliveries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from regions.models import Region

if TYPE_CHECKING:
    from accounts.models import User
    from communities.models import Community


class SubscriptionQuerySet(models.QuerySet):
    """Who follows what."""

    def to(self, thing: Community | Region) -> Self:
        """Those of one community, or of one region itself."""
        return self.filter(region=thing) if isinstance(thing, Region) else self.filter(community=thing)

    def of(self, user: User) -> Self:
        """What one person follows, the newest first."""
        return self.filter(user=user).order_by("-pk")

    def with_what_is_shown(self) -> Self:
        """With the names that a list shows, in one query."""
        return self.select_related("community__region__parent", "region__parent")


class NotificationQuerySet(models.QuerySet):
    """What people have been told."""

    def visible_to(self, user: User) -> Self:
        """Nobody sees what another person was told."""
        return self.filter(recipient=user.pk)

    def unread(self) -> Self:
        """Those not opened yet; a partial index answers it."""
        return self.filter(read_at=None)


class DeliveryQuerySet(models.QuerySet):
    """What has still to be sent."""

    def due(self) -> Self:
        """Waiting, and its time has come; the longest waiting first."""
        return self.filter(Q(state="waiting", due_at__lte=timezone.now())).order_by("due_at", "pk")
