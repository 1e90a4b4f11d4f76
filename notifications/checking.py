"""Whom a fact check tells: who made it, who follows, and who wrote what it touches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Q

from accounts.models import User
from articles.models import Article
from communities.models import Membership
from notifications.circles import Circle
from notifications.models import Mute, Subscription

if TYPE_CHECKING:
    from factchecks.models import FactCheck


def checkers(check: FactCheck) -> list[Circle]:
    """Its writer, while a member, and the managers of the KIM; of an office's, its writer."""
    if check.community_id is None:
        return [Circle(User.objects.filter(pk=check.created_by_id), person="id")]
    members = Membership.objects.current().filter(community=check.community_id)
    return [Circle(members.filter(Q(role=Membership.Role.MANAGER) | Q(user=check.created_by_id)))]


def touched(check: FactCheck) -> list[Circle]:
    """Who wrote the articles that it touches, and who manages their communities."""
    articles = Article.objects.public().filter(fact_checks=check)
    members = Membership.objects.current().filter(community__in=articles.values("community"))
    writers = Q(user__in=articles.values("created_by"))
    return [Circle(members.filter(Q(role=Membership.Role.MANAGER) | writers))]


def followers(check: FactCheck) -> list[Circle]:
    """Who follows its KIM, its region, or a region above it; while it is public."""
    if not check.is_public:
        return []
    muted = Mute.objects.filter(community=check.community_id or 0, user=OuterRef("user"))
    things = [Q(~Exists(muted), region=code, category="") for code in check.region.ancestor_codes]
    if check.community_id is not None:
        things.append(Q(community=check.community_id))
    return [Circle(Subscription.objects.filter(thing), rhythm=F("rhythm")) for thing in things]
