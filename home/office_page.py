"""The public page of an office: how to reach it, when it is open, what it decides and how fast."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time

from django.db.models import Count
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from accounts import offices
from accounts.models import Holiday, Office, Posting
from accounts.office_hours import OfficeClock
from accounts.roles import DECISIONS, roles_with
from aspirations.deadlines import ANSWER, RECEIVE
from moderation.kinds import kinds
from regions.codes import is_code
from regions.models import Level, Region

# How the address calls the ministry's office, which has no code.
NATION = "nasional"
HOLIDAYS = 5


@dataclass(frozen=True)
class OfficePage:
    """One office, with what it inherits from those above it."""

    region: Region | None
    office: Office | None
    settings: offices.OfficeSettings
    clock: OfficeClock
    holidays: list[Holiday]
    officers: int
    now: datetime

    @classmethod
    def of(cls, code: str) -> OfficePage | None:
        """The page of the office of this region; None where none can be."""
        region = _region(code)
        if region is None and code != NATION:
            return None
        now = timezone.now()
        found = offices.settings_of(region)
        today = now.astimezone(region.zone if region else offices.JAKARTA).date()
        pk = region.pk if region else None
        return cls(
            region=region,
            office=next((office for office in found.offices if office.region_id == pk), None),
            settings=found,
            clock=offices.clock_of(region, now, found),
            holidays=list(offices.holidays_of(region).filter(day__gte=today)[:HOLIDAYS]),
            officers=_officers(region),
            now=now,
        )

    @property
    def is_open(self) -> bool:
        """Whether somebody is there now."""
        return self.clock.is_open(self.now)

    @property
    def hours(self) -> list[tuple[object, tuple[time, time] | None]]:
        """Each weekday with its hours, None where it is closed."""
        return [(WEEKDAYS[number], hours) for number, hours in enumerate(self.settings.week.days)]

    @property
    def limits(self) -> list[tuple[object, int]]:
        """What it decides and answers, with the working days that it may take."""
        return [
            *((model.KIND_LABEL, self.settings.days(kind)) for kind, model in kinds().items()),
            (_("Aspiration, until it is received"), self.settings.days(RECEIVE)),
            (_("Aspiration, until it is answered"), self.settings.days(ANSWER)),
        ]


def _region(code: str) -> Region | None:
    if not is_code(code):
        return None
    found = Region.objects.filter(pk=code, level__lte=Level.REGENCY).select_related("parent")
    return found.first()


def _officers(region: Region | None) -> int:
    roles = {role for duty in DECISIONS for role in roles_with(duty)}
    current = Posting.objects.current().filter(region=region, role__in=roles)
    return int(current.aggregate(people=Count("user", distinct=True))["people"])
