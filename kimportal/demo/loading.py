"""Loads the demo: the content's steps in the order of time, each through the portal's own actions.

So every history, deadline, registry number and notification is what the portal itself would have made of
it. Nobody is mailed: people are told in their inboxes, dated when it happened, before anything is committed.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from unittest import mock

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from activity.models import Activity
from common import broker
from kimportal.demo import (
    amendments,
    announcements,
    aspirations,
    complaints,
    content,
    copies,
    event_changes,
    factchecks,
    following,
    people,
    reads,
    registry_desk,
    registry_forum,
    registry_import,
    registry_life,
    registry_office,
    registry_overview,
    registry_registration,
    replies,
)
from kimportal.demo.clock import StoppedClock
from kimportal.demo.steps import Step
from kimportal.demo.tales import Tale
from notifications import fanout
from notifications.models import Notification

# How far back the inboxes reach; what is older is in the history only.
INBOX = timedelta(days=45)
# What is older has been read, a few hours after it came.
UNREAD_FOR = timedelta(hours=30)
READ_AFTER = timedelta(hours=5)


def is_loaded() -> bool:
    """Whether the demo is there: its people are."""
    return people.all_people().exists()


def load(*, now: datetime | None = None) -> bool:
    """Load the demo, once; False where it is there already. All of it, or nothing."""
    if is_loaded():
        return False
    now = now or timezone.now()
    # Everybody is told before the commit, so the queue has nothing to do.
    with mock.patch.object(broker, "offer", return_value=False), transaction.atomic():
        _live_through(sorted(story(now), key=lambda step: step.at), told_since=now - INBOX)
        _settle_inboxes(now)
        following.arrange()
        people.all_people().update(wants_email=True)
        reads.load(now)
    return True


def story(now: datetime) -> list[Step]:
    """Everything that everybody does."""
    tales = [Tale(entry, now) for entry in content.communities().values()]
    own = [*people.joining(now), *people.postings(now), *people.subscriptions(now)]
    own += registry_office.steps(now)
    own += registry_import.load(now)
    own += registry_life.load(now)
    own += registry_registration.load(now)
    own += registry_forum.load(now)
    own += announcements.load(now)
    own += aspirations.load(now)
    return (
        own
        + [step for tale in tales for step in tale.steps()]
        + list(copies.load(now))
        + list(complaints.load(now))
        + list(amendments.load(now))
        + list(event_changes.load(now))
        + list(replies.load(now))
        + list(factchecks.load(now))
        + list(registry_desk.load(now))
        + list(registry_overview.load(now))
    )


def _live_through(steps: list[Step], *, told_since: datetime) -> None:
    with StoppedClock(steps[0].at) as clock:
        for step in steps:
            clock.moment = step.at
            step.do()
            # What else waits in the outbox of a portal in use happened later than anything here.
            waiting = Activity.objects.waiting().filter(happened_at__lte=step.at)
            if step.at < told_since:
                waiting.update(fanned_out_at=step.at)
                continue
            for pk in list(waiting.values_list("pk", flat=True)):
                fanout.fan_out(pk)


def _settle_inboxes(now: datetime) -> None:
    """Leave the newest notifications unread, as in an inbox that somebody opens."""
    told = Notification.objects.filter(recipient__in=people.all_people(), created_at__lt=now - UNREAD_FOR)
    told.update(read_at=F("created_at") + READ_AFTER)
