"""Questions about many communities and memberships."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from moderation.querysets import ModeratedQuerySet

if TYPE_CHECKING:
    from accounts.models import User


class CommunityQuerySet(ModeratedQuerySet):
    """Communities by who may see and who may change them."""

    def authored_q(self, user: User) -> Q:
        """The applicant, and every manager."""
        from communities.models import Membership

        managed = Membership.objects.current().managers().filter(user=user).values("community")
        return Q(created_by=user) | Q(pk__in=managed)

    def with_member(self, user: User) -> Self:
        """Those that the person writes for: verified ones where they are a current member."""
        from communities.models import Membership

        return self.public().filter(pk__in=Membership.objects.current().filter(user=user).values("community"))


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
