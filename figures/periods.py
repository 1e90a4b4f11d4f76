"""The month or the year that figures are about, by the clock of the region."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format

if TYPE_CHECKING:
    from regions.models import Region

_WRITTEN = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2]))?")
FIRST_YEAR = 2000


def zone_of(region: Region | None) -> ZoneInfo:
    """The clock that an office works by; the nation's is that of the capital."""
    return region.zone if region else ZoneInfo(settings.TIME_ZONE)


@dataclass(frozen=True)
class Period:
    """One month, or one year where `month` is 0."""

    year: int
    month: int
    zone: ZoneInfo

    @classmethod
    def current(cls, region: Region | None) -> Period:
        """This month."""
        return cls.at(timezone.now(), zone_of(region))

    @classmethod
    def at(cls, moment: datetime, zone: ZoneInfo) -> Period:
        """The month that calendars of the zone show at the moment."""
        day = moment.astimezone(zone)
        return cls(day.year, day.month, zone)

    @classmethod
    def read(cls, text: str | None, region: Region | None) -> Period | None:
        """What "2026-11" or "2026" means; None for anything else, and for what has not begun."""
        found = _WRITTEN.fullmatch(text or "")
        if not found or int(found[1]) < FIRST_YEAR:
            return None
        period = cls(int(found[1]), int(found[2] or 0), zone_of(region))
        return period if period.start <= timezone.now() else None

    @property
    def first_day(self) -> date:
        """The day it begins."""
        return date(self.year, self.month or 1, 1)

    @property
    def start(self) -> datetime:
        """Its first moment."""
        return self._midnight(self.first_day)

    @property
    def end(self) -> datetime:
        """The first moment after it."""
        if not self.month or self.month == 12:
            return self._midnight(date(self.year + 1, 1, 1))
        return self._midnight(date(self.year, self.month + 1, 1))

    @property
    def as_of(self) -> datetime:
        """The moment that standing figures are about: now, or the end of what has passed."""
        return min(self.end, timezone.now())

    @property
    def is_current(self) -> bool:
        """Whether it goes on."""
        return self.start <= timezone.now() < self.end

    @property
    def before(self) -> Period:
        """The month before, or the year before."""
        if not self.month:
            return Period(self.year - 1, 0, self.zone)
        if self.month == 1:
            return Period(self.year - 1, 12, self.zone)
        return Period(self.year, self.month - 1, self.zone)

    @property
    def closing_month(self) -> str:
        """The slug of the month that it ends with: its own, or December."""
        return f"{self.year}-{self.month or 12:02}"

    @property
    def slug(self) -> str:
        """As addresses write it: "2026-11", "2026"."""
        return f"{self.year}-{self.month:02}" if self.month else str(self.year)

    def __str__(self) -> str:
        """As people write it: "November 2026", "2026"."""
        return date_format(self.first_day, "F Y") if self.month else str(self.year)

    def _midnight(self, day: date) -> datetime:
        return datetime(day.year, day.month, day.day, tzinfo=self.zone)
