"""Until when an office should have decided: counted in its own office hours, without holidays.

The clock stops while the author repairs. What was left when the item was returned is what the office has when
it comes back, but a working day at least: the new version wants reading too.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from accounts.offices import clock_and_day, clock_of

if TYPE_CHECKING:
    from accounts.office_hours import OfficeClock
    from regions.models import Region


def due_at(kind: str, region: Region, moment: datetime) -> datetime:
    """The deadline of an item of this kind that the region's office gets at `moment`."""
    clock, limit, _day = clock_and_day(region, kind, moment)
    return clock.after(moment, limit)


def due_again(
    kind: str, region: Region, moment: datetime, *, returned_at: datetime, was_due_at: datetime
) -> datetime:
    """The deadline of one that was returned and comes back at `moment`: the rest goes on."""
    clock, limit, day = clock_and_day(region, kind, returned_at)
    left = rest(clock, limit, day, returned_at=returned_at, was_due_at=was_due_at)
    return clock_of(region, moment).after(moment, left)


def rest(
    clock: OfficeClock, limit: timedelta, day: timedelta, *, returned_at: datetime, was_due_at: datetime
) -> timedelta:
    """What the office has left of its time: a day at least, or the limit where that is shorter."""
    return max(clock.between(returned_at, was_due_at), min(day, limit))


def left_at(region: Region, moment: datetime, due: datetime) -> timedelta:
    """The office hours from `moment` to the deadline; nothing once it has passed."""
    return clock_of(region, moment).between(moment, due)
