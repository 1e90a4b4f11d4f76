"""What each step changes beside the status, and when it fits. aspirations.actions makes the steps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from accounts.offices import office_name
from aspirations.steps import Status, Step
from moderation.errors import TransitionRefused

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from accounts.models import User
    from aspirations.models import Aspiration
    from regions.models import Region

NAME_LENGTH, LAPOR_LENGTH = 160, 40


@dataclass(frozen=True)
class Said:
    """Who makes a step, when, and what they say with it."""

    by: User | None
    at: datetime
    words: str = ""
    office: Region | None = None
    forwarded_to: str = ""
    lapor_number: str = ""


def fits(aspiration: Aspiration, step: Step) -> bool:
    """Whether the step can be made from where the aspiration is."""
    if aspiration.status not in step.sources or (step.needs_receipt and not aspiration.is_received):
        return False
    return _ALSO.get(step.name, lambda _aspiration: True)(aspiration)


def due_at(aspiration: Aspiration) -> datetime:
    """Which of the two limits counts."""
    return aspiration.answer_due_at if aspiration.is_received else aspiration.receive_due_at


def details_of(step: Step, said: Said) -> dict[str, str]:
    """What the history keeps beside the words: to whom it was sent on, and under which number."""
    if step.name == "hand_over":
        return {"to": _name_of(said.office)}
    if step.name != "forward":
        return {}
    number = {"lapor": said.lapor_number[:LAPOR_LENGTH]} if said.lapor_number else {}
    return {"to": said.forwarded_to[:NAME_LENGTH], **number}


# What must hold besides the status.
_ALSO: dict[str, Callable[[Aspiration], bool]] = {
    "receive": lambda aspiration: not aspiration.is_received,
    "reopen": lambda aspiration: aspiration.reopened_at is None,
    "keep_back": lambda aspiration: aspiration.is_public and not aspiration.is_kept_back,
    "show": lambda aspiration: aspiration.is_kept_back,
}


def _receive(aspiration: Aspiration, said: Said) -> None:
    aspiration.received_at, aspiration.received_by = said.at, said.by
    if aspiration.is_public and not aspiration.is_kept_back and aspiration.shown_at is None:
        aspiration.shown_at = said.at


def _hand_over(aspiration: Aspiration, said: Said) -> None:
    aspiration.desk = said.office
    aspiration.received_at = aspiration.received_by = None
    aspiration.forwarded_at, aspiration.forwarded_by = said.at, said.by
    aspiration.forwarded_to = _name_of(said.office)
    aspiration.lapor_number = ""


def _forward(aspiration: Aspiration, said: Said) -> None:
    if not said.forwarded_to:
        raise TransitionRefused(_("Say to whom it is forwarded."))
    aspiration.forwarded_at, aspiration.forwarded_by = said.at, said.by
    aspiration.forwarded_to, aspiration.lapor_number = (
        said.forwarded_to[:NAME_LENGTH],
        said.lapor_number[:LAPOR_LENGTH],
    )


def _name_of(office: Region | None) -> str:
    return office_name(office)[:NAME_LENGTH]


def _answer(aspiration: Aspiration, said: Said) -> None:
    aspiration.answer, aspiration.answered_at, aspiration.answered_by = said.words, said.at, said.by


def _reopen(aspiration: Aspiration, said: Said) -> None:
    aspiration.reopened_at, aspiration.reopened_by = said.at, said.by


def _close(aspiration: Aspiration, said: Said) -> None:
    aspiration.closed_at, aspiration.closed_by = said.at, said.by


def _withdraw(aspiration: Aspiration, said: Said) -> None:
    aspiration.withdrawn_at, aspiration.withdrawn_by = said.at, said.by


def _keep_back(aspiration: Aspiration, said: Said) -> None:
    aspiration.kept_back_at, aspiration.kept_back_by = said.at, said.by
    aspiration.kept_back_reason = said.words


def _show(aspiration: Aspiration, said: Said) -> None:
    aspiration.kept_back_at = aspiration.kept_back_by = None
    aspiration.kept_back_reason = ""
    was_received = aspiration.is_received or aspiration.status != Status.SENT
    if was_received and aspiration.shown_at is None:
        aspiration.shown_at = said.at


def _nothing(aspiration: Aspiration, said: Said) -> None:
    pass


EFFECTS: dict[str, Callable[[Aspiration, Said], None]] = {
    "receive": _receive,
    "work": _nothing,
    "hand_over": _hand_over,
    "forward": _forward,
    "answer": _answer,
    "keep_back": _keep_back,
    "show": _show,
    "close": _close,
    "reopen": _reopen,
    "withdraw": _withdraw,
    "lapse": _close,
}
