"""Things people do with what they follow and with what they are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from communities.models import Community
from notifications.models import Notification, Subscription
from regions.models import Region

if TYPE_CHECKING:
    from accounts.models import User


def follow(user: User, *, community: Community | None = None, region: Region | None = None) -> Subscription:
    """Be told of what a community, or a region and all beneath it, publishes. Twice changes nothing."""
    subscription, _ = Subscription.objects.get_or_create(user=user, community=community, region=region)
    return subscription


def unfollow(user: User, *, community: Community | None = None, region: Region | None = None) -> bool:
    """Follow it no longer; False where it was not followed. Mails that still wait are not sent."""
    count, _ = Subscription.objects.filter(user=user, community=community, region=region).delete()
    return count > 0


def set_email(subscription: Subscription, *, wanted: bool) -> None:
    """Whether news of what is followed comes by e-mail too."""
    subscription.wants_email = wanted
    subscription.save(update_fields=["wants_email"])


def set_all_email(user: User, *, wanted: bool) -> None:
    """Whether anything at all comes by e-mail."""
    user.wants_email = wanted
    user.save(update_fields=["wants_email"])


def mark_read(notification: Notification) -> None:
    """Note the moment of its first opening."""
    Notification.objects.unread().filter(pk=notification.pk).update(read_at=timezone.now())


def mark_all_read(user: User, *, until: int) -> None:
    """Everything up to and with the newest one that the person saw; what came since stays unread."""
    Notification.objects.visible_to(user).unread().filter(pk__lte=until).update(read_at=timezone.now())
