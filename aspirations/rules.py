"""Who may write for whom, and who makes the steps: the lowest office; above that, once overdue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aspirations.steps import Side, Step
from communities.models import Community, Membership
from moderation.rules import deciding_region

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from accounts.models import Posting, User
    from aspirations.models import Aspiration
    from regions.models import Region


def communities_speaking(user: User | AnonymousUser) -> QuerySet[Community]:
    """The KIM for whose villages this person may write: those that they manage."""
    managed = Membership.objects.current().managers().filter(user=user.pk).values("community")
    return Community.objects.living().filter(pk__in=managed).select_related("region").order_by("name", "pk")


def office_of(aspiration: Aspiration) -> Region | None:
    """The region of the office that has it; none is the ministry."""
    return deciding_region(aspiration.desk, aspiration.DUTY)  # type: ignore[arg-type]


def may_decide(user: User, aspiration: Aspiration) -> bool:
    """Whether this officer makes the office's steps now. Nobody answers what they wrote themselves."""
    if not may_decide_late(user, aspiration):
        return False
    if aspiration.is_overdue:
        return True
    lowest = office_of(aspiration)
    return any(posting.region_id == (lowest.pk if lowest else None) for posting in _above(user, aspiration))


def may_decide_late(user: User, aspiration: Aspiration) -> bool:
    """Whether they make them once it is overdue: of the office that has it, or of one above."""
    return bool(_above(user, aspiration)) and not aspiration.is_authored_by(user)


def may(user: User | AnonymousUser | None, aspiration: Aspiration, step: Step) -> bool:
    """Whether this person is on the side that makes the step; nobody is the portal."""
    if user is None:
        return step.side is Side.PORTAL
    if not user.is_authenticated or not user.is_active or step.side is Side.PORTAL:
        return False
    return may_decide(user, aspiration) if step.side is Side.OFFICE else _speaks(user, aspiration)


def _above(user: User, aspiration: Aspiration) -> list[Posting]:
    """Their postings for aspirations in the office that has it, and in those above."""
    return [
        posting
        for posting in user.current_postings
        if posting.may(aspiration.DUTY) and posting.covers(aspiration.desk)
    ]


def _speaks(user: User, aspiration: Aspiration) -> bool:
    """Whether they speak for it now: a KIM's is its managers', no longer of one who wrote it and has left."""
    if aspiration.community is None:
        return aspiration.sent_by_id == user.pk
    return aspiration.community.has_manager(user)
