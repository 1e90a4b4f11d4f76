"""How people of the demo follow: in their own rhythm, one category only, with a mute and quiet hours."""

from __future__ import annotations

from datetime import time

from django.db.models import Count

from kimportal.demo.people import person
from notifications import actions
from notifications.heard import brought_along
from notifications.models import Notification, Preferences, Rhythm, Story, Subscription
from notifications.stories import DESK
from regions.models import Region

# So many of a group are unread in the inbox that somebody opens.
UNREAD_OF_GROUP = 5


def arrange() -> None:
    """What people have chosen by now; after everybody has been told."""
    _choose("rina")
    _mute_one("rina")
    _leave_a_group_unread("rina")
    _leave_the_desk_unread("wati")


def _choose(key: str) -> None:
    user = person(key)
    Subscription.objects.filter(user=user, region="16.06").update(rhythm=Rhythm.DAILY)
    near, far = Region.objects.get(pk="16"), Region.objects.get(pk="52")
    actions.follow(user, region=near, category="safety", rhythm=Rhythm.AT_ONCE)
    actions.follow(user, region=far, category="tourism", rhythm=Rhythm.WEEKLY)
    Preferences.objects.create(user=user, quiet_from=time(21), quiet_until=time(5), digest_hour=17)


def _mute_one(key: str) -> None:
    """Somebody whom the person does not follow, and whose news the region brings along."""
    user = person(key)
    for community in brought_along(user)[-1:]:
        actions.mute(user, community)


def _leave_a_group_unread(key: str) -> None:
    """The newest of the community that was heard of most."""
    own = Notification.objects.filter(recipient=person(key), activity__story__kind=Story.Kind.NEWS)
    threads = own.values("activity__story__thread").annotate(number=Count("pk")).order_by("-number")
    for thread in threads.values_list("activity__story__thread", flat=True)[:1]:
        newest = own.filter(activity__story__thread=thread).order_by("-pk")[:UNREAD_OF_GROUP]
        Notification.objects.filter(pk__in=list(newest.values_list("pk", flat=True))).update(read_at=None)


def _leave_the_desk_unread(key: str) -> None:
    """What still waits for the officer is new to them; what is settled stays read."""
    told = Notification.objects.filter(recipient=person(key), activity__story__thread=DESK)
    waiting = [row.pk for row in told.select_related("activity") if _waits(row)]
    Notification.objects.filter(pk__in=waiting).update(read_at=None)


def _waits(notification: Notification) -> bool:
    return getattr(notification.activity.target, "status", "") == "submitted"
