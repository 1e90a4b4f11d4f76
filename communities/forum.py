"""That a community belongs to a Forum KIM, or that one of the two wishes so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from moderation.states import Status

if TYPE_CHECKING:
    from communities.models import Community


class ForumMembershipQuerySet(models.QuerySet):
    """Which communities belong to which forum."""

    def current(self) -> Self:
        """Agreed by both and not ended."""
        return self.filter(accepted_at__isnull=False, ended_at=None)

    def open(self) -> Self:
        """Waiting for the answer of the other side."""
        return self.filter(accepted_at=None, ended_at=None)

    def shown(self) -> Self:
        """What the public reads. Who is dissolved, suspended or moved elsewhere is not shown from then on."""
        living = {
            f"{side}__{name}": value
            for side in ("forum", "community")
            for name, value in (("status", Status.APPROVED), ("dissolved_at", None))
        }
        return self.current().filter(community__region__code__startswith=F("forum__region"), **living)


class ForumMembership(models.Model):
    """That a community is a member of a forum, or that one side asked and the other has not answered."""

    forum = models.ForeignKey("communities.Community", on_delete=models.CASCADE, related_name="forum_members")
    community = models.ForeignKey(
        "communities.Community", on_delete=models.CASCADE, related_name="forum_memberships"
    )
    # Whether the forum asked the community; else the community asked the forum.
    is_invitation = models.BooleanField()
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ForumMembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership of a forum")
        verbose_name_plural = _("memberships of forums")
        constraints = [
            models.UniqueConstraint(
                fields=["community", "forum"], condition=Q(ended_at=None), name="forummembership_once"
            ),
            models.CheckConstraint(condition=~Q(forum=F("community")), name="forummembership_of_another"),
            models.CheckConstraint(
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="forummembership_accepted_at_has_by",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="forummembership_ended_at_has_by",
            ),
        ]
        indexes = [
            models.Index(
                fields=["forum", "community"], condition=Q(ended_at=None), name="forummembership_current"
            )
        ]

    def __str__(self) -> str:
        return f"{self.community} ({self.forum})"

    def get_absolute_url(self) -> str:
        """Who belongs to the forum."""
        return reverse("communities:forum_members", args=[self.forum.slug])

    @property
    def asking(self) -> Community:
        """The side that wished it."""
        return self.forum if self.is_invitation else self.community

    @property
    def answering(self) -> Community:
        """The side that says yes or no."""
        return self.community if self.is_invitation else self.forum
