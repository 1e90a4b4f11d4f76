"""Which communities a person hears of by a region that they follow: those are the ones to mute."""

from __future__ import annotations

from typing import TYPE_CHECKING

from communities.models import Community
from notifications.models import Mute, Notification, Story, Subscription

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import User

LATELY = 60
SHOWN = 12
PUBLISHED = (Story.Kind.NEWS, Story.Kind.EVENT)


def brought_along(user: User) -> list[Community]:
    """Communities in the latest news of the person that they neither follow themselves nor have muted."""
    latest = Notification.objects.visible_to(user).order_by("-pk").values_list("activity", flat=True)
    stories = Story.objects.filter(activity__in=list(latest[:LATELY]), kind__in=PUBLISHED)
    ids = {community_of(thread) for thread in stories.values_list("thread", flat=True)}
    return list(not_chosen(user, ids)[:SHOWN])


def community_of(thread: str) -> int:
    """The community whose news a thread gathers; 0 where it gathers something else."""
    number = thread.rpartition(":community:")[2]
    return int(number) if number.isdecimal() else 0


def not_chosen(user: User, ids: set[int]) -> QuerySet[Community]:
    """Of these communities the ones that come by a region only, and are not muted yet."""
    followed = Subscription.objects.filter(user=user, community__isnull=False).values("community")
    muted = Mute.objects.filter(user=user).values("community")
    public = Community.objects.public().filter(pk__in=ids)
    return public.exclude(pk__in=followed).exclude(pk__in=muted).order_by("name")
