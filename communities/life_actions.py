"""Things people do in the later life of a verified community: edit, let rest, keep, wake up, dissolve."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone
from django.utils.translation import gettext as _

import activity.actions
from communities import verbs
from communities.models import Community
from moderation import rules
from moderation.errors import TransitionRefused
from moderation.states import Status

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accounts.models import User

# What managers change on their own; name, kind, region, SK and chair need the office's consent.
FREE_FIELDS = (
    "description", "vision", "mission", "potential", "address", "founded_on", "member_count",
    "secretary_name", "treasurer_name", "collecting_head_name", "processing_head_name",
    "spreading_head_name", "email", "phone", "website", "facebook", "instagram", "youtube", "tiktok",
    "is_read_first",
)  # fmt: skip


def lock(community: Community) -> Community:
    """The community as it is now, locked until the transaction ends."""
    locked = Community.objects.select_for_update(of=("self",)).select_related("region")
    return locked.get(pk=community.pk)


def edit_profile(community: Community, values: dict[str, Any], *, by: User) -> Community:
    """Change what is free of a verified community. Only these columns are written: a change that the office
    approves at the same moment stays.

    PermissionDenied for who does not manage it; TransitionRefused once it is suspended or dissolved.
    """
    with transaction.atomic():
        locked = lock(community)
        if not locked.has_manager(by):
            raise PermissionDenied
        require_living(locked)
        changed = [name for name in FREE_FIELDS if name in values and getattr(locked, name) != values[name]]
        for name in changed:
            setattr(locked, name, values[name])
        if changed:
            locked.changed_at = timezone.now()
            locked.save(update_fields=[*changed, "changed_at"])
            _record(verbs.COMMUNITY_EDIT, locked, by=by, details={"fields": changed})
    return locked


def require_living(community: Community) -> None:
    """Refuse, with words, what only a verified community that has not ended may do."""
    if community.is_dissolved:
        raise TransitionRefused(_("It has been dissolved. Its page stays, and nothing of it changes."))
    if community.status != Status.APPROVED:
        raise TransitionRefused(_("Only a verified community can do this."))


def note_published(community: Community, *, by: User, at: datetime) -> None:
    """Something of it was published just now: it is active, and wakes up if it rested."""
    found = Community.objects.filter(pk=community.pk)
    woken = found.filter(dormant_at__isnull=False).update(dormant_at=None, dormant_by=None)
    found.update(
        active_at=Greatest(Coalesce(F("active_at"), at), at),
        dormancy_warned_at=None,
        dormancy_proposed_at=None,
    )
    if woken:
        _record(verbs.COMMUNITY_WAKE, community, by=by, at=at)


def let_rest(community: Community, *, by: User, reason: str = "") -> Community:
    """Confirm, as the office, that it is not active. Its page stays; the next published item wakes it up.

    PermissionDenied where another office decides; TransitionRefused where it is not proposed (any more).
    """
    with transaction.atomic():
        locked = _proposed(community, by=by)
        locked.dormant_at, locked.dormant_by = timezone.now(), by
        locked.dormancy_proposed_at = locked.dormancy_warned_at = None
        locked.save(update_fields=["dormant_at", "dormant_by", "dormancy_proposed_at", "dormancy_warned_at"])
        _record(verbs.COMMUNITY_REST, locked, by=by, reason=reason)
    return locked


def keep_active(community: Community, *, by: User, reason: str) -> Community:
    """Note, as the office, why it counts as active all the same; the months begin anew.

    Raises as let_rest does, and TransitionRefused without a reason.
    """
    if not reason.strip():
        raise TransitionRefused(_("Write why it is active: whoever asks later finds it in the history."))
    with transaction.atomic():
        locked = _proposed(community, by=by)
        locked.kept_at, locked.kept_by = timezone.now(), by
        locked.dormancy_proposed_at = locked.dormancy_warned_at = None
        locked.save(update_fields=["kept_at", "kept_by", "dormancy_proposed_at", "dormancy_warned_at"])
        _record(verbs.COMMUNITY_KEEP, locked, by=by, reason=reason.strip())
    return locked


def dissolve(community: Community, *, on: date, reason: str, by: User) -> Community:
    """End a community, as the office. The page stays with its date; nothing new is written.

    PermissionDenied where another office decides; TransitionRefused without a reason, or ended already.
    """
    if not reason.strip():
        raise TransitionRefused(_("Write a reason: it stands in the history."))
    with transaction.atomic():
        locked = lock(community)
        if not rules.may_decide(by, locked):
            raise PermissionDenied
        end(locked, on=on, by=by, reason=reason.strip(), at=timezone.now())
    return locked


def end(locked: Community, *, on: date, by: User, reason: str, at: datetime) -> None:
    """Dissolve a community whose row is locked and whose end has been decided."""
    if locked.is_dissolved:
        raise TransitionRefused(_("It has been dissolved already. Nothing was changed."))
    if locked.status not in (Status.APPROVED, Status.SUSPENDED):
        raise TransitionRefused(_("Only a verified community can be dissolved."))
    if on > at.astimezone(locked.region.zone).date():
        raise TransitionRefused(_("Its last day lies ahead. Dissolve it when the day has come."))
    locked.dissolved_on, locked.dissolved_at, locked.dissolved_by = on, at, by
    locked.dormancy_proposed_at = locked.dormancy_warned_at = None
    locked.save(
        update_fields=[
            "dissolved_on", "dissolved_at", "dissolved_by", "dormancy_proposed_at", "dormancy_warned_at",
        ]
    )  # fmt: skip
    locked.invitations.open().update(ended_at=at, ended_by=by)
    _record(verbs.COMMUNITY_DISSOLVE, locked, by=by, reason=reason, at=at, details={"on": on.isoformat()})


def _proposed(community: Community, *, by: User) -> Community:
    locked = lock(community)
    if not rules.may_decide(by, locked):
        raise PermissionDenied
    if locked.dormant_at or not locked.dormancy_proposed_at:
        raise TransitionRefused(
            _("“%(name)s” is not proposed any more: it published something, or was decided. Nothing changed.")
            % {"name": locked.name}
        )
    require_living(locked)
    return locked


def record_many(verb: str, communities: Iterable[Community], **details: Any) -> None:
    """Note the same of several, by nobody in person."""
    for community in communities:
        _record(verb, community, by=None, details=details)


def _record(
    verb: str,
    community: Community,
    *,
    by: User | None,
    reason: str = "",
    at: datetime | None = None,
    details: dict[str, Any] | None = None,
) -> None:
    activity.actions.record(
        verb, community, by=by, region=community.region, reason=reason, details=details, happened_at=at
    )
