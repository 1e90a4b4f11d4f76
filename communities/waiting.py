"""What an applicant is told while it waits: where it lies, its place, how long it usually takes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import ngettext

from accounts.models import Office
from communities.models import Community
from communities.registration_steps import Progress
from communities.showing import office_called
from moderation import durations
from moderation.rules import deciding_region
from moderation.states import Status
from regions.models import Level, Region

if TYPE_CHECKING:
    from datetime import datetime

A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Decider:
    """The office that decides on applications of a region, as far as anybody is posted there."""

    region: Region | None
    office: Office | None

    @classmethod
    def of(cls, region: Region) -> Decider:
        """The lowest office above the region that has an officer for it; two questions."""
        found = deciding_region(region, Community.DUTY)
        return cls(found, Office.objects.filter(region=found).first())

    @property
    def name(self) -> str:
        """What the office is called."""
        return office_called(self.office.name if self.office else "", self.region)

    @property
    def code(self) -> str:
        """How the address of the office's page calls it."""
        return self.region.pk if self.region else "nasional"


@dataclass(frozen=True)
class Wait:
    """Where a sent application stands."""

    decider: Decider
    # The region whose waiting applications are counted: the office's, at most the regency.
    region: Region
    place: int
    number: int
    usual: timedelta | None

    @property
    def usual_words(self) -> str:
        """The usual time in whole days, upwards: better early than late."""
        if self.usual is None:
            return ""
        days = max(math.ceil(self.usual / A_DAY), 1)
        return ngettext("within %(n)d day", "within %(n)d days", days) % {"n": days}


def wait_of(community: Community, now: datetime | None = None) -> Wait:
    """Its place by deadline among all that wait there, and what the office usually needs."""
    decider = Decider.of(community.region)
    region = _queue_region(community.region, decider.region)
    place, number = _place(community, region)
    usual = durations.usual(Community.objects.all(), "verified_at", region, now or timezone.now())
    return Wait(decider, region, place, number, usual)


def stand_of(community: Community) -> dict[str, Any]:
    """What its author's own page shows of an application: what is missing, or where it waits."""
    if community.verified_at:
        return {}
    if community.is_editable:
        # It is sent from the last look, where everything can be seen, not from here.
        return {"progress": Progress(community), "moves": []}
    return {"wait": wait_of(community)} if community.status == Status.SUBMITTED else {}


def _queue_region(village: Region, office: Region | None) -> Region:
    """An office above the regency has the applications of many others: there one's own regency counts."""
    if office is not None and office.level >= Level.REGENCY:
        return office
    return next((region for region in village.lineage if region.level == Level.REGENCY), village)


def _place(community: Community, region: Region) -> tuple[int, int]:
    ahead = Q(due_at__lt=community.due_at) | Q(due_at=community.due_at, pk__lt=community.pk)
    waiting = Community.objects.waiting().within(region)
    counted = waiting.aggregate(number=Count("pk"), ahead=Count("pk", filter=ahead))
    return counted["ahead"] + 1, counted["number"]
