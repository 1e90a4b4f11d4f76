"""What stood when last month ended, and the report of it that a head of office asked for this morning."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from accounts.models import Posting
from accounts.roles import Role
from figures import reporting, snapshots
from figures.models import Report
from figures.periods import Period
from kimportal.demo import people
from kimportal.demo.steps import Step
from regions.models import TimeZone


def load(now: datetime) -> Iterator[Step]:
    """At the turn of the month keep what stood; then ask. The worker, or the next sweep, makes the report."""
    for name in TimeZone.values:
        ended = Period.at(now, ZoneInfo(name)).before
        yield Step(min(ended.end + timedelta(minutes=1), now), snapshots.take_due)
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
