"""How the office of a region works: its own settings, else those of the office above, else the portal's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import Holiday, Office, SavedReply
from accounts.office_hours import OfficeClock, Week

if TYPE_CHECKING:
    from regions.models import Region

# Where the ministry's office works.
JAKARTA = ZoneInfo("Asia/Jakarta")
# How far ahead holidays matter to a deadline.
HORIZON = timedelta(days=730)


@dataclass(frozen=True)
class OfficeSettings:
    """What holds in one region. `offices` are those of the region and above it, nearest first."""

    offices: Sequence[Office]

    @property
    def minimum_members(self) -> int:
        """How many members a community needs."""
        return int(self.value("minimum_members"))

    @property
    def dormant_months(self) -> int:
        """After how many months without news or events a community counts as dormant."""
        return int(self.value("dormant_months"))

    @property
    def kim_check_facts(self) -> bool:
        """Whether KIM may write fact checks, and not the office alone."""
        return bool(self.value("kim_check_facts"))

    @property
    def trust_items(self) -> int:
        """How many items in a row, approved unchanged, make a community one that may be trusted."""
        return int(self.value("trust_items"))

    @property
    def trust_days(self) -> int:
        """In how many days these items were approved."""
        return int(self.value("trust_days"))

    @property
    def week(self) -> Week:
        """The opening hours."""
        return Week.read(self.value("hours"))

    def days(self, kind: str) -> int:
        """How many working days a decision on this kind of item may take."""
        for office in self.offices:
            if kind in office.review_days:
                return int(office.review_days[kind])
        return int(settings.MODERATION_DAYS[kind])

    def value(self, name: str) -> Any:
        """The nearest office's own value of a setting, else the portal's."""
        for office in self.offices:
            if getattr(office, name) is not None:
                return getattr(office, name)
        return settings.OFFICE_DEFAULTS[name]


def office_name(region: Region | None) -> str:
    """The name of the office of a region; of none, the ministry's. Data: offices change their names."""
    found = _office(region)
    if found:
        return found.name
    if region is None:
        return str(settings.MINISTRY_NAME)
    return _("the office of %(region)s") % {"region": region.label}


def settings_of(region: Region | None) -> OfficeSettings:
    """What holds in the region: one query, however many settings are asked for afterwards."""
    found = Office.objects.filter(_at_or_above(region))
    return OfficeSettings(sorted(found, key=lambda office: office.region_id or "", reverse=True))


def setting_for(region: Region | None, name: str) -> Any:
    """One setting: minimum_members, dormant_months, hours."""
    return settings_of(region).value(name)


def days_for(region: Region | None, kind: str) -> int:
    """How many working days the office may take to decide on this kind of item."""
    return settings_of(region).days(kind)


def own_values(name: str) -> dict[str, Any]:
    """What each office has set itself, by its code ("" is the nation): for jobs over all regions.

    resolve() finds the value of a region in it.
    """
    rows = Office.objects.exclude(**{name: None}).values_list("region_id", name)
    return {"": settings.OFFICE_DEFAULTS[name]} | {code or "": value for code, value in rows}


def resolve(values: dict[str, Any], region: Region) -> Any:
    """The value of own_values() that holds in the region."""
    return next(values[code] for code in [*region.ancestor_codes, ""] if code in values)


def holidays_of(region: Region | None) -> QuerySet[Holiday]:
    """The days on which the region's office is closed: its own, those above it, the nation's."""
    return Holiday.objects.filter(_at_or_above(region)).select_related("region")


def clock_of(region: Region | None, moment: datetime, known: OfficeSettings | None = None) -> OfficeClock:
    """The clock that runs while the region's office is open, with the holidays from `moment` on."""
    return _clock(known or settings_of(region), region, moment)


def clock_and_day(
    region: Region | None, kind: str, moment: datetime
) -> tuple[OfficeClock, timedelta, timedelta]:
    """The office's clock, its time limit for this kind, and the length of one of its days."""
    found = settings_of(region)
    day = found.week.day_length
    return _clock(found, region, moment), day * found.days(kind), day


def replies_of(region: Region | None) -> QuerySet[SavedReply]:
    """The saved replies of the region's office and those above it, by title."""
    above = Q(office__region=None)
    if region is not None:
        above |= Q(office__region__in=region.ancestor_codes)
    return SavedReply.objects.filter(above).select_related("office")


def _office(region: Region | None) -> Office | None:
    """The office, asked for only where it did not come with the region."""
    if region is not None and "office" in region._state.fields_cache:
        return getattr(region, "office", None)
    return Office.objects.filter(region=region).first()


def _clock(found: OfficeSettings, region: Region | None, moment: datetime) -> OfficeClock:
    zone = region.zone if region else JAKARTA
    first: date = moment.astimezone(zone).date()
    days = Holiday.objects.filter(_at_or_above(region), day__range=(first, first + HORIZON))
    return OfficeClock(found.week, zone, frozenset(days.values_list("day", flat=True)))


def _at_or_above(region: Region | None) -> Q:
    above = Q(region=None)
    return above if region is None else above | Q(region__in=region.ancestor_codes)
