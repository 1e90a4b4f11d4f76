"""Who may write and send announcements, and who may confirm one or pass it on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.roles import Duty
from communities.models import Community

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from accounts.models import Posting, User
    from announcements.models import Announcement
    from regions.models import Region


def announcing_postings(user: User) -> list[Posting]:
    """The postings by which this person announces, widest first."""
    return [posting for posting in user.current_postings if posting.may(Duty.ANNOUNCE)]


def may_announce(user: User, region: Region | None) -> bool:
    """Whether this person speaks for the office of the region. Who stands above it speaks for their own."""
    code = region.pk if region else None
    return any(posting.region_id == code for posting in announcing_postings(user))


def may_read_words(user: User | AnonymousUser, announcement: Announcement) -> bool:
    """Whether its words are shown: of one that was withdrawn to the offices alone, others read the reason."""
    if announcement.withdrawn_at is None:
        return True
    if not user.is_authenticated or not user.current_postings:
        return False
    return type(announcement).objects.on_desks_of(user).filter(pk=announcement.pk).exists()


def may_confirm(user: User | AnonymousUser, announcement: Announcement) -> bool:
    """Whether the person's reading counts: of members it is addressed to; for everybody, of every account."""
    if not user.is_authenticated or not announcement.is_in_force:
        return False
    return announcement.is_for_readers or announcement.addressed_members().filter(user=user).exists()


def communities_passing_on(user: User | AnonymousUser, announcement: Announcement) -> QuerySet[Community]:
    """The communities for which this person can make news of it: their own, as far as it is for them."""
    if not user.is_authenticated or not announcement.is_in_force:
        return Community.objects.none()
    own = Community.objects.with_member(user)
    if not announcement.is_for_readers:
        own = own.filter(pk__in=announcement.addressed_communities())
    return own.select_related("region").order_by("name", "pk")
