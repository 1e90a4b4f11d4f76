"""The other communities of a village, and which of them may be the same group registered twice.

Alike is a name that says the same (communities/likeness.py), or the same SK number within the regency. It is
a warning for people to judge: several communities in one village are normal.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, Func, Q
from django.db.models.functions import Lower

from communities.likeness import are_alike, decree_key
from moderation.states import Status

if TYPE_CHECKING:
    from accounts.models import User
    from communities.models import Community
    from communities.querysets import CommunityQuerySet

# The length of a regency's code; and how many of a village are looked at.
REGENCY, MOST = 5, 100
WAITING = (Status.SUBMITTED, Status.RETURNED)


class DecreeKey(Func):
    """The twin of likeness.decree_key() in the database."""

    function = "regexp_replace"
    template = "%(function)s(%(expressions)s, '[^[:alnum:]]+', '', 'g')"
    arity = 1
    output_field = CharField()


@dataclass(frozen=True)
class Double:
    """A community that may be the same group, and what speaks for it."""

    community: Community
    has_alike_name: bool
    has_same_decree: bool


@dataclass(frozen=True)
class Neighbourhood:
    """What else is registered where a community applies."""

    doubles: Sequence[Double] = ()
    others: Sequence[Community] = ()
    # Applications of the village that wait and that the reader may not know more of.
    waiting: int = 0
    # Whether one that waits is alike: that it is there is all that is told of it.
    waits_by_name: bool = False
    waits_by_decree: bool = False

    @property
    def is_perhaps_double(self) -> bool:
        """Whether there is anything to look at before going on."""
        return bool(self.doubles or self.waits_by_name or self.waits_by_decree)


def seen_by_applicant(community: Community) -> Neighbourhood:
    """Public ones by name; of what waits only how many, and whether one is alike: they are their authors'."""
    near = list(_near(community).filter(status__in=[Status.APPROVED, *WAITING])[:MOST])
    waiting = [other for other in near if other.status in WAITING]
    alike = list(_doubles(community, waiting))
    return _sorted_out(
        community,
        [other for other in near if other.status == Status.APPROVED],
        waiting=sum(other.region_id == community.region_id for other in waiting),
        waits_by_name=any(double.has_alike_name for double in alike),
        waits_by_decree=any(double.has_same_decree for double in alike),
    )


def seen_by_officer(community: Community, officer: User) -> Neighbourhood:
    """Everything on the officer's desks but drafts and what was refused."""
    shown = _near(community).on_desks_of(officer)
    near = shown.filter(status__in=[Status.APPROVED, Status.SUSPENDED, *WAITING])[:MOST]
    return _sorted_out(community, list(near))


def _near(community: Community) -> CommunityQuerySet:
    """Living ones of the village, and those of the regency with the same SK number: one range of an index."""
    from communities.models import Community

    rows: CommunityQuerySet = Community.objects.filter(dissolved_at=None).exclude(pk=community.pk)
    if community.is_forum:
        rows = rows.filter(kind=community.kind, region=community.region_id)
    else:
        rows = rows.within(community.region_id[:REGENCY])
        rows = rows.alias(decree_key=DecreeKey(Lower("decree_number"))).filter(_same_place(community))
    return rows.select_related("region").order_by("name", "pk")


def _same_place(community: Community) -> Q:
    same = Q(region=community.region_id)
    if key := decree_key(community.decree_number):
        same |= Q(decree_key=key)
    return same


def _sorted_out(community: Community, near: list[Community], **waiting: Any) -> Neighbourhood:
    doubles = list(_doubles(community, near))
    found = {double.community.pk for double in doubles}
    others = [other for other in near if other.pk not in found]
    return Neighbourhood(doubles, others, **waiting)


def _doubles(community: Community, near: list[Community]) -> Iterator[Double]:
    key, village = decree_key(community.decree_number), community.region.name
    for other in near:
        is_here = other.region_id == community.region_id
        alike = is_here and are_alike(community.name, other.name, village)
        same = bool(key) and decree_key(other.decree_number) == key
        if alike or same:
            yield Double(other, alike, same)
