"""Who leads a community: managers made and unmade, the lead handed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

import activity.actions
from communities import verbs
from communities.actions import keep_a_manager, locked_membership
from communities.models import Membership
from moderation.errors import TransitionRefused

if TYPE_CHECKING:
    from accounts.models import User


def make_member(membership: Membership, *, by: User) -> Membership:
    """Take the rights of a manager from somebody, who stays a member; a manager does, also to oneself.

    PermissionDenied for who does not manage it; TransitionRefused where no other manager would be left.
    """
    with transaction.atomic():
        membership = locked_membership(membership, manager=by)
        if membership.role == Membership.Role.MANAGER:
            keep_a_manager(membership)
            _set_role(membership, Membership.Role.MEMBER, verbs.MEMBERSHIP_DEMOTE, by=by)
    return membership


def hand_over(successor: Membership, *, giver: User, by: User) -> None:
    """Make the successor a manager and who hands over a member, once the office has approved the new SK.

    The community is locked by the caller. TransitionRefused where the successor has left meanwhile.
    """
    heir = Membership.objects.select_for_update().get(pk=successor.pk)
    if heir.ended_at is not None or heir.accepted_at is None:
        raise TransitionRefused(
            _("The person who should take over has left the KIM. Return the request for repair.")
        )
    if heir.role != Membership.Role.MANAGER:
        _set_role(heir, Membership.Role.MANAGER, verbs.MEMBERSHIP_PROMOTE, by=by)
    own = Membership.objects.current().managers().filter(community=heir.community_id, user=giver)
    for membership in own.exclude(pk=heir.pk).select_for_update(of=("self",)):
        _set_role(membership, Membership.Role.MEMBER, verbs.MEMBERSHIP_DEMOTE, by=by)


def _set_role(membership: Membership, role: str, verb: str, *, by: User) -> None:
    membership.role = role
    membership.save(update_fields=["role"])
    activity.actions.record(verb, membership, by=by, region=membership.community.region)
