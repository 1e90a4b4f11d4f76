"""Trusted communities: what speaks for one, and how an office gives and withdraws the right to publish first.

See docs/adr/0046.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

import activity.actions
from accounts.offices import settings_of
from accounts.roles import Duty
from activity.models import Activity
from communities.verbs import COMMUNITY_DISTRUST, COMMUNITY_TRUST
from moderation import rules
from moderation.errors import TransitionRefused
from moderation.kinds import kinds
from moderation.states import Status

if TYPE_CHECKING:
    from accounts.models import User
    from communities.models import Community
    from communities.publishing_first import PublishedFirst

# What an office did to an item that was therefore not approved as it came.
CHANGED = ("return", "slip")


class Record(NamedTuple):
    """What speaks for a community: of its last decided items, how many were approved as they came."""

    number: int
    unchanged: int
    wanted: int
    days: int

    @property
    def is_enough(self) -> bool:
        """Whether the office may give it the right."""
        return self.unchanged >= self.wanted


def record_of(community: Community) -> Record:
    """Its last decided items: as many as its office wants to see, in the days that count."""
    found = settings_of(community.region)
    since = timezone.now() - timedelta(days=found.trust_days)
    decided = [row for model in _models() for row in _decided(model, community, since, found.trust_items)]
    last = sorted(decided, reverse=True)[: found.trust_items]
    return Record(len(last), sum(good for _at, good in last), found.trust_items, found.trust_days)


def may_trust(user: User, community: Community) -> bool:
    """Whether this officer decides on its news: the lowest office that has somebody, never a member."""
    postings = rules.deciding_postings(community.region, Duty.NEWS)
    return any(posting.user_id == user.pk for posting in postings) and not community.has_member(user)


def may_distrust(user: User, community: Community) -> bool:
    """Every office of news above it may end what goes wrong."""
    return any(
        posting.may(Duty.NEWS) and posting.covers(community.region) for posting in user.current_postings
    )


def trust(community: Community, *, by: User) -> Community:
    """Give it the right to publish first; given already, nothing happens.

    PermissionDenied where another office decides; TransitionRefused while too little speaks for it.
    """
    with transaction.atomic():
        found = locked(community)
        if not may_trust(by, found):
            raise PermissionDenied
        if found.is_trusted:
            return found
        if not found.takes_writing:
            raise TransitionRefused(_("Only a verified community can do this."))
        if not record_of(found).is_enough:
            raise TransitionRefused(_("Its last items do not speak for it yet. Nothing was changed."))
        found.trusted_at, found.trusted_by = timezone.now(), by
        found.save(update_fields=["trusted_at", "trusted_by"])
        _record(COMMUNITY_TRUST, found, by=by)
    return found


def distrust(community: Community, *, by: User, reason: str) -> Community:
    """Withdraw the right; withdrawn already, nothing happens. What is public stays so, and is reviewed.

    PermissionDenied for who works in no office above it; TransitionRefused without a reason.
    """
    with transaction.atomic():
        found = locked(community)
        if not may_distrust(by, found):
            raise PermissionDenied
        if not found.is_trusted:
            return found
        if not reason.strip():
            raise TransitionRefused(_("Write a reason: the managers read it."))
        _end(found, by=by, reason=reason.strip(), at=timezone.now())
    return found


def lose(community: Community, *, at: datetime) -> None:
    """By itself, when something of it was withdrawn for a rule that it broke, or it was suspended itself."""
    found = locked(community)
    if found.is_trusted:
        _end(found, by=None, at=at)


def is_trusted_still(community: Community) -> bool:
    """Whether it is at this moment, whatever the page knew."""
    return type(community)._base_manager.filter(pk=community.pk, trusted_at__isnull=False).exists()


def locked(community: Community) -> Community:
    """The community as it is now, locked: sending first and withdrawing trust wait for each other here."""
    rows = type(community)._base_manager.select_for_update(of=("self",), no_key=True)
    return rows.select_related("region").get(pk=community.pk)


def _models() -> list[type[PublishedFirst]]:
    from communities.publishing_first import PublishedFirst

    return [model for model in kinds().values() if issubclass(model, PublishedFirst)]


def _decided(
    model: type[PublishedFirst], community: Community, since: datetime, number: int
) -> list[tuple[datetime, bool]]:
    """When the last items of a kind were decided, and whether each stands as it came."""
    verbs = [f"{model.KIND}.{name}" for name in CHANGED]
    changed = Activity.objects.filter(
        target_type=ContentType.objects.get_for_model(model), target_id=OuterRef("pk"), verb__in=verbs
    )
    items = model._base_manager.filter(community=community, decided_at__gte=since)  # type: ignore[misc]
    items = items.exclude(status__in=[Status.DRAFT, Status.SUBMITTED]).annotate(was_changed=Exists(changed))
    rows = items.order_by("-decided_at").values_list("decided_at", "status", "was_changed")[:number]
    return [(at, status == Status.APPROVED and not was_changed) for at, status, was_changed in rows if at]


def _end(found: Community, *, by: User | None, at: datetime, reason: str = "") -> None:
    found.trusted_at = found.trusted_by = None
    found.save(update_fields=["trusted_at", "trusted_by"])
    _record(COMMUNITY_DISTRUST, found, by=by, reason=reason, at=at)


def _record(
    verb: str, community: Community, *, by: User | None, reason: str = "", at: datetime | None = None
) -> None:
    activity.actions.record(verb, community, by=by, region=community.region, reason=reason, happened_at=at)
