"""Communities that an office brings into the register by itself, many at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify

import activity.actions
from accounts.roles import Duty
from communities.actions import RESERVED_SLUGS
from communities.models import Community, FormerSlug
from moderation.states import Status
from regions.models import Region

if TYPE_CHECKING:
    from accounts.models import User

COMMUNITY_IMPORT = "community.import"
COMMUNITY_IMPORT_UNDO = "community.import_undo"
# A number has the ten digits of its village, and then a sequence.
_VILLAGE_DIGITS = 10


def register_imported(
    entries: Sequence[dict[str, Any]], *, by: User, region: Region | None, source: int
) -> list[Community]:
    """Make verified communities of the entries (fields of Community, `region` by its code), in their order.

    They have no manager yet: whoever claims them becomes one. Numbers and addresses are given for all at
    once; `source` is noted in each one's history, `region` is that of the office it is done for.
    PermissionDenied where a village is not the officer's.
    """
    with transaction.atomic():
        villages = _locked_villages({entry["region"] for entry in entries})
        _require_registrar(by, villages.values())
        now = timezone.now()
        made = [_verified(entry, villages[entry["region"]], by=by, at=now) for entry in entries]
        _give_numbers(made)
        _give_slugs(made)
        made = Community.objects.bulk_create(made)
        noted = {"import": source}
        activity.actions.record_all(COMMUNITY_IMPORT, made, by=by, region=region, details=noted)
    return made


def unregister_imported(
    communities: Sequence[Community], *, by: User, region: Region | None, source: int
) -> None:
    """Take back what was imported; the caller has made sure that nothing has happened to them since."""
    _require_registrar(by, [community.region for community in communities])
    with transaction.atomic():
        noted = {"import": source}
        activity.actions.record_all(COMMUNITY_IMPORT_UNDO, communities, by=by, region=region, details=noted)
        Community.objects.filter(pk__in=[community.pk for community in communities]).delete()


def _require_registrar(user: User, regions: Iterable[Region]) -> None:
    postings = [posting for posting in user.current_postings if posting.may(Duty.REGISTRY)]
    if not all(any(posting.covers(region) for posting in postings) for region in regions):
        raise PermissionDenied


def _locked_villages(codes: set[str]) -> dict[str, Region]:
    """The villages, locked in one order: two who give numbers never wait crosswise."""
    locked = Region.objects.select_for_update(no_key=True).filter(pk__in=codes).order_by("pk")
    return {region.pk: region for region in locked}


def _verified(entry: dict[str, Any], village: Region, *, by: User, at: Any) -> Community:
    fields = {name: value for name, value in entry.items() if name != "region"}
    return Community(
        region=village,
        status=Status.APPROVED,
        created_by=by,
        created_at=at,
        changed_at=at,
        submitted_at=at,
        submitted_by=by,
        due_at=at,
        decided_at=at,
        decided_by=by,
        verified_at=at,
        active_at=at,
        verifying_region=_office_of(by, village),
        **fields,
    )


def _office_of(officer: User, village: Region) -> Region | None:
    """The region of the office by which the officer registers; the nearest, if there are several."""
    covering = [posting for posting in officer.current_postings if posting.covers(village)]
    return covering[-1].region if covering else None


def _give_numbers(made: Sequence[Community]) -> None:
    """The next numbers of each village; the caller holds the locks of all of them."""
    prefixes = {community.region_id.replace(".", "") for community in made}
    taken = Q(pk=None)
    for prefix in prefixes:
        taken |= Q(registry_number__range=(f"{prefix}00", f"{prefix}99999"))
    last = dict.fromkeys(prefixes, 0)
    for number in Community.objects.filter(taken).values_list("registry_number", flat=True):
        assert number is not None  # noqa: S101 - the range says so
        prefix, sequence = number[:_VILLAGE_DIGITS], int(number[_VILLAGE_DIGITS:])
        last[prefix] = max(last.get(prefix, 0), sequence)
    for community in made:
        prefix = community.region_id.replace(".", "")
        last[prefix] += 1
        community.registry_number = f"{prefix}{last[prefix]:02d}"


def _give_slugs(made: Sequence[Community]) -> None:
    """An address for each: the name, with the village where that is taken."""
    wanted = [_candidates(community) for community in made]
    asked = {slug for candidates in wanted for slug in candidates}
    taken = set(RESERVED_SLUGS)
    for model in (Community, FormerSlug):
        taken.update(model.objects.filter(slug__in=asked).values_list("slug", flat=True))
    for community, candidates in zip(made, wanted, strict=True):
        free = (slug for slug in candidates if slug not in taken)
        community.slug = next(free, f"{candidates[0]}-{community.form_key.hex[:8]}")
        taken.add(community.slug)


def _candidates(community: Community) -> list[str]:
    base = slugify(community.name)[:80].strip("-") or "kim"
    code = community.region_id.replace(".", "")
    return [
        base,
        f"{base}-{slugify(community.region.name)[:40]}",
        f"{base}-{code}",
        f"kim-{community.registry_number}",
    ]
