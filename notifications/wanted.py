"""Whether a message is still wanted, asked at the last moment and of many at once.

Between telling and sending people read, leave and change their minds; items are withdrawn; offices decide.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
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
    asking = _Asking(by_activity.values(), channel)
    for group in by_activity.values():
        reasons |= asking.of_one_activity(group)
    return reasons


def _read(deliveries: Sequence[Delivery]) -> set[int]:
    told = Notification.objects.filter(pk__in=among([delivery.notification_id for delivery in deliveries]))
    return set(told.exclude(read_at=None).values_list("pk", flat=True))


class _Asking:
    """What is the same for many activities is asked once: whom the channel reaches, and what is public."""

    def __init__(self, groups: Collection[Sequence[Delivery]], channel: type[Channel]) -> None:
        self._channel = channel
        self._is_mail = channel.name == Delivery.Channel.EMAIL
        self._people = {delivery.recipient_id for group in groups for delivery in group}
        self._reached: dict[str, set[int]] = {}
        self._public = _public(group[0].notification.activity for group in groups)

    def of_one_activity(self, deliveries: Sequence[Delivery]) -> dict[int, str]:
        """Why these are not wanted, by pk; all are of one activity."""
        activity = deliveries[0].notification.activity
        people = {delivery.recipient_id: delivery.notification.recipient for delivery in deliveries}
        checks = (
            (NOT_CONCERNED, lambda ids: self._concerned(activity, ids)),
            (NOT_REACHED, lambda ids: ids & self._reached_by(stories.KINDS[activity.verb])),
            (NOT_VISIBLE, lambda ids: self._seeing(activity, [people[pk] for pk in ids])),
        )
        why: dict[int, str] = {}
        left = set(people)
        for reason, still in checks:
            stays = still(left) if left else set()
            why |= dict.fromkeys(left - stays, reason)
            left &= stays
        return {one.pk: why[one.recipient_id] for one in deliveries if one.recipient_id in why}

    def _concerned(self, activity: Activity, ids: Collection[int]) -> set[int]:
        """Whom it still concerns, in a rhythm in which anything leaves the portal by this channel."""
        found = strengths(audiences.circles(activity), ids, by_email=self._is_mail)
        return {pk for pk, rhythm in found.items() if rhythm and pk != activity.actor_id}

    def _reached_by(self, kind: str) -> set[int]:
        """Of all the people whom the channel reaches with this kind."""
        if kind not in self._reached:
            users = User.objects.filter(self._channel.reachable(kind), is_active=True)
            reached = users.filter(pk__in=among(self._people))
            self._reached[kind] = set(reached.values_list("pk", flat=True))
        return self._reached[kind]

    def _seeing(self, activity: Activity, people: Sequence[User]) -> set[int]:
        """Who may see it now: everybody what is public, else each as their rights are."""
        target = activity.target
        ids = {person.pk for person in people}
        if not isinstance(target, Moderated) or target.pk in self._public[type(target)]:
            return ids
        manager = type(target)._default_manager
        return {
            person.pk
            for person in people
            if manager.visible_to(person).filter(pk=target.pk).exists()  # type: ignore[attr-defined]
        }


def _public(activities: Iterable[Activity]) -> dict[type[Moderated], set[int]]:
    """By kind the things that everybody may see now."""
    by_kind: dict[type[Moderated], set[int]] = defaultdict(set)
    for activity in activities:
        if isinstance(activity.target, Moderated):
            by_kind[type(activity.target)].add(activity.target.pk)
    return {
        kind: set(kind._default_manager.public().filter(pk__in=ids).values_list("pk", flat=True))  # type: ignore[attr-defined]
        for kind, ids in by_kind.items()
    }
