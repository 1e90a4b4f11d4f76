"""Whom a change of a published article tells: who wrote it, and who asked for it. Followers know it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from communities.models import Membership
from notifications.circles import Circle

if TYPE_CHECKING:
    from articles.models import Amendment


def changers(amendment: Amendment) -> list[Circle]:
    """Who wrote the article and who changes it, while members, and the managers of its community."""
    members = Membership.objects.current().filter(community=amendment.community_id)
    concerned = Q(user__in=[amendment.created_by_id, amendment.article.created_by_id])
    return [Circle(members.filter(Q(role=Membership.Role.MANAGER) | concerned))]


# What the public sees of a change is told with the decision about it.
SILENT = {"amendment.withdraw", "article.correct", "article.update"}
