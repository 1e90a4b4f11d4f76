"""The report of last month that a head of office asked for this morning."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from accounts.models import Posting
from accounts.roles import Role
from figures import reporting
from figures.models import Report
from figures.periods import Period
from kimportal.demo import people
from kimportal.demo.steps import Step


def load(now: datetime) -> Iterator[Step]:
    """One step: ask. The worker, or the next sweep, makes it."""
    yield Step(now - timedelta(minutes=3), ask)


def ask() -> None:
    """A report of the month before, for the first regency's head of the demo."""
    head = (
        Posting.objects.current()
        .filter(user__in=people.all_people(), role=Role.HEAD, region__level=2)
        .select_related("region", "user")
        .order_by("pk")
        .first()
    )
    if head is None or Report.objects.filter(region=head.region).exists():
        return
    period = Period.current(head.region).before
    key = uuid5(NAMESPACE_URL, f"portal-kim-demo/{head.region_id}/{period.slug}")
    reporting.ask(head.region, period, by=head.user, form_key=key)
