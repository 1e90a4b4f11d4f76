"""The other communities of a village, and which of them may be the same group registered twice.

Alike is a name that says the same without the words that every name has, or the same SK number within the
regency. It is a warning for people to judge: several communities in one village are normal.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from django.db.models import CharField, Func, Q
from django.db.models.functions import Lower

from moderation.states import Status

if TYPE_CHECKING:
    from accounts.models import User
    from communities.models import Community
    from communities.querysets import CommunityQuerySet

# Words that tell no two groups apart.
COMMON_WORDS = {
    "kim", "kig", "kelompok", "komunitas", "informasi", "masyarakat", "gampong", "forum", "desa", "kelurahan",
    "kampung", "nagari",
}  # fmt: skip
# How near two spellings of one name are: "Surya", "Suria".
ALIKE = 0.8
# The length of a regency's code; and how many of a village are looked at.
REGENCY, MOST = 5, 100
WAITING = (Status.SUBMITTED, Status.RETURNED)


class DecreeKey(Func):
    """The letters and digits of an SK number: "141/ 12 /KPTS" and "141.12.kpts" are the same."""

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


def seen_by_applicant(community: Community) -> Neighbourhood:
    """Public ones by name; of what waits only how many: drafts and applications are their authors'."""
    near = list(_near(community).filter(status__in=[Status.APPROVED, *WAITING])[:MOST])
    public = [other for other in near if other.status == Status.APPROVED]
    waiting = sum(other.status in WAITING and other.region_id == community.region_id for other in near)
    return _sorted_out(community, public, waiting=waiting)


def seen_by_officer(community: Community, officer: User) -> Neighbourhood:
    """Everything on the officer's desks but drafts and what was refused."""
    shown = _near(community).on_desks_of(officer)
    near = shown.filter(status__in=[Status.APPROVED, Status.SUSPENDED, *WAITING])[:MOST]
    return _sorted_out(community, list(near))


def are_alike(one: str, other: str, village: str = "") -> bool:
    """Whether two names mean the same: the common words and the village's own name tell nothing apart."""
    first, second = (_telling_words(name, village) for name in (one, other))
    if not (first and second):
        return _telling_words(one) == _telling_words(other)
    if set(first) <= set(second) or set(second) <= set(first):
        return True
    return SequenceMatcher(None, "".join(first), "".join(second)).ratio() >= ALIKE


def decree_key(number: str) -> str:
    """The twin of DecreeKey for one number."""
    return "".join(_words(number))


def _near(community: Community) -> CommunityQuerySet:
    """Living ones of the village, and those of the regency with the same SK number: one range of an index."""
    from communities.models import Community

    same_place = Q(region=community.region_id)
    if key := decree_key(community.decree_number):
        same_place |= Q(decree_key=key)
    rows = Community.objects.within(community.region_id[:REGENCY])
    rows = rows.alias(decree_key=DecreeKey(Lower("decree_number"))).filter(same_place, dissolved_at=None)
    return rows.exclude(pk=community.pk).select_related("region").order_by("name", "pk")


def _sorted_out(community: Community, near: list[Community], waiting: int = 0) -> Neighbourhood:
    doubles = list(_doubles(community, near))
    found = {double.community.pk for double in doubles}
    others = [other for other in near if other.pk not in found]
    return Neighbourhood(doubles, others, waiting)


def _doubles(community: Community, near: list[Community]) -> Iterator[Double]:
    key, village = decree_key(community.decree_number), community.region.name
    for other in near:
        is_here = other.region_id == community.region_id
        alike = is_here and are_alike(community.name, other.name, village)
        same = bool(key) and decree_key(other.decree_number) == key
        if alike or same:
            yield Double(other, alike, same)


def _telling_words(name: str, village: str = "") -> list[str]:
    told_by_all = COMMON_WORDS | set(_words(village))
    return [word for word in _words(name) if word not in told_by_all]


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text).casefold()
    return re.findall(r"[^\W_]+", plain)
