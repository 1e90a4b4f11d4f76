"""The table of moves: what may become of an item, written once for every kind."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Status(models.TextChoices):
    """Where an item stands. The words differ by kind: see common.templatetags.ui.status_label."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Waiting")
    RETURNED = "returned", _("Needs repair")
    APPROVED = "approved", _("Published")
    REJECTED = "rejected", _("Rejected")
    SUSPENDED = "suspended", _("Withdrawn")


class Side(Enum):
    """Who makes a move."""

    AUTHOR = "author"
    OFFICE = "office"


@dataclass(frozen=True)
class Move:
    """One row of the table. `label` is the button, `past` the line in the history."""

    name: str
    sources: Set[Status]
    target: Status
    side: Side
    label: StrOrPromise
    past: StrOrPromise
    needs_reason: bool = False
    # Cites a rule of moderation.guidelines, where the kind of item does (Moderated.CITES_RULES).
    needs_rule: bool = False
    # Exists only for kinds that name it (Moderated.MOVES_CHOSEN).
    by_choice: bool = False


S = Status
_TABLE = (
    Move(
        "submit", {S.DRAFT, S.RETURNED}, S.SUBMITTED, Side.AUTHOR, _("Send for review"), _("Sent for review")
    ),
    Move("withdraw", {S.SUBMITTED}, S.DRAFT, Side.AUTHOR, _("Take back"), _("Taken back by the author")),
    Move("approve", {S.SUBMITTED}, S.APPROVED, Side.OFFICE, _("Approve"), _("Approved")),
    Move(
        "return",
        {S.SUBMITTED},
        S.RETURNED,
        Side.OFFICE,
        _("Ask for repair"),
        _("Returned for repair"),
        needs_reason=True,
    ),
    Move(
        "reject",
        {S.SUBMITTED},
        S.REJECTED,
        Side.OFFICE,
        _("Reject"),
        _("Rejected"),
        needs_reason=True,
        needs_rule=True,
    ),
    Move(
        "suspend",
        {S.APPROVED},
        S.SUSPENDED,
        Side.OFFICE,
        _("Withdraw from the public"),
        _("Withdrawn"),
        needs_reason=True,
        needs_rule=True,
    ),
    Move("restore", {S.SUSPENDED}, S.APPROVED, Side.OFFICE, _("Restore"), _("Restored")),
    Move(
        "publish_first",
        {S.DRAFT},
        S.APPROVED,
        Side.AUTHOR,
        _("Publish"),
        _("Published, to be reviewed after"),
        by_choice=True,
    ),
    Move(
        "confirm",
        {S.APPROVED},
        S.APPROVED,
        Side.OFFICE,
        _("Reviewed, it stays"),
        _("Reviewed after publication"),
        by_choice=True,
    ),
    Move(
        "appeal",
        {S.REJECTED},
        S.SUBMITTED,
        Side.AUTHOR,
        _("Appeal"),
        _("Appealed against the rejection"),
        needs_reason=True,
        by_choice=True,
    ),
)
MOVES: dict[str, Move] = {move.name: move for move in _TABLE}
# With these an author lets the words out of hand: they must be complete, and a version of them is kept.
SENDING = ("submit", "publish_first")
# Where an author may still change the words.
EDITABLE = frozenset({Status.DRAFT, Status.RETURNED})
