"""Change requests: ask the office for what managers may not change alone, and make it true once approved."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

import activity.actions
import moderation.actions
from communities import life_actions, membership_actions, trusting, verbs
from communities.actions import attach_decree, free_slug
from communities.models import ChangeRequest, Community, FormerSlug, Kind, Membership
from moderation.errors import TransitionRefused

if TYPE_CHECKING:
    from django.core.files.storage import Storage
    from django.core.files.uploadedfile import UploadedFile
    from django_stubs_ext import StrOrPromise

    from accounts.models import User

Purpose = ChangeRequest.Purpose
DECREE = ("decree_number", "decree_date", "decree_issuer", "decree_valid_until")
# The length of the code of a regency, where the offices of villages are.
REGENCY = 5


def save(change: ChangeRequest, *, by: User, decree: UploadedFile | None = None) -> ChangeRequest:
    """Store a request as far as it is filled in, with the scan of the new SK if one came along.

    PermissionDenied for who does not manage the community; TransitionRefused where another request is open,
    or once this one is under review.
    """
    with transaction.atomic():
        if change._state.adding:
            change = _create(change, by=by)
        else:
            change = moderation.actions.save_changes(change, by=by)
        if decree is not None:
            attach_decree(change.community, decree, by=by, change=change)
    return change


def _create(change: ChangeRequest, *, by: User) -> ChangeRequest:
    community = life_actions.lock(change.community)
    if not community.has_manager(by):
        raise PermissionDenied
    life_actions.require_living(community)
    change.created_by, change.region = by, community.region
    try:
        return moderation.actions.create_once(change)[0]
    except IntegrityError:
        raise TransitionRefused(
            _("Another change request of this KIM is still open. Finish it, or take it back.")
        ) from None


def discard(change: ChangeRequest, *, by: User) -> None:
    """Throw away a request that is not under review. What was never sent leaves no trace."""
    with transaction.atomic():
        locked = ChangeRequest.objects.select_for_update(of=("self",)).get(pk=change.pk)
        if not locked.is_authored_by(by):
            raise PermissionDenied
        if not locked.is_editable:
            raise TransitionRefused(_("It is with the office. Take it back first."))
        files = [(document.file.storage, str(document.file.name)) for document in locked.documents.all()]
        locked.delete()
        transaction.on_commit(partial(_delete, files))


def _delete(files: list[tuple[Storage, str]]) -> None:
    for storage, name in files:
        storage.delete(name)


def problems(change: ChangeRequest) -> list[StrOrPromise]:
    """What is missing or wrong, a sentence each."""
    community = change.community
    if community.is_dissolved or community.status != "approved":
        return [_("Your community is not verified at the moment, so nothing of it can be reviewed.")]
    found: list[StrOrPromise] = [] if change.reason.strip() else [_("Write why it changes.")]
    if change.purpose == Purpose.CHANGE:
        found += [] if change.rows() else [_("Nothing would change. Fill in what shall be different.")]
        found += _place_problems(change)
    elif change.purpose == Purpose.DISSOLUTION:
        found += [] if change.ends_on else [_("Give the last day of the KIM.")]
    else:
        found += _decree_problems(change)
    if change.purpose == Purpose.HANDOVER:
        found += _handover_problems(change)
    return found


def _place_problems(change: ChangeRequest) -> list[StrOrPromise]:
    """A forum stays a forum, and everything else in a village."""
    now, then = Kind(change.community.kind), Kind(change.kind or change.community.kind)
    if now != then and Kind.FORUM in (now, then):
        return [_("A forum cannot become another kind, nor another kind a forum. Register it anew.")]
    shallowest, deepest = now.levels
    if change.village and not shallowest <= change.village.level <= deepest:
        return [_("A forum belongs to a regency, a city or a province, every other kind to a village.")]
    return []


def _decree_problems(change: ChangeRequest) -> list[StrOrPromise]:
    found: list[StrOrPromise] = []
    if not all(getattr(change, name) for name in DECREE):
        found.append(_("Fill in number, date, issuer and validity of the new SK."))
    elif change.decree_valid_until and change.decree_valid_until < change.community.region.today:
        found.append(_("The new SK has run out already."))
    if change.scan is None:
        found.append(_("Attach a scan or a photo of the SK."))
    return found


def _handover_problems(change: ChangeRequest) -> list[StrOrPromise]:
    if not change.chair_name:
        return [_("Write the name of the new chair, as it stands on the SK.")]
    successor = change.successor
    if successor and (successor.ended_at or successor.community_id != change.community_id):
        return [_("The person who takes over is no longer a member. Choose another, or invite them again.")]
    return []


def apply(change: ChangeRequest, *, by: User, at: datetime) -> None:
    """Make an approved request true; runs in the transaction of the decision."""
    community = life_actions.lock(change.community)
    if change.purpose == Purpose.DISSOLUTION:
        assert change.ends_on  # noqa: S101 - problems_before_submitting asked for it
        life_actions.end(community, on=change.ends_on, by=by, reason=change.reason, at=at)
        return
    life_actions.require_living(community)
    # The office that decides is the one of the place it leaves: there the change is kept too.
    before, place = _facts(community), community.region
    fields = _take_over(change, community, by=by, at=at)
    community.save(update_fields=fields)
    if place.pk[:REGENCY] != community.region_id[:REGENCY]:
        trusting.lose(community, at=at)  # it is the word of the office that it leaves
    after = _facts(community)
    changed = [name for name in after if before[name] != after[name]]
    activity.actions.record(
        verbs.COMMUNITY_CHANGE,
        community,
        by=by,
        region=place,
        reason=change.reason,
        details={
            "purpose": change.purpose,
            "before": {name: before[name] for name in changed},
            "after": {name: after[name] for name in changed},
        },
        happened_at=at,
    )
    if change.purpose == Purpose.HANDOVER and change.successor:
        membership_actions.hand_over(change.successor, giver=change.created_by, by=by)
    change.community = community


def _take_over(change: ChangeRequest, community: Community, *, by: User, at: datetime) -> list[str]:
    fields = []
    for name in ("name", "kind", "chair_name", *DECREE):
        value = getattr(change, name)
        if value and value != getattr(community, name):
            setattr(community, name, value)
            fields.append(name)
    if change.village_id and change.village_id != community.region_id:
        community.region = change.village  # type: ignore[assignment]
        fields.append("region")
        _move_items(community)
    if "name" in fields:
        _rename_address(community, by=by, at=at)
        fields.append("slug")
    if "decree_valid_until" in fields:
        community.reminded_days = None
        fields.append("reminded_days")
    return fields


def _rename_address(community: Community, *, by: User, at: datetime) -> None:
    former, community.slug = community.slug, free_slug(community)
    if former == community.slug:
        return
    # A name of earlier comes back: its address is its own again.
    FormerSlug.objects.filter(community=community, slug=community.slug).delete()
    FormerSlug.objects.create(slug=former, community=community, replaced_by=by, replaced_at=at)


def _move_items(community: Community) -> None:
    """What is not published goes along to the new place; what was published stays where it happened."""
    for relation in ("articles", "events"):
        getattr(community, relation).exclude(status__in=("approved", "suspended")).update(
            region=community.region
        )
    community.changes.exclude(status__in=("approved", "rejected")).update(region=community.region)


def _facts(community: Community) -> dict[str, Any]:
    """What a change request can change, as the history keeps it. The chair's name is a person's: not kept."""
    return {
        "name": community.name,
        "kind": community.kind,
        "region": community.region_id,
        "slug": community.slug,
        "decree_number": community.decree_number,
        "decree_date": _day(community.decree_date),
        "decree_issuer": community.decree_issuer,
        "decree_valid_until": _day(community.decree_valid_until),
    }


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None


def open_request(community: Community) -> ChangeRequest | None:
    """The one that is not decided for good, if any."""
    return community.changes.open().first()


def successors(community: Community, *, besides: User) -> Any:
    """Members who could take over the lead."""
    return (
        Membership.objects.current().filter(community=community).exclude(user=besides).select_related("user")
    )
