"""Inviting people into a community: by e-mail or by a link, accepted or revoked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

import activity.actions
import mailing.actions
from communities import life_actions, verbs
from communities.models import Community, Invitation, Membership
from moderation import rules
from moderation.errors import TransitionRefused

if TYPE_CHECKING:
    from accounts.models import User
    from accounts.roles import Duty

# Nobody uses the portal to send mail to the whole world.
MAX_OPEN = 50
MANAGER, MEMBER = Membership.Role.MANAGER, Membership.Role.MEMBER


def invite(community: Community, *, by: User, email: str = "", role: str = MEMBER) -> Invitation:
    """Invite one person by e-mail, or, without an address, whoever gets the link. A manager does.

    Inviting the same address again answers the invitation that holds. PermissionDenied for who does not
    manage it; TransitionRefused for a member already, or too many at once.
    """
    with transaction.atomic():
        locked = life_actions.lock(community)
        if not locked.has_manager(by):
            raise PermissionDenied
        life_actions.require_living(locked)
        # A link may fall into any hands: it makes members, never managers.
        return _invite(locked, by=by, email=email, role=role if email else MEMBER)


def put_in_manager(community: Community, *, email: str, by: User) -> Invitation:
    """As the office: invite somebody to manage a community that has lost all of its managers.

    PermissionDenied where another office decides; TransitionRefused while it has a manager.
    """
    with transaction.atomic():
        locked = life_actions.lock(community)
        if not rules.may_decide(by, locked):
            raise PermissionDenied
        life_actions.require_living(locked)
        if locked.memberships.current().managers().filter(user__is_active=True).exists():
            raise TransitionRefused(_("This KIM has a manager, who invites the others."))
        return _invite(locked, by=by, email=email, role=MANAGER, duty=locked.DUTY)


def _invite(community: Community, *, by: User, email: str, role: str, duty: Duty | None = None) -> Invitation:
    email = email.strip().lower()
    members = community.memberships.current().filter(user__email=email)
    if role == MANAGER:
        members = members.managers()
    if email and members.exists():
        raise TransitionRefused(_("%(email)s is a member already.") % {"email": email})
    now = timezone.now()
    # What has expired makes room for a new one to the same address.
    community.invitations.filter(email=email, ended_at=None, expires_at__lte=now).exclude(email="").update(
        ended_at=now, ended_by=by
    )
    if community.invitations.open().count() >= MAX_OPEN:
        raise TransitionRefused(_("Too many invitations are open. Wait for answers, or revoke some."))
    try:
        with transaction.atomic():
            made = Invitation.objects.create(community=community, invited_by=by, email=email, role=role)
            activity.actions.record(
                verbs.INVITATION_SEND,
                made,
                by=by,
                region=community.region,
                details={"after": {"role": role}},
                duty=duty,
            )
            mailing.actions.send_soon()
    except IntegrityError:
        return _raised(community.invitations.select_for_update().get(email=email, ended_at=None), role)
    return made


def _raised(invitation: Invitation, role: str) -> Invitation:
    """The invitation that is open already, to become a manager if that is what is asked now."""
    if role == MANAGER and invitation.role != MANAGER:
        invitation.role = MANAGER
        invitation.save(update_fields=["role"])
    return invitation


def revoke(invitation: Invitation, *, by: User) -> Invitation:
    """Take an invitation back, at once; a manager does, or the office where no manager has sent it."""
    with transaction.atomic():
        community = life_actions.lock(invitation.community)
        is_manager = community.has_manager(by)
        is_offices = not community.has_manager(invitation.invited_by)
        if not (is_manager or (is_offices and rules.may_decide(by, community))):
            raise PermissionDenied
        locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
        if locked.ended_at is None:
            _end(locked, by=by)
            activity.actions.record(
                verbs.INVITATION_REVOKE,
                locked,
                by=by,
                region=community.region,
                details={"before": {"role": locked.role}},
                duty=None if is_manager else community.DUTY,
            )
    return locked


def accept(invitation: Invitation, *, by: User) -> Membership:
    """Join by an invitation. Twice is once; a request to join that waits is answered by it.

    PermissionDenied for an invitation to another address; TransitionRefused once it no longer holds.
    """
    with transaction.atomic():
        community = life_actions.lock(invitation.community)
        locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
        if locked.email and locked.email != by.email:
            raise PermissionDenied
        if not locked.is_open:
            raise TransitionRefused(
                _("This invitation no longer holds: it was used or revoked, or has expired.")
            )
        life_actions.require_living(community)
        membership = _join(community, locked, by=by)
        if locked.email:
            _end(locked, by=by)
    return membership


def _join(community: Community, invitation: Invitation, *, by: User) -> Membership:
    now = timezone.now()
    found = community.memberships.select_for_update().filter(user=by, ended_at=None).first()
    membership = found or Membership(community=community, user=by, asked_at=now)
    is_new = membership.accepted_at is None
    rises = invitation.role == MANAGER and membership.role != MANAGER
    if is_new:
        membership.accepted_at, membership.accepted_by = now, invitation.invited_by
    if rises:
        membership.role = MANAGER
    membership.save()
    if is_new or rises:
        activity.actions.record(verbs.MEMBERSHIP_JOIN, membership, by=by, region=community.region)
    return membership


def _end(invitation: Invitation, *, by: User) -> None:
    invitation.ended_at, invitation.ended_by, invitation.email = timezone.now(), by, ""
    invitation.save(update_fields=["ended_at", "ended_by", "email"])
