"""How far an announcement has come down: by region, and KIM by KIM.

Told are those who were members when it was sent (of one for everybody: who lives there), so that the figures
stay what they were when people join, leave, or clear their inboxes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Left

from accounts.models import User
from announcements.models import Announcement, PassedOn, Receipt
from announcements.places import lying_q
from communities.models import Community, Membership
from moderation.states import Status
from regions.models import Region
from regions.querysets import within_q

if TYPE_CHECKING:
    from datetime import datetime

# The length of the codes directly beneath a level.
CHILD_LENGTHS = {0: 2, 1: 5, 2: 8, 3: 13, 4: 13}


@dataclass(frozen=True)
class Numbers:
    """How far it has come down in one region."""

    communities: int = 0
    reading: int = 0
    people: int = 0
    read: int = 0
    passed_on: int = 0

    @property
    def share(self) -> int:
        """How many of a hundred communities have somebody who read it."""
        return 100 * self.reading // self.communities if self.communities else 0


@dataclass(frozen=True)
class Result:
    """One region with what lies directly beneath it."""

    total: Numbers
    rows: list[tuple[Region, Numbers]]


def result_in(announcement: Announcement, area: Region | None) -> Result:
    """The figures of a region: as many queries for the nation as for a district."""
    length = CHILD_LENGTHS[area.level if area else 0]
    found = _by_child(announcement, area, length)
    children = Region.objects.filter(pk__in=found).order_by("code")
    rows = [(child, Numbers(**found[child.pk])) for child in children]
    return Result(_total(announcement, area, rows), rows)


def communities_told(announcement: Announcement, area: Region | None) -> QuerySet[Community]:
    """The communities that it went to, in a region: verified then, and not ended before."""
    sent_at = announcement.sent_at
    then = Q(dissolved_at=None) | Q(dissolved_at__gt=sent_at)
    found = Community.objects.filter(
        then, lying_q("region", announcement.places), status=Status.APPROVED, verified_at__lte=sent_at
    ).filter(within_q("region", area))
    return found.filter(kind__in=announcement.kinds) if announcement.kinds else found


def with_numbers(announcement: Announcement, communities: QuerySet[Community]) -> QuerySet[Community]:
    """Each community with how many members were told and have read, and the news item it made."""
    told = _members(announcement).filter(community=OuterRef("pk"))
    passed = PassedOn.objects.published().filter(announcement=announcement, community=OuterRef("pk"))
    return communities.annotate(
        told=_number_of(told),
        read=_number_of(told.filter(_has_read(announcement, "user"))),
        article=Subquery(passed.values("article")[:1]),
    )


def nobody_read(announcement: Announcement, communities: QuerySet[Community]) -> QuerySet[Community]:
    """Those of which no member has confirmed it."""
    reading = _members(announcement).filter(_has_read(announcement, "user"), community=OuterRef("pk"))
    return communities.filter(~Exists(reading))


def _by_child(announcement: Announcement, area: Region | None, length: int) -> dict[str, dict[str, int]]:
    told = communities_told(announcement, area)
    members = _members(announcement).filter(community__in=told)
    reading = members.filter(_has_read(announcement, "user"))
    passed = PassedOn.objects.published().filter(announcement=announcement, community__in=told)
    parts = [
        _grouped(told, "region_id", length, communities=Count("pk")),
        _grouped(
            reading, "community__region_id", length,
            reading=Count("community", distinct=True), **_people(announcement, "read"),
        ),
        _grouped(passed, "community__region_id", length, passed_on=Count("pk")),
    ]  # fmt: skip
    if announcement.is_for_readers:
        parts += _of_residents(announcement, area, length)
    else:
        parts.append(_grouped(members, "community__region_id", length, people=Count("user", distinct=True)))
    return _merged(parts)


def _people(announcement: Announcement, name: str) -> dict[str, Any]:
    """Of one for everybody, people are counted by where they live instead."""
    return {} if announcement.is_for_readers else {name: Count("user", distinct=True)}


def _of_residents(announcement: Announcement, area: Region | None, length: int) -> list[QuerySet]:
    residents = User.objects.filter(
        lying_q("home_region", announcement.places),
        within_q("home_region", area),
        home_region__isnull=False,
        is_active=True,
        joined_at__lte=announcement.sent_at,
    ).exclude(pk=announcement.sent_by_id or 0)
    read = residents.filter(_has_read(announcement, "pk"))
    return [
        _grouped(residents, "home_region_id", length, people=Count("pk")),
        _grouped(read, "home_region_id", length, read=Count("pk")),
    ]


def _grouped(queryset: QuerySet, path: str, length: int, **counts: Any) -> QuerySet:
    """Counted by the regions directly beneath; what lies at the region itself counts for none of them."""
    return queryset.order_by().values(child=Left(path, length)).annotate(**counts)


def _merged(parts: list[QuerySet]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for part in parts:
        for row in part:
            child = row.pop("child")
            found.setdefault(child, {}).update(row)
    return found


def _total(announcement: Announcement, area: Region | None, rows: list[tuple[Region, Numbers]]) -> Numbers:
    """The sums; of the whole, people are those who were counted at sending, once each."""
    names = ("communities", "reading", "people", "read", "passed_on")
    sums = {name: sum(getattr(numbers, name) for _child, numbers in rows) for name in names}
    if area == announcement.region:
        sums |= {"people": announcement.people, "read": announcement.receipts.count()}
    return Numbers(**sums)


def _members(announcement: Announcement) -> QuerySet[Membership]:
    """Who belonged to a community when it was sent, but for who sent it."""
    sent_at: datetime | None = announcement.sent_at
    still = Q(ended_at=None) | Q(ended_at__gt=sent_at)
    found = Membership.objects.filter(still, accepted_at__lte=sent_at, user__is_active=True)
    return found.exclude(user=announcement.sent_by_id)


def _has_read(announcement: Announcement, person: str) -> Exists:
    return Exists(Receipt.objects.filter(announcement=announcement, user=OuterRef(person)))


def _number_of(members: QuerySet[Membership]) -> Coalesce:
    counted = members.order_by().values("community").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
