"""Questions about many subscriptions, notifications and deliveries."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from communities.models import Community
from regions.models import Region

# How long a request to follow by e-mail waits for its confirmation.
FOLLOW_REQUEST_HOLDS = timedelta(days=3)

if TYPE_CHECKING:
    from accounts.models import User


class SubscriptionQuerySet(models.QuerySet):
    """Who follows what."""

    def to(self, thing: Community | Region) -> Self:
        """Those of one community, or of one region itself with all that it publishes."""
        own = Q(region=thing) if isinstance(thing, Region) else Q(community=thing)
        return self.filter(own, category="")

    def of(self, user: User) -> Self:
        """What one person follows, the newest first."""
        return self.filter(user=user).order_by("-pk")

    def with_what_is_shown(self) -> Self:
        """With the names that a list shows, in one query."""
        return self.select_related("community__region__parent", "region__parent")


class FollowRequestQuerySet(models.QuerySet):
    """What was asked for by e-mail and waits for a confirmation."""

    def open(self) -> Self:
        """Those that can still be confirmed: of what the public may see."""
        public = Q(community=None) | Q(community__in=Community.objects.public().values("pk"))
        return self.filter(public, created_at__gt=timezone.now() - FOLLOW_REQUEST_HOLDS)

    def to_mail(self) -> Self:
        """Those whose link has still to be sent, the oldest first."""
        return self.open().filter(mailed_at=None).order_by("pk")


class NotificationQuerySet(models.QuerySet):
    """What people have been told."""

    def visible_to(self, user: User) -> Self:
        """Nobody sees what another person was told."""
        return self.filter(recipient=user.pk)

    def unread(self) -> Self:
        """Those not opened yet; a partial index answers it."""
        return self.filter(read_at=None)


class AddressStopQuerySet(models.QuerySet):
    """What was said against addresses."""

    def stopped(self) -> Self:
        """Those to which nothing is sent any more."""
        return self.filter(stopped_at__isnull=False)


class DeliveryQuerySet(models.QuerySet):
    """What has still to be sent."""

    def due(self) -> Self:
        """Waiting, and its time has come; the longest waiting first."""
        return self.filter(Q(state="waiting", due_at__lte=timezone.now())).order_by("due_at", "pk")

    def of_channel(self, name: str) -> Self:
        """Those of one channel."""
        return self.filter(channel=name)

    def dead(self) -> Self:
        """Those that have failed for good, the latest first: the dead letters."""
        return self.filter(state="failed").order_by("-ended_at")
