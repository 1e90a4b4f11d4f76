"""What a registration needs, and how a verified community enters the register."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import offices
from communities.asking import CHANNELS, Asking, asking_of
from regions.models import Region

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from accounts.models import User
    from communities.models import Community


@dataclass(frozen=True)
class Gap:
    """Something that is missing or wrong before an application can be sent, at a field of the form."""

    field: str
    text: StrOrPromise


def problems(community: Community) -> list[StrOrPromise]:
    """What is missing or wrong, a sentence each."""
    return [gap.text for gap in gaps(community)]


def gaps(community: Community) -> list[Gap]:
    """The same with the field where it is mended; which fields are needed says communities.asking."""
    asking = asking_of(community.kind)
    empty = [
        Gap(name, _("Fill in: %(field)s.") % {"field": asking.label(name)})
        for name in asking.needed
        if name != "decree" and getattr(community, f"{name}_id" if name == "region" else name) in (None, "")
    ]
    return [
        *empty,
        *_members(community, asking),
        *_unreachable(community, asking),
        *_decree(community),
    ]


def _members(community: Community, asking: Asking) -> Iterator[Gap]:
    if not asking.asks("member_count") or community.member_count is None:
        return
    least = offices.setting_for(community.region, "minimum_members")
    if community.member_count < least:
        yield Gap(
            "member_count",
            _("Your office registers groups of at least %(least)d members; you have written %(number)d.")
            % {"least": least, "number": community.member_count},
        )


def _unreachable(community: Community, asking: Asking) -> Iterator[Gap]:
    if not (community.email or community.phone):
        yield Gap(
            "phone", _("Give an e-mail address or a telephone number, so that the office can reach you.")
        )
    if asking.needs_channel and not any(getattr(community, name) for name in CHANNELS):
        yield Gap("website", _("Give at least one channel or account where your work can be seen."))


def _decree(community: Community) -> Iterator[Gap]:
    if community.decree_scan is None:
        yield Gap("decree", _("Attach a scan or a photo of the SK."))
    if community.decree_valid_until and community.decree_valid_until < timezone.localdate():
        yield Gap(
            "decree_valid_until", _("The SK has run out. Ask the village for a new one before applying.")
        )


def number_prefix(region: Region) -> str:
    """The ten digits that the numbers of a region begin with; those of a forum's region end in zeros.

    No village has such digits: neither a district 00 nor a village 0000 exists.
    """
    return region.pk.replace(".", "").ljust(10, "0")


def next_number(region: Region) -> str:
    """The next registry number of a region: the ten digits of its code and a two-digit sequence.

    Locks the region's row, so that two offices never give the same number; call it in a transaction.
    """
    from communities.models import Community

    Region.objects.select_for_update().get(pk=region.pk)
    prefix = number_prefix(region)
    taken = Community.objects.filter(registry_number__startswith=prefix).values_list(
        "registry_number", flat=True
    )
    sequence = max((int(number[len(prefix) :]) for number in taken if number), default=0) + 1
    return f"{prefix}{sequence:02d}"


def enter_in_register(community: Community, *, by: User, at: datetime) -> list[str]:
    """Give the registry number and make the applicant its manager; the caller saves the fields answered."""
    community.registry_number = next_number(community.region)
    community.verified_at = community.active_at = at
    community.verifying_region = _office_of(by, community.region)
    community.memberships.get_or_create(
        user=community.created_by,
        ended_at=None,
        defaults={"role": "manager", "accepted_at": at, "accepted_by": by},
    )
    return ["registry_number", "verified_at", "active_at", "verifying_region"]


def _office_of(officer: User, region: Region) -> Region | None:
    """Where the officer is posted who decides on this region; the nearest, if there are several."""
    covering = [posting for posting in officer.current_postings if posting.covers(region)]
    return covering[-1].region if covering else None
