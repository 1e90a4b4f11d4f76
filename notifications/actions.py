"""Things people do with what they follow and with what they are told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from communities.models import Community
from notifications.models import Mute, Notification, Rhythm, Subscription
from regions.models import Level, Region

if TYPE_CHECKING:
    from accounts.models import User


def follow(
    user: User,
    *,
    community: Community | None = None,
    region: Region | None = None,
    category: str = "",
    rhythm: Rhythm | None = None,
) -> Subscription:
    """Be told of what a community, or a region and all beneath it, publishes. Twice changes nothing.

    Without a rhythm: a community and a village at once, wider regions each day, since they say much.
    """
    subscription, _ = Subscription.objects.get_or_create(
        user=user,
        community=community,
        region=region,
        category=category,
        defaults={"rhythm": usual_rhythm(region) if rhythm is None else rhythm},
    )
    return subscription


def usual_rhythm(region: Region | None) -> Rhythm:
    """In which rhythm one hears of it who has not said otherwise; of a community without a region."""
    return Rhythm.DAILY if region and region.level != Level.VILLAGE else Rhythm.AT_ONCE


def unfollow(
    user: User, *, community: Community | None = None, region: Region | None = None, category: str = ""
) -> bool:
    """Follow it no longer; False where it was not followed. What waits to be sent is not sent."""
    own = Subscription.objects.filter(user=user, community=community, region=region, category=category)
    count, _ = own.delete()
    return count > 0


def set_rhythm(subscription: Subscription, rhythm: Rhythm) -> None:
    """How often news of what is followed leaves the portal."""
    subscription.rhythm = rhythm
    subscription.save(update_fields=["rhythm"])


def set_by_email(subscription: Subscription, *, wanted: bool) -> None:
    """Whether news of what is followed comes by e-mail too, in its rhythm."""
    subscription.by_email = wanted
    subscription.save(update_fields=["by_email"])


def follow_by_email(user: User, **thing: Any) -> Subscription:
    """Follow it, and get mails of it: who confirms this by a link wants them, whatever was ended before."""
    subscription = follow(user, **thing)
    if subscription.rhythm == Rhythm.OFF:
        set_rhythm(subscription, usual_rhythm(subscription.region))
    if not subscription.by_email:
        set_by_email(subscription, wanted=True)
    return subscription


def mute(user: User, community: Community) -> None:
    """Be told no longer of a community by the regions that one follows. Twice changes nothing."""
    Mute.objects.get_or_create(user=user, community=community)


def unmute(user: User, community: Community) -> bool:
    """Be told of it again; False where it was not muted."""
    count, _ = Mute.objects.filter(user=user, community=community).delete()
    return count > 0


def set_all_email(user: User, *, wanted: bool) -> None:
    """Whether anything at all comes by e-mail."""
    user.wants_email = wanted
    user.save(update_fields=["wants_email"])


def mark_read(notification: Notification) -> None:
    """Note the moment of its first opening."""
    Notification.objects.unread().filter(pk=notification.pk).update(read_at=timezone.now())


def mark_all_read(user: User, *, until: int, kind: str = "") -> None:
    """Everything up to and with the newest one that the person saw; what came since stays unread."""
    unread = Notification.objects.visible_to(user).unread().filter(pk__lte=until)
    if kind:
        unread = unread.filter(activity__story__kind=kind)
    unread.update(read_at=timezone.now())


def mark_thread_read(user: User, thread: str, *, until: int) -> None:
    """The same of one thread."""
    unread = Notification.objects.visible_to(user).unread().filter(pk__lte=until)
    unread.filter(activity__story__thread=thread).update(read_at=timezone.now())
