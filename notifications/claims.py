"""Which deliveries are due, bundled by person, and who takes them: each bundle by one worker only.

Taking a bundle writes "sent" into its rows and commits when the other side has the message. Until then the
rows are locked and everybody else passes them by; a kill in between takes the word back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate, groupby
from typing import Any
from weakref import WeakSet

from django.contrib.contenttypes.prefetch import GenericPrefetch
from django.db import connection
from django.db.models import Count, F, prefetch_related_objects
from django.db.models.functions import Mod
from django.utils import timezone

from accounts.models import User
from activity.models import Activity
from common.session_locks import place
from notifications.models import Delivery, Notification
from notifications.targets import targets

State = Delivery.State

# Deliveries of bundles that are looked up together: a week of a province is thousands for each reader.
MOST_BUNDLED = 20_000

# Prepared once a session: to plan it costs PostgreSQL three times what doing it does. By itself it would plan
# each time all the same, since it takes an array for ten ids and most messages have one.
PLAN_ONCE = "SET plan_cache_mode = force_generic_plan"
PREPARE = f"""
PREPARE take_deliveries (bigint[], timestamptz) AS
UPDATE {Delivery._meta.db_table} AS delivery SET state = '{State.SENT}', ended_at = $2, error = ''
FROM (
    SELECT waiting.id FROM {Delivery._meta.db_table} AS waiting
    JOIN {Notification._meta.db_table} AS told ON told.id = waiting.notification_id AND told.read_at IS NULL
    WHERE waiting.id = ANY($1) AND waiting.state = '{State.WAITING}' AND waiting.due_at <= $2
    ORDER BY waiting.id FOR UPDATE OF waiting SKIP LOCKED
) AS free
WHERE delivery.id = free.id RETURNING delivery.id
"""  # noqa: S608 - the names of our own tables
TAKE = "EXECUTE take_deliveries (%s, %s)"
_prepared: WeakSet[Any] = WeakSet()


@dataclass
class Bundle:
    """Deliveries of one person that leave as one message, the lowest pk first."""

    person: User
    deliveries: list[Delivery]

    @property
    def ids(self) -> list[int]:
        """Their primary keys."""
        return [delivery.pk for delivery in self.deliveries]

    @property
    def attempts(self) -> int:
        """How often it was tried."""
        return max(delivery.attempts for delivery in self.deliveries)


def due(channel: str, size: int, *, part: int = 0, parts: int = 1) -> list[Bundle]:
    """What a channel has to send, the longest waiting first, with everything that its messages are made of.

    part: several senders share the people among them, and rarely meet.
    """
    waiting = Delivery.objects.due().of_channel(channel)
    if parts > 1:
        waiting = waiting.annotate(share=Mod(F("recipient_id"), parts)).filter(share=part)
    heads = list(waiting.select_related("notification")[:size])
    rows = {delivery.pk: delivery for delivery in heads if not delivery.bundle}
    rows |= {delivery.pk: delivery for delivery in _bundled(heads, channel)}
    bundles = [_bundle(group) for group in _grouped(load(list(rows.values())))]
    return sorted(bundles, key=lambda bundle: bundle.deliveries[0].due_at)


def _bundled(heads: Sequence[Delivery], channel: str) -> Iterable[Delivery]:
    """The whole bundles that these belong to; of so many people only that all of it fits into a worker."""
    people = list(dict.fromkeys(delivery.recipient_id for delivery in heads if delivery.bundle))
    if not people:
        return []
    due = Delivery.objects.due().of_channel(channel).exclude(bundle="")
    counted = due.filter(recipient__in=people).values("recipient").annotate(number=Count("pk")).order_by()
    numbers = {row["recipient"]: row["number"] for row in counted}
    sums = accumulate(numbers.get(person, 0) for person in people)
    first, *others = zip(people, sums, strict=True)
    fitting = [person for person, so_far in others if so_far <= MOST_BUNDLED]
    return due.filter(recipient__in=[first[0], *fitting]).select_related("notification")


def _grouped(rows: Iterable[Delivery]) -> Iterator[list[Delivery]]:
    def key(delivery: Delivery) -> tuple[int, str, int]:
        return delivery.recipient_id, delivery.bundle, 0 if delivery.bundle else delivery.pk

    for _key, group in groupby(sorted(rows, key=lambda row: (*key(row), row.pk)), key=key):
        yield list(group)


def _bundle(deliveries: list[Delivery]) -> Bundle:
    return Bundle(deliveries[0].notification.recipient, deliveries)


def load(deliveries: Sequence[Delivery]) -> list[Delivery]:
    """People, activities and targets, each once however many deliveries share them.

    The answer leaves out whose person has just gone: their rows went with them.
    """
    told = [delivery.notification for delivery in deliveries]
    people = User.objects.in_bulk({one.recipient_id for one in told})
    activities = Activity.objects.select_related("region", "story").in_bulk({one.activity_id for one in told})
    prefetch_related_objects(list(activities.values()), GenericPrefetch("target", targets()))
    there = [one for one in deliveries if one.notification.recipient_id in people]
    for one in there:
        one.notification.recipient = people[one.notification.recipient_id]
        one.notification.activity = activities[one.notification.activity_id]
    return there


def take(bundle: Bundle, ids: Sequence[int]) -> list[Delivery]:
    """Write "sent" into those that are still due and unread, inside the caller's transaction.

    None where another worker has the first of them: the bundle leaves as one message.
    """
    with connection.cursor() as cursor:
        if connection.connection not in _prepared:
            cursor.execute(PREPARE)
            _prepared.add(connection.connection)
        cursor.execute(TAKE, [list(ids), timezone.now()])
        taken = {pk for (pk,) in cursor.fetchall()}
    return [delivery for delivery in bundle.deliveries if delivery.pk in taken]


def put_off(ids: Sequence[int], until: datetime) -> int:
    """Let deliveries wait on: not a failed attempt, just not the time."""
    return Delivery.objects.filter(pk__in=ids, state=State.WAITING).update(due_at=until)


def drop(ids: Sequence[int], reason: str) -> int:
    """End deliveries that nobody needs any more."""
    waiting = Delivery.objects.filter(pk__in=ids, state=State.WAITING)
    return waiting.update(state=State.DROPPED, ended_at=timezone.now(), error=reason)


@contextmanager
def sender(channel: str, senders: int) -> Iterator[int | None]:
    """One of the places of those who send by a channel, in all workers; None where all are taken."""
    with place(f"notifications.{channel}", senders) as taken:
        with connection.cursor() as cursor:
            cursor.execute(PLAN_ONCE)
        yield taken
