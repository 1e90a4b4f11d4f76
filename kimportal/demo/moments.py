"""Times of the demo: relative to the day of loading, by the village's clock, and in Indonesian words.

Content says "3h" (three hours ago), "12d 07.50" (twelve days ago at 07.50), "+3 09.00" and "-9 19.30" (days
ahead and back), "Minggu+ 07.00" and "Sabtu+2 08.30" (the next Sunday, the second Saturday from here). Texts
say {-1} or {+4} for a day around the day of writing, and {Minggu-} for the last Sunday before it.
"""

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WEEKDAYS = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]
MONTHS = [
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
]  # fmt: skip
DAY_IN_TEXT = re.compile(rf"\{{([+-]\d+|(?:{'|'.join(WEEKDAYS)})-)\}}")


def past(ago: str, *, now: datetime, zone: ZoneInfo) -> datetime:
    """The moment that "3h" or "12d 07.50" means. ValueError for anything else."""
    if hours := re.fullmatch(r"(\d+)h", ago):
        return now - timedelta(hours=int(hours[1]))
    days = re.fullmatch(r"(\d+)d (\d\d\.\d\d)", ago)
    if days is None:
        raise ValueError(f"Not a time of the demo: {ago!r}")
    return _by_the_clock(_today(now, zone) - timedelta(days=int(days[1])), days[2], zone)


def planned(when: str, *, now: datetime, zone: ZoneInfo) -> datetime:
    """The moment that "+3 09.00" or "Minggu+ 07.00" means. ValueError for anything else."""
    found = re.fullmatch(rf"(?:([+-]\d+)|({'|'.join(WEEKDAYS)})\+(\d?)) (\d\d\.\d\d)", when)
    if found is None:
        raise ValueError(f"Not a plan of the demo: {when!r}")
    offset, weekday, nth, clock = found.groups()
    today = _today(now, zone)
    if offset:
        return _by_the_clock(today + timedelta(days=int(offset)), clock, zone)
    ahead = (WEEKDAYS.index(weekday) - today.weekday() - 1) % 7 + 1 + 7 * (int(nth or 1) - 1)
    return _by_the_clock(today + timedelta(days=ahead), clock, zone)


def with_days(text: str, written_on: date) -> str:
    """The text with its days spelt as newspapers do: "Jumat (20/11)"."""
    return DAY_IN_TEXT.sub(lambda found: _day_in_text(found[1], written_on), text)


def long_date(day: date) -> str:
    """A date as it stands on paper: 3 November 2026."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _day_in_text(mark: str, written_on: date) -> str:
    if mark.endswith("-"):
        back = (written_on.weekday() - WEEKDAYS.index(mark[:-1]) - 1) % 7 + 1
        day = written_on - timedelta(days=back)
    else:
        day = written_on + timedelta(days=int(mark))
    return f"{WEEKDAYS[day.weekday()]} ({day.day}/{day.month})"


def _today(now: datetime, zone: ZoneInfo) -> date:
    return now.astimezone(zone).date()


def _by_the_clock(day: date, clock: str, zone: ZoneInfo) -> datetime:
    hour, minute = clock.split(".")
    return datetime.combine(day, time(int(hour), int(minute)), zone)
