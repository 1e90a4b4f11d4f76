"""What has still to be sent: the rounds of a channel, and what becomes of a failure.

The rows of each message are locked while it is sent and committed at once after (claims.py). A kill in
between gives them back: the message goes again, under the same id, only if the kill fell between the other
side's "yes" and the commit.
"""

from __future__ import annotations

import logging
import random
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone

from notifications import claims, stories, timing, wanted
from notifications.channels import CHANNELS
from notifications.channels.base import Channel, NotNow, Refused, Unreachable, without
from notifications.claims import Bundle
from notifications.models import Delivery

logger = logging.getLogger(__name__)

# Looking up and asking costs almost the same for one as for many.
BATCH_SIZE = 250
# A round is short, so that telling and other channels get their turn in the same workers.
ROUND_SECONDS = 20
# How long it counts that a message was still wanted: so long, or so many times as long as asking took. Of the
# hundreds of things in digests a round would else do little but ask.
FRESH_SECONDS = 2
FRESH_TIMES = 2
# 1, 2, 4, … minutes, at most 6 hours: the last try comes after about a day and a half.
MOST_ATTEMPTS = 14
LONGEST_WAIT = timedelta(hours=6)


def send_due(name: str = "email", *, seconds: float = ROUND_SECONDS) -> bool:
    """Send what is due by one channel, for so many seconds at most. Whether more may be waiting.

    Several may do so at once, up to the channel's number of senders: each message is sent by one.
    """
    channel_class = CHANNELS[name]
    deadline = time.monotonic() + seconds
    with claims.sender(name, channel_class.senders) as place:
        if place is None:
            return False
        with channel_class() as channel:
            return _round(channel, place, deadline)


def _round(channel: Channel, place: int, deadline: float) -> bool:
    parts = channel.senders
    while time.monotonic() < deadline:
        bundles = claims.due(channel.name, BATCH_SIZE, part=place, parts=parts)
        if not bundles and parts > 1:
            parts = 1  # one's own share is done: help with the others'
            continue
        try:
            if not bundles or not Batch(channel, bundles).send(deadline):
                return False
        except Unreachable as problem:
            logger.warning("The channel %s cannot be used now, its messages wait: %s", channel.name, problem)
            return False
    return True


class Batch:
    """Messages that are looked up together and sent one by one."""

    def __init__(self, channel: Channel, bundles: Sequence[Bundle]) -> None:
        self.channel = channel
        self.bundles = list(bundles)
        self.reasons: dict[int, str] = {}
        self._asked_at: float | None = None
        self._fresh_until = 0.0

    def send(self, deadline: float) -> bool:
        """Whether anything was done. Raises Unreachable where the rest has to wait."""
        self.channel.prepare([bundle.person for bundle in self.bundles])
        done = 0
        for place, bundle in enumerate(self.bundles):
            if time.monotonic() > deadline:
                break
            if self._asked_at is None or time.monotonic() > self._fresh_until:
                done += self._ask(self.bundles[place:])
            done += self._deliver(bundle)
        return done > 0

    def _ask(self, bundles: Sequence[Bundle]) -> int:
        """End what is not wanted any more; how many deliveries those were."""
        began = time.monotonic()
        deliveries = [delivery for bundle in bundles for delivery in bundle.deliveries]
        if self._asked_at is not None:
            there = {delivery.pk for delivery in claims.load(deliveries)}  # things as they are now
            self.reasons |= {one.pk: wanted.GONE for one in deliveries if one.pk not in there}
            deliveries = [one for one in deliveries if one.pk in there]
        found = wanted.unwanted(deliveries, type(self.channel))
        by_reason: dict[str, list[int]] = defaultdict(list)
        for pk, reason in found.items():
            if pk not in self.reasons:
                by_reason[reason].append(pk)
        self.reasons |= found
        self._asked_at = time.monotonic()
        self._fresh_until = self._asked_at + max(FRESH_SECONDS, FRESH_TIMES * (self._asked_at - began))
        dropped = sum(claims.drop(ids, reason) for reason, ids in by_reason.items())
        return dropped + self._let_sleep(one for one in deliveries if one.pk not in self.reasons)

    def _let_sleep(self, deliveries: Iterable[Delivery]) -> int:
        """Put off until morning what would fall into quiet hours now; how many deliveries those were."""
        calm = [one for one in deliveries if one.notification.activity.verb not in stories.URGENT]
        nights = timing.nights({one.recipient_id for one in calm})
        until: dict[datetime, list[int]] = defaultdict(list)
        for one in calm:
            if one.recipient_id in nights:
                until[nights[one.recipient_id]].append(one.pk)
                self.reasons[one.pk] = wanted.NIGHT
        return sum(claims.put_off(ids, morning) for morning, ids in until.items())

    def _deliver(self, bundle: Bundle) -> bool:
        """Bring one message a step further. False where nothing is to be sent, or another worker has it."""
        ids = [pk for pk in bundle.ids if pk not in self.reasons]
        if not ids:
            return False
        try:
            with transaction.atomic():
                taken = claims.take(bundle, ids)
                if not taken or taken[0].pk != ids[0]:
                    transaction.set_rollback(True)
                    return False
                self.channel.send(bundle.person, taken)
        except DatabaseError:
            raise
        except Exception as problem:
            self._failed(bundle, ids, problem)
            if isinstance(problem, Unreachable):
                raise
        return True

    def _failed(self, bundle: Bundle, ids: Sequence[int], problem: Exception) -> None:
        """Note a failure: the end for what will never work, another time for what may."""
        if not isinstance(problem, NotNow | Refused):
            # One message that cannot be written must not stop the others.
            logger.error("Delivery %s could not be sent.", ids[0], exc_info=problem)
        said = without(self.channel.private_words(bundle.person), str(problem))
        waiting = Delivery.objects.filter(pk__in=ids, state=Delivery.State.WAITING)
        if isinstance(problem, Refused) or bundle.attempts + 1 >= MOST_ATTEMPTS:
            end = {"state": Delivery.State.FAILED, "ended_at": timezone.now()}
        else:
            asked = problem.wait if isinstance(problem, NotNow) else timedelta()
            wait = max(wait_after(bundle.attempts + 1), min(asked, LONGEST_WAIT) * random.uniform(1, 1.2))  # noqa: S311
            end = {"due_at": timezone.now() + wait}
        waiting.update(attempts=F("attempts") + 1, error=said, **end)
        if isinstance(problem, Refused):
            self.channel.refused(bundle.person, problem)


def wait_after(attempts: int) -> timedelta:
    """How long until the next try: doubled each time, and never all of them in the same minute."""
    wait = min(timedelta(minutes=2 ** (attempts - 1)), LONGEST_WAIT)
    return wait * random.uniform(0.8, 1.2)  # noqa: S311 - jitter
