"""Whom other words of what is published tell: who wrote it, and who asked for them. Followers know it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from communities.models import Membership
from notifications.circles import Circle

if TYPE_CHECKING:
    from articles.models import Amendment
    from events.models import EventChange


def changers(change: Amendment | EventChange) -> list[Circle]:
    """Who wrote what is published and who changes it, while members, and the managers of its community."""
    changed = getattr(change, "article", None) or change.event  # type: ignore[union-attr]
    members = Membership.objects.current().filter(community=change.community_id)
    concerned = Q(user__in=[change.created_by_id, changed.created_by_id])
    return [Circle(members.filter(Q(role=Membership.Role.MANAGER) | concerned))]


# What the public sees of a change is told with the decision about it.
SILENT = {"amendment.withdraw", "article.correct", "article.update", "eventchange.withdraw", "event.reword"}
# Whom a fact of an event concerns is told of the event itself.
SILENT |= {"eventchange.publish_first", "eventchange.confirm"}
