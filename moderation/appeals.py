"""Appealing against a rejection: once, within 14 days, answered by another officer; see docs/adr/0045.

An appeal is a move of the item, not a thing of its own: the item lies on the desk again, with its deadline,
and whoever answers publishes it, asks for a repair, or lets the rejection stand.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from activity.models import Activity
from moderation import rules
from moderation.states import Move, Status

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from accounts.models import Posting, User
    from moderation.models import Moderated

APPEAL = "appeal"
TIME_TO_APPEAL = timedelta(days=14)


def person_beside() -> models.ForeignKey:
    """A column for somebody who is asked for beside the item only: without an index."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
        db_index=False,
    )


class Appealable(models.Model):
    """What a kind holds whose rejection can be appealed against. Stands before Moderated among the bases."""

    KEEPS_OUT = "appealed_against"

    appealed_at = models.DateTimeField(null=True, editable=False)
    appealed_by = person_beside()
    # Who rejected it: they do not decide it again.
    appealed_against = person_beside()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(appealed_at=None, appealed_by=None, appealed_against=None)
                | Q(appealed_at__isnull=False, appealed_by__isnull=False, appealed_against__isnull=False),
                name="%(class)s_appealed_at_has_by",
            ),
        ]

    if TYPE_CHECKING:
        status: str
        submitted_at: datetime | None
        decided_at: datetime | None
        decided_by: User | None

    @property
    def is_on_appeal(self) -> bool:
        """Whether what waits is the answer to an appeal."""
        waits = self.status == Status.SUBMITTED and self.appealed_at is not None
        return waits and self.appealed_at == self.submitted_at

    @property
    def appeal_until(self) -> datetime | None:
        """Until when its rejection can be appealed against; None where it cannot (any more)."""
        if self.status != Status.REJECTED or self.appealed_at or not self.decided_at:
            return None
        until = self.decided_at + TIME_TO_APPEAL
        return until if until > timezone.now() else None

    @classmethod
    def state_fields(cls) -> list[str]:
        """The appeal too."""
        fields: list[str] = super().state_fields()  # type: ignore[misc]
        return [*fields, "appealed_at", "appealed_by", "appealed_against"]

    def is_open_to(self, move: Move) -> bool:
        """An appeal has its time, and is made once; what is on appeal is not taken back."""
        if move.name == APPEAL and self.status == Status.REJECTED:
            return self.appeal_until is not None
        is_open: bool = super().is_open_to(move)  # type: ignore[misc]
        return is_open and not (move.name == "withdraw" and self.is_on_appeal)

    def why_closed_to(self, move: Move) -> StrOrPromise:
        """Which of these it is."""
        if move.name == APPEAL and self.appealed_at:
            return _("It was appealed against once already, and another officer has answered. That stands.")
        if move.name == APPEAL:
            return _("The 14 days in which you could appeal are over.")
        if move.name == "withdraw" and self.is_on_appeal:
            return _("An appeal cannot be taken back: another officer answers it.")
        words: StrOrPromise = super().why_closed_to(move)  # type: ignore[misc]
        return words

    def details_of(self, move: Move) -> dict[str, Any]:
        """An answer to an appeal says that it is one."""
        details: dict[str, Any] = super().details_of(move)  # type: ignore[misc]
        return {**details, "on_appeal": True} if self.is_on_appeal else details

    def on_move(self, move: Move, *, by: User, at: datetime) -> list[str]:
        """Who appealed, and against whose decision."""
        changed: list[str] = super().on_move(move, by=by, at=at)  # type: ignore[misc]
        if move.name != APPEAL:
            return changed
        self.appealed_at, self.appealed_by, self.appealed_against = at, by, self.decided_by
        return [*changed, "appealed_at", "appealed_by", "appealed_against"]


def words_of(item: Moderated) -> Activity | None:
    """What the author said, while the appeal waits for an answer."""
    if not getattr(item, "is_on_appeal", False):
        return None
    said = Activity.objects.of(item).filter(verb=item.verb(APPEAL))
    return said.select_related("actor").order_by("pk").last()


def answering(item: Moderated) -> list[Posting]:
    """The postings of the office that would answer, or answers, an appeal; none while nobody else has one."""
    without = getattr(item, "appealed_against_id", None) or item.decided_by_id
    return rules.deciding_postings(item.region, item.DUTY, without=without)
