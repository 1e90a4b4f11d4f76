"""The table of steps: what may become of an aspiration, and who makes it so."""

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
    """Where an aspiration stands."""

    SENT = "sent", _("Sent")
    RECEIVED = "received", _("Received")
    WORKING = "working", _("Being worked on")
    FORWARDED = "forwarded", _("Forwarded")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", _("Closed")
    WITHDRAWN = "withdrawn", _("Taken back")


S = Status
# Where an office still has something to do.
OPEN = (S.SENT, S.RECEIVED, S.WORKING, S.FORWARDED)
HANDLED = (S.ANSWERED, S.CLOSED)
NOT_WITHDRAWN = frozenset(S) - {S.WITHDRAWN}


class Side(Enum):
    """Who makes a step. The portal closes what nobody has closed."""

    AUTHOR = "author"
    OFFICE = "office"
    PORTAL = "portal"


@dataclass(frozen=True)
class Step:
    """One row of the table; without a target the status stays. `label`: the button, `past`: the history."""

    name: str
    sources: Set[Status]
    target: Status | None
    side: Side
    label: StrOrPromise
    past: StrOrPromise
    needs_words: bool = False
    # Only once the office that has it has received it; an answer is not given unread.
    needs_receipt: bool = False

    @property
    def verb(self) -> str:
        """What stands in the history."""
        return f"aspiration.{self.name}"


_AT_WORK = {S.RECEIVED, S.WORKING, S.FORWARDED}
_OFFICE = (
    Step(
        "receive",
        {S.SENT, S.FORWARDED},
        S.RECEIVED,
        Side.OFFICE,
        _("Receive it"),
        _("Received by the office"),
    ),
    Step(
        "work",
        _AT_WORK,
        S.WORKING,
        Side.OFFICE,
        _("Tell what is being done"),
        _("Being worked on"),
        needs_words=True,
        needs_receipt=True,
    ),
    Step(
        "hand_over",
        {S.SENT, *_AT_WORK},
        S.FORWARDED,
        Side.OFFICE,
        _("Hand it to another office"),
        _("Handed to another office"),
    ),
    Step(
        "forward",
        _AT_WORK,
        S.FORWARDED,
        Side.OFFICE,
        _("Forward it"),
        _("Forwarded"),
        needs_receipt=True,
    ),
    Step(
        "answer",
        _AT_WORK,
        S.ANSWERED,
        Side.OFFICE,
        _("Answer"),
        _("Answered"),
        needs_words=True,
        needs_receipt=True,
    ),
    Step(
        "keep_back",
        NOT_WITHDRAWN,
        None,
        Side.OFFICE,
        _("Keep it from the public"),
        _("Kept from the public"),
        needs_words=True,
    ),
    Step("show", NOT_WITHDRAWN, None, Side.OFFICE, _("Show it to the public"), _("Shown to the public")),
)
_AUTHOR = (
    Step("close", {S.ANSWERED}, S.CLOSED, Side.AUTHOR, _("Satisfied, close it"), _("Closed by its author")),
    Step(
        "reopen",
        {S.ANSWERED},
        S.WORKING,
        Side.AUTHOR,
        _("Not solved yet"),
        _("Reopened by its author"),
        needs_words=True,
    ),
    Step(
        "withdraw",
        frozenset(OPEN),
        S.WITHDRAWN,
        Side.AUTHOR,
        _("Take it back"),
        _("Taken back by its author"),
    ),
)
_PORTAL = (
    Step("lapse", {S.ANSWERED}, S.CLOSED, Side.PORTAL, _("Close"), _("Closed 14 days after the answer")),
)

STEPS: dict[str, Step] = {step.name: step for step in (*_OFFICE, *_AUTHOR, *_PORTAL)}
