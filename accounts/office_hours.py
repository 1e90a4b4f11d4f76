"""When an office works: opening hours of a week, holidays, and a clock that runs only while it is open."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

# Where the clock gives up looking for an open day: nobody closes an office for four years.
LOOK_AHEAD = 1500
WEEKDAYS = range(7)

Hours = tuple[time, time]


@dataclass(frozen=True)
class Week:
    """From when to when each weekday is open, Monday first; None is a closed day."""

    days: tuple[Hours | None, ...]

    @classmethod
    def read(cls, stored: list[Any]) -> Week:
        """The week that a setting or a column holds: seven times ["08:00", "16:00"] or None."""
        return cls(
            tuple((time.fromisoformat(day[0]), time.fromisoformat(day[1])) if day else None for day in stored)
        )

    def stored(self) -> list[list[str] | None]:
        """The same for a column."""
        return [[f"{day[0]:%H:%M}", f"{day[1]:%H:%M}"] if day else None for day in self.days]

    @property
    def open_days(self) -> list[Hours]:
        """The days that are not closed."""
        return [day for day in self.days if day]

    @property
    def day_length(self) -> timedelta:
        """What "a day" of a time limit means: the average of the days that are open."""
        lengths = [_at(date.min, end) - _at(date.min, start) for start, end in self.open_days]
        return sum(lengths, timedelta()) / len(lengths) if lengths else timedelta(days=1)


@dataclass(frozen=True)
class OfficeClock:
    """Counts time while the office is open."""

    week: Week
    zone: ZoneInfo
    holidays: Collection[date] = field(default_factory=frozenset)

    def after(self, moment: datetime, worked: timedelta) -> datetime:
        """The moment at which the office has worked so long since `moment`."""
        left, end = worked, moment
        for start, end in self._openings(moment):
            if left <= end - start:
                return start + left
            left -= end - start
        return end + left

    def between(self, start: datetime, end: datetime) -> timedelta:
        """How long the office is open from one moment to the other; nothing where they stand crosswise."""
        worked = timedelta()
        for opens, closes in self._openings(start):
            if opens >= end:
                break
            worked += min(closes, end) - opens
        return worked

    def is_open(self, moment: datetime) -> bool:
        """Whether somebody is there now."""
        return any(start <= moment for start, _end in self._openings(moment, days=1))

    def _openings(self, moment: datetime, days: int = LOOK_AHEAD) -> Iterator[tuple[datetime, datetime]]:
        """What is left of the day of `moment`, then day after day."""
        first = moment.astimezone(self.zone).date()
        for day in (first + timedelta(days=count) for count in range(days)):
            hours = None if day in self.holidays else self.week.days[day.weekday()]
            if hours is None:
                continue
            start, end = (_at(day, each, self.zone) for each in hours)
            if end > moment:
                yield max(start, moment), end


def _at(day: date, moment: time, zone: ZoneInfo | None = None) -> datetime:
    return datetime.combine(day, moment, tzinfo=zone)
