"""Joining a Forum KIM and leaving it: one side asks, the other answers, either ends it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

import activity.actions
from communities import verbs
from communities.life_actions import require_living
from communities.models import Community, ForumMembership
from moderation.errors import TransitionRefused

if TYPE_CHECKING:
    from accounts.models import User


def ask(community: Community, forum: Community, *, by: User) -> ForumMembership:
    """Ask a forum to take the community in. Asking twice changes nothing; an open invitation is accepted.

    PermissionDenied for who does not manage the community; TransitionRefused where it cannot be a member.
    """
    return _wish(community, forum, by=by, is_invitation=False)


def invite(forum: Community, community: Community, *, by: User) -> ForumMembership:
    """Invite a community into the forum. Twice changes nothing; a community that has asked is taken in.

    PermissionDenied for who does not manage the forum; TransitionRefused where it cannot be a member.
    """
    return _wish(community, forum, by=by, is_invitation=True)


def accept(membership: ForumMembership, *, by: User) -> ForumMembership:
    """Say yes, as the side that was asked. Twice changes nothing.

    PermissionDenied for everybody else; TransitionRefused once it has ended or one of the two has.
    """
    with transaction.atomic():
        locked = _locked(membership)
        if not locked.answering.has_manager(by):
            raise PermissionDenied
        if locked.accepted_at is None:
            _require_fit(locked.community, locked.forum)
            _join(locked, by=by)
    return locked


def end(membership: ForumMembership, *, by: User) -> ForumMembership:
    """Decline, take back, leave or remove: as a manager of either side, at once.

    PermissionDenied for everybody else; TransitionRefused where it has ended already.
    """
    with transaction.atomic():
        locked = _locked(membership)
        answers, asked = locked.answering.has_manager(by), locked.asking.has_manager(by)
        if not (answers or asked):
            raise PermissionDenied
        locked.ended_at, locked.ended_by = timezone.now(), by
        locked.save(update_fields=["ended_at", "ended_by"])
        if locked.accepted_at:
            verb = verbs.FORUM_END
        else:
            verb = verbs.FORUM_DECLINE if answers else verbs.FORUM_WITHDRAW
        _record(verb, locked, by=by)
    return locked


def _wish(community: Community, forum: Community, *, by: User, is_invitation: bool) -> ForumMembership:
    with transaction.atomic():
        community, forum = _both(community.pk, forum.pk)
        if not (forum if is_invitation else community).has_manager(by):
            raise PermissionDenied
        _require_fit(community, forum)
        found = ForumMembership.objects.filter(community=community, forum=forum, ended_at=None).first()
        if found is None:
            return _begin(community, forum, by=by, is_invitation=is_invitation)
        found.community, found.forum = community, forum
        if found.accepted_at is None and found.is_invitation != is_invitation:
            _join(found, by=by)
    return found


def _begin(community: Community, forum: Community, *, by: User, is_invitation: bool) -> ForumMembership:
    made = ForumMembership.objects.create(
        community=community, forum=forum, is_invitation=is_invitation, asked_by=by
    )
    _record(verbs.FORUM_INVITE if is_invitation else verbs.FORUM_ASK, made, by=by)
    return made


def _join(membership: ForumMembership, *, by: User) -> None:
    membership.accepted_at, membership.accepted_by = timezone.now(), by
    membership.save(update_fields=["accepted_at", "accepted_by"])
    _record(verbs.FORUM_JOIN, membership, by=by)


def _require_fit(community: Community, forum: Community) -> None:
    """Refuse, with words, what cannot be: the wrong kinds, the wrong place, or one that has ended."""
    if not forum.is_forum or community.is_forum:
        raise TransitionRefused(_("A forum has communities as members, and no other forum."))
    if not forum.region.contains(community.region):
        raise TransitionRefused(
            _("%(community)s lies outside %(region)s, the region of this forum.")
            % {"community": community.name, "region": forum.region.label}
        )
    require_living(community)
    require_living(forum)


def _both(community: int, forum: int) -> tuple[Community, Community]:
    """The community and the forum, locked in one order: two who meet never wait crosswise."""
    rows = Community.objects.select_for_update(of=("self",)).select_related("region")
    locked = {row.pk: row for row in rows.filter(pk__in=[community, forum]).order_by("pk")}
    return locked[community], locked[forum]


def _locked(membership: ForumMembership) -> ForumMembership:
    community, forum = _both(membership.community_id, membership.forum_id)
    locked = ForumMembership.objects.select_for_update().get(pk=membership.pk)
    if locked.ended_at is not None:
        raise TransitionRefused(_("This has ended already. Nothing was changed."))
    locked.community, locked.forum = community, forum
    return locked


def _record(verb: str, membership: ForumMembership, *, by: User) -> None:
    activity.actions.record(verb, membership, by=by, region=membership.community.region)
