"""Whether a message is still wanted, asked at the last moment and of many at once.

Between telling and sending people read, leave and change their minds; items are withdrawn; offices decide.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from accounts.models import User
from moderation.models import Moderated
from notifications import audiences, stories
from notifications.circles import among, strengths
from notifications.models import Delivery, Notification

if TYPE_CHECKING:
    from activity.models import Activity
    from notifications.channels.base import Channel

READ = "already read"
NOT_CONCERNED = "no longer concerned, or no longer wanted"
NOT_REACHED = "this channel is not wanted, or does not reach the person"
NOT_VISIBLE = "not to be seen any more"
# These are noted nowhere: the rows have gone, or wait on.
GONE, NIGHT = "gone with its person", "quiet hours"


def unwanted(deliveries: Sequence[Delivery], channel: type[Channel]) -> dict[int, str]:
    """Why deliveries are not needed any more, by their pk; who is missing is still wanted."""
    read = _read(deliveries)
    reasons = {delivery.pk: READ for delivery in deliveries if delivery.notification_id in read}
    by_activity: dict[int, list[Delivery]] = defaultdict(list)
    for delivery in deliveries:
        if delivery.pk not in reasons:
            by_activity[delivery.notification.activity_id].append(delivery)
    for group in by_activity.values():
        reasons |= _of_one_activity(group, channel)
    return reasons


def _read(deliveries: Sequence[Delivery]) -> set[int]:
    told = Notification.objects.filter(pk__in=among([delivery.notification_id for delivery in deliveries]))
    return set(told.exclude(read_at=None).values_list("pk", flat=True))


def _of_one_activity(deliveries: Sequence[Delivery], channel: type[Channel]) -> dict[int, str]:
    activity = deliveries[0].notification.activity
    people = {delivery.recipient_id: delivery.notification.recipient for delivery in deliveries}
    checks = (
        (NOT_CONCERNED, lambda ids: _concerned(activity, ids, channel)),
        (NOT_REACHED, lambda ids: _reached(activity, ids, channel)),
        (NOT_VISIBLE, lambda ids: _seeing(activity, [people[pk] for pk in ids])),
    )
    why: dict[int, str] = {}
    left = set(people)
    for reason, still in checks:
        stays = still(left) if left else set()
        why |= dict.fromkeys(left - stays, reason)
        left &= stays
    return {one.pk: why[one.recipient_id] for one in deliveries if one.recipient_id in why}


def _concerned(activity: Activity, ids: Collection[int], channel: type[Channel]) -> set[int]:
    """Whom it still concerns, in a rhythm in which anything leaves the portal by this channel."""
    found = strengths(audiences.circles(activity), ids, by_email=channel.name == Delivery.Channel.EMAIL)
    return {pk for pk, rhythm in found.items() if rhythm and pk != activity.actor_id}


def _reached(activity: Activity, ids: Collection[int], channel: type[Channel]) -> set[int]:
    kind = stories.KINDS[activity.verb]
    reached = User.objects.filter(channel.reachable(kind), pk__in=among(ids), is_active=True)
    return set(reached.values_list("pk", flat=True))


def _seeing(activity: Activity, people: Sequence[User]) -> set[int]:
    """Who may see it now: everybody what is public, else each as their rights are."""
    target = activity.target
    ids = {person.pk for person in people}
    if not isinstance(target, Moderated):
        return ids
    manager = type(target)._default_manager
    if manager.public().filter(pk=target.pk).exists():  # type: ignore[attr-defined]
        return ids
    return {
        person.pk
        for person in people
        if manager.visible_to(person).filter(pk=target.pk).exists()  # type: ignore[attr-defined]
    }
