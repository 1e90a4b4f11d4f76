"""The table of moves: what may become of an item, written once for every kind."""

from dataclasses import dataclass
from enum import Enum

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
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
    sources: frozenset[Status]
    target: Status
    side: Side
    needs_reason: bool
    label: Promise
    past: Promise


def _move(
    name: str, sources: set[Status], target: Status, side: Side, reason: bool, label: Promise, past: Promise
) -> tuple[str, Move]:
    return name, Move(name, frozenset(sources), target, side, reason, label, past)


S = Status
MOVES: dict[str, Move] = dict(
    [
        _move(
            "submit",
            {S.DRAFT, S.RETURNED},
            S.SUBMITTED,
            Side.AUTHOR,
            False,
            _("Send for review"),
            _("Sent for review"),
        ),
        _move(
            "withdraw",
            {S.SUBMITTED},
            S.DRAFT,
            Side.AUTHOR,
            False,
            _("Take back"),
            _("Taken back by the author"),
        ),
        _move("approve", {S.SUBMITTED}, S.APPROVED, Side.OFFICE, False, _("Approve"), _("Approved")),
        _move(
            "return",
            {S.SUBMITTED},
            S.RETURNED,
            Side.OFFICE,
            True,
            _("Ask for repair"),
            _("Returned for repair"),
        ),
        _move("reject", {S.SUBMITTED}, S.REJECTED, Side.OFFICE, True, _("Reject"), _("Rejected")),
        _move(
            "suspend",
            {S.APPROVED},
            S.SUSPENDED,
            Side.OFFICE,
            True,
            _("Withdraw from the public"),
            _("Withdrawn"),
        ),
        _move("restore", {S.SUSPENDED}, S.APPROVED, Side.OFFICE, False, _("Restore"), _("Restored")),
    ]
)
# Where an author may still change the words.
EDITABLE = frozenset({Status.DRAFT, Status.RETURNED})
