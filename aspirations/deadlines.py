"""Until when an office should have received and answered: counted in its own office hours."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from accounts.offices import clock_of, settings_of

if TYPE_CHECKING:
    from regions.models import Region

# The names under which the number of working days stands in the settings.
RECEIVE, ANSWER = "aspiration_receive", "aspiration_answer"


class Deadlines(NamedTuple):
    """Both limits of an aspiration that an office gets at one moment."""

    receive: datetime
    answer: datetime


def working_days(desk: Region | None) -> tuple[int, int]:
    """How many working days the desk's office has to receive and to answer."""
    found = settings_of(desk)
    return found.days(RECEIVE), found.days(ANSWER)


def deadlines(desk: Region | None, moment: datetime) -> Deadlines:
    """The limits of the desk's office."""
    found = settings_of(desk)
    clock, day = clock_of(desk, moment, found), found.week.day_length
    return Deadlines(*(clock.after(moment, day * found.days(name)) for name in (RECEIVE, ANSWER)))
