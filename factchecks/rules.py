"""Who may check facts: offices by the duty for news, and members of verified KIM."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.roles import Duty
from communities.models import Community

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import Posting, User


def offices_of(user: User) -> list[Posting]:
    """The postings in whose office's name the person may write; the ministry has no region of its own."""
    return [posting for posting in user.current_postings if posting.may(Duty.NEWS) and posting.region_id]


def communities_of(user: User) -> QuerySet[Community]:
    """The KIM in whose name the person may write."""
    return Community.objects.with_member(user).select_related("region").order_by("name", "pk")
