"""What has still to be sent: who takes it, whether it is still wanted, and what becomes of a failure.

The row of each mail is locked while it is sent and committed at once after. A kill in between gives the
lock back: the mail goes again, under the same Message-ID, only if it fell between the server's "250" and
the commit.
"""

from __future__ import annotations

import logging
import random
import time
from datetime import timedelta

from django.db import DatabaseError, transaction
from django.utils import timezone

from accounts.models import User
from moderation.models import Moderated
from notifications import audiences, stories
from notifications.channels.email import EmailChannel as EmailReach
from notifications.email import EmailChannel, NotNow, Refused, Unreachable
from notifications.models import Delivery, Notification

logger = logging.getLogger(__name__)

BATCH_SIZE = 100
# One round ends before the sweep comes again, so that mails never keep all workers from telling people.
ROUND_SECONDS = 50
# 1, 2, 4, … minutes, at most 6 hours: the last try comes after about a day and a half.
MOST_ATTEMPTS = 14
LONGEST_WAIT = timedelta(hours=6)


def send_due(*, seconds: float = ROUND_SECONDS) -> None:
    """Send what is due, for so many seconds at most. Several may do so at once: each mail is sent by one."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        batch = list(Delivery.objects.due().values_list("pk", flat=True)[:BATCH_SIZE])
        if not _send_batch(batch, deadline):
            return


def _send_batch(batch: list[int], deadline: float) -> bool:
    """Whether it is worth to go on: something was done, and the server is there."""
    done = 0
    with EmailChannel() as channel:
        for pk in batch:
            if time.monotonic() > deadline:
                return False
            try:
                done += _deliver(pk, channel)
            except Unreachable as problem:
                logger.warning("The mail server cannot be used now, the mails wait: %s", problem)
                return False
    return done > 0


def _deliver(pk: int, channel: EmailChannel) -> bool:
    """Bring one mail a step further. False where another worker has it."""
    try:
        with transaction.atomic():
            delivery = _locked(pk)
            if delivery is None:
                return False
            reason = why_not(delivery.notification)
            if reason:
                _end(delivery, Delivery.State.DROPPED, reason)
            else:
                channel.send(delivery)
                _end(delivery, Delivery.State.SENT)
    except Refused as problem:
        _failed(pk, problem, for_good=True)
    except NotNow as problem:
        _failed(pk, problem)
        if isinstance(problem, Unreachable):
            raise
    except DatabaseError:
        raise
    except Exception as problem:
        # One mail that cannot be written must not stop the others.
        logger.exception("Delivery %s could not be sent.", pk)
        _failed(pk, problem)
    return True


def why_not(notification: Notification) -> str:
    """Why the mail is not needed any more, asked at the last moment; empty where it is."""
    person = notification.recipient
    if notification.read_at is not None:
        return "already read"
    if not audiences.rhythm_of(notification.activity, person):
        return "no longer concerned, or no longer wanted"
    reached = EmailReach.reachable(stories.story_of(notification.activity).kind)
    if not User.objects.filter(reached, pk=person.pk).exists():
        return "no mail is wanted, or the address is not confirmed"
    target = notification.activity.target
    if isinstance(target, Moderated):
        seen = type(target)._default_manager.visible_to(person)  # type: ignore[attr-defined]
        if not seen.filter(pk=target.pk).exists():
            return "not to be seen any more"
    return ""


def _locked(pk: int) -> Delivery | None:
    due = Delivery.objects.due().select_for_update(skip_locked=True, of=("self",))
    return due.select_related("notification__activity", "notification__recipient").filter(pk=pk).first()


def _end(delivery: Delivery, state: Delivery.State, reason: str = "") -> None:
    delivery.state = state
    delivery.ended_at = timezone.now()
    delivery.error = reason
    delivery.save(update_fields=["state", "ended_at", "error"])


@transaction.atomic
def _failed(pk: int, problem: Exception, *, for_good: bool = False) -> None:
    """Note a failure: the end for what will never work, another time for what may."""
    delivery = _locked(pk)
    if delivery is None:
        return
    delivery.attempts += 1
    delivery.error = _without_address(str(problem), delivery)
    if for_good or delivery.attempts >= MOST_ATTEMPTS:
        delivery.state, delivery.ended_at = Delivery.State.FAILED, timezone.now()
    else:
        delivery.due_at = timezone.now() + wait_after(delivery.attempts)
    delivery.save(update_fields=["attempts", "error", "state", "ended_at", "due_at"])


def wait_after(attempts: int) -> timedelta:
    """How long until the next try: doubled each time, and never all of them in the same minute."""
    wait = min(timedelta(minutes=2 ** (attempts - 1)), LONGEST_WAIT)
    return wait * random.uniform(0.8, 1.2)  # noqa: S311 - jitter


def _without_address(said: str, delivery: Delivery) -> str:
    """What a server says often names the address; what is kept does not."""
    return said.replace(delivery.notification.recipient.email, "…")[:300]
