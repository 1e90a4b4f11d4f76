"""Questions about many communities and memberships."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from moderation.querysets import ModeratedQuerySet

if TYPE_CHECKING:
    from accounts.models import User
    from communities.models import Community


class CommunityQuerySet(ModeratedQuerySet):
    """Communities by who may see and who may change them."""

    def authored_parts(self, user: User) -> list[Q]:
        """The applicant, and every manager."""
        from communities.models import Membership

        managed = Membership.objects.current().managers().filter(user=user).values("community")
        return [Q(created_by=user, verified_at=None), Q(pk__in=managed)]

    def living(self) -> Self:
        """Public ones that have not ended."""
        return self.public().filter(dissolved_at=None)

    def dormant(self) -> Self:
        """Living ones that the office confirmed as not active."""
        return self.living().filter(dormant_at__isnull=False)

    def proposed_as_dormant(self) -> Self:
        """Those of which the office has to say whether they are still active."""
        return self.living().filter(dormancy_proposed_at__isnull=False, dormant_at=None)

    def needing_renewal(self) -> Self:
        """Living ones whose SK has run out."""
        return self.living().filter(decree_valid_until__lt=timezone.localdate())

    def in_forum(self, forum: Community) -> Self:
        """The members of a forum that its page shows, with what a card needs."""
        from communities.forum import ForumMembership

        shown = ForumMembership.objects.shown().filter(forum=forum)
        return self.filter(pk__in=shown.values("community")).select_related("region__parent")

    def with_member(self, user: User) -> Self:
        """Those that the person writes for: verified and living ones where they are a current member."""
        from communities.models import Membership

        return self.living().filter(pk__in=Membership.objects.current().filter(user=user).values("community"))


class MembershipQuerySet(models.QuerySet):
    """Who belongs to which community."""

    def current(self) -> Self:
        """Accepted and not ended: the only ones that give rights."""
        return self.filter(accepted_at__isnull=False, ended_at=None)

    def asked(self) -> Self:
        """Waiting for a manager's answer."""
        return self.filter(accepted_at=None, ended_at=None)

    def managers(self) -> Self:
        """Those with the role of manager."""
        return self.filter(role="manager")
