"""Items of trusted communities: public at once, reviewed after; see docs/adr/0046."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from communities import trusting
from moderation.errors import TransitionRefused
from moderation.models import Moderated
from moderation.states import Move, Status

if TYPE_CHECKING:
    from accounts.models import User
    from communities.models import Community

PUBLISH_FIRST, CONFIRM = "publish_first", "confirm"
MOVES = frozenset({PUBLISH_FIRST, CONFIRM})


def _decided() -> models.CheckConstraint:
    """The constraint of Moderated of this name: what is public before its review has no decider yet."""
    return models.CheckConstraint(
        condition=Q(status__in=[Status.DRAFT, Status.SUBMITTED])
        | Q(decided_at__isnull=False)
        | Q(is_unreviewed=True),
        name="%(class)s_decision_has_decider",
    )


class PublishedFirst(Moderated):
    """An item of a community that may be public before its review."""

    # Published by its author; the office has until due_at to look at it.
    is_unreviewed = models.BooleanField(default=False, db_default=False, editable=False)

    class Meta(Moderated.Meta):
        abstract = True
        constraints = [
            *(each for each in Moderated.Meta.constraints if each.name != _decided().name),
            _decided(),
            models.CheckConstraint(
                condition=Q(is_unreviewed=False) | Q(status=Status.APPROVED, decided_at=None),
                name="%(class)s_unreviewed_is_public",
            ),
        ]
        indexes = [
            models.Index(
                fields=["region", "due_at"], condition=Q(is_unreviewed=True), name="%(class)s_unreviewed"
            ),
        ]

    if TYPE_CHECKING:
        community: models.ForeignKey[Community, Community]

    @property
    def waits_for_office(self) -> bool:
        """Also while it is public before its review."""
        return super().waits_for_office or self.is_unreviewed

    @classmethod
    def state_fields(cls) -> list[str]:
        """Whether it was reviewed too."""
        return [*super().state_fields(), "is_unreviewed"]

    def is_open_to(self, move: Move) -> bool:
        """Only a trusted community publishes first, and only what the office has never decided on."""
        if move.name == PUBLISH_FIRST:
            return self.community.is_trusted and self.decided_at is None and super().is_open_to(move)
        return super().is_open_to(move) and (move.name != CONFIRM or self.is_unreviewed)

    def on_move(self, move: Move, *, by: User, at: datetime) -> list[str]:
        """Trust is asked under the lock that its withdrawal takes; what is withdrawn ends it."""
        if move.name == PUBLISH_FIRST and not trusting.locked(self.community).is_trusted:
            raise TransitionRefused(_("Your KIM is no longer trusted to publish first. Send it for review."))
        if move.name == "suspend":
            trusting.lose(self.community, at=at)
        self.is_unreviewed = move.name == PUBLISH_FIRST
        return [*super().on_move(move, by=by, at=at), "is_unreviewed"]
