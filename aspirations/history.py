"""What became of an aspiration (tindak lanjut), as its author, its office, or everybody reads it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from activity.models import Activity
from aspirations.steps import STEPS, Side
from aspirations.verbs import ARRIVE, SEND

if TYPE_CHECKING:
    from datetime import datetime

    from django_stubs_ext import StrOrPromise

    from accounts.models import User
    from aspirations.models import Aspiration

# What stays between the office and the author: they talk of what others should not read.
INSIDE = {ARRIVE, "aspiration.keep_back", "aspiration.show"}
SIDES = {step.verb: step.side for step in STEPS.values()}


@dataclass(frozen=True)
class Entry:
    """One line of the history, as components/timeline.html shows it."""

    label: StrOrPromise
    happened_at: datetime
    reason: str
    actor: User | None


def entries(aspiration: Aspiration, *, inside: bool) -> list[Entry]:
    """Oldest first. Not inside: without what its author and the office said to each other alone."""
    return [
        Entry(_label(one), one.happened_at, _reason(one, aspiration, inside=inside), one.actor)
        for one in Activity.objects.of(aspiration)
        if one.verb != ARRIVE and (inside or one.verb not in INSIDE)
    ]


def _label(one: Activity) -> str:
    to, lapor = one.details.get("to", ""), one.details.get("lapor", "")
    words = f"{one.label}: {to}" if to else str(one.label)
    return f"{words} (SP4N-LAPOR! {lapor})" if lapor else words


def _reason(one: Activity, aspiration: Aspiration, *, inside: bool) -> str:
    """The words of the step; the answer that stands above the history is not said twice."""
    if one.verb == SEND or (not inside and SIDES.get(one.verb) is Side.AUTHOR):
        return ""
    is_shown_above = one.verb == "aspiration.answer" and one.reason == aspiration.answer
    return "" if is_shown_above else one.reason
