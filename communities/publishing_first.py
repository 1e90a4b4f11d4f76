"""What is public at once and reviewed after: items of trusted communities, and facts that people act on.

See docs/adr/0046 and 0054.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities import trusting
from moderation.errors import TransitionRefused
from moderation.models import Moderated
from moderation.querysets import ModeratedQuerySet
from moderation.states import Move, Status

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

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


class ReviewedAfterQuerySet(ModeratedQuerySet):
    """Items of which some are public before their review."""

    def waiting_q(self) -> Q:
        """Also what is public already and was not looked at yet."""
        return super().waiting_q() | Q(is_unreviewed=True)

    def unreviewed(self) -> F:
        """What the row says."""
        return F("is_unreviewed")


class ReviewedAfter(Moderated):
    """An item that may be public before its review."""

    # What the office and the authors are told of one that was not looked at yet.
    UNREVIEWED_AT_DESK: ClassVar[StrOrPromise]
    UNREVIEWED_TO_AUTHORS: ClassVar[StrOrPromise]

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

    @property
    def waits_for_office(self) -> bool:
        """Also while it is public before its review."""
        return super().waits_for_office or self.is_unreviewed

    @classmethod
    def state_fields(cls) -> list[str]:
        """Whether it was reviewed too."""
        return [*super().state_fields(), "is_unreviewed"]

    def is_open_to(self, move: Move) -> bool:
        """Only what was not looked at yet is confirmed."""
        return super().is_open_to(move) and (move.name != CONFIRM or self.is_unreviewed)

    def on_move(self, move: Move, *, by: User, at: datetime) -> list[str]:
        """Any other move than publishing first ends it."""
        self.is_unreviewed = move.name == PUBLISH_FIRST
        return [*super().on_move(move, by=by, at=at), "is_unreviewed"]


class PublishedFirst(ReviewedAfter):
    """An item of a community that publishes first while it is trusted."""

    UNREVIEWED_AT_DESK = gettext_lazy(
        "It is public already: its KIM is trusted. Look it over; it stays, or is withdrawn."
    )
    UNREVIEWED_TO_AUTHORS = gettext_lazy(
        "It is published: your KIM is trusted. The office looks at it after."
    )

    class Meta(ReviewedAfter.Meta):
        abstract = True

    if TYPE_CHECKING:
        community: models.ForeignKey[Community, Community]

    def is_open_to(self, move: Move) -> bool:
        """Only a trusted community publishes first, and only what the office has never decided on."""
        if move.name == PUBLISH_FIRST:
            return self.community.is_trusted and self.decided_at is None and super().is_open_to(move)
        return super().is_open_to(move)

    def on_move(self, move: Move, *, by: User, at: datetime) -> list[str]:
        """Trust is asked under the lock that its withdrawal takes; what is withdrawn ends it."""
        if move.name == PUBLISH_FIRST and not trusting.locked(self.community).is_trusted:
            raise TransitionRefused(_("Your KIM is no longer trusted to publish first. Send it for review."))
        if move.name == "suspend":
            trusting.lose(self.community, at=at)
        return super().on_move(move, by=by, at=at)
