"""What rows cannot tell of the past, kept at each turn of the month: how much waited, was overdue …

Taken by each place's own clock when its month has just ended; a missed run is made up for within a day.
Later the numbers would be those of another day, and nothing is kept (docs/adr/0027).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Q
from django.db.models.functions import Left, Length
from django.utils import timezone

from figures.definitions import ASPIRATIONS, FIGURES, ITEMS, PATHS, Figure, source
from figures.models import Snapshot
from figures.periods import Period
from moderation.querysets import CODE_LENGTHS
from regions.codes import codes_upwards
from regions.models import Level, Region, TimeZone
from regions.querysets import within_q

if TYPE_CHECKING:
    from figures.counting import Number, Numbers

NATION = ""
# How long after the turn of the month the numbers still pass for those of its end.
TRUE_FOR = timedelta(days=1)
WRITTEN_AT_ONCE = 2000
# By place, then by the name of the figure.
Kept = dict[str, dict[str, int]]


def kept_figures() -> list[Figure]:
    """The figures whose rows do not know the past."""
    return [figure for figure in FIGURES.values() if not figure.has_before]


def take_due() -> int:
    """Keep the month that has just ended, where it is not kept yet. Returns for how many places."""
    return sum(_take(Period.at(timezone.now(), ZoneInfo(name)).before) for name in TimeZone.values)


def _take(ended: Period) -> int:
    """All places of one clock, or none: whoever is killed leaves nothing, and the next run begins again."""
    if timezone.now() - ended.end > TRUE_FOR:
        return 0
    places = Region.objects.open().filter(level__lt=Level.VILLAGE, time_zone=ended.zone.key).values("code")
    if Snapshot.objects.filter(period=ended.slug, place__in=places).exists():
        return 0
    with transaction.atomic():
        taken_at = timezone.now()
        numbers = count_everywhere(ended)
        rows = [
            Snapshot(place=place, period=ended.slug, numbers=numbers[place], taken_at=taken_at)
            for place in (*_nation(ended.zone), *places.values_list("code", flat=True))
        ]
        # Of two that take it in the same moment the first one's stays.
        Snapshot.objects.bulk_create(rows, batch_size=WRITTEN_AT_ONCE, ignore_conflicts=True)
    return len(rows)


def _nation(zone: ZoneInfo) -> tuple[str, ...]:
    return (NATION,) if zone.key == settings.TIME_ZONE else ()


def count_everywhere(period: Period) -> Kept:
    """The kept figures of every place from the districts up to the nation: one grouped query a source."""
    found: Kept = defaultdict(lambda: {figure.name: 0 for figure in kept_figures()})
    for name in (*ITEMS, ASPIRATIONS):
        for row in _by_district(name, period):
            for place in (*codes_upwards(row.pop("code")), NATION):
                for figure, number in row.items():
                    found[place][figure] += number
    return found


def _by_district(name: str, period: Period) -> Iterable[dict]:
    """What lies above the districts, as a forum does, stands under its own region."""
    wanted = {f.name: f.conditions[name](period) for f in kept_figures() if name in f.conditions}
    counts = {figure: Count("pk", filter=condition) for figure, condition in wanted.items()}
    rows = source(name).filter(reduce(or_, wanted.values())).order_by()
    return rows.values(code=Left(f"{PATHS[name]}_id", CODE_LENGTHS[Level.DISTRICT - 1])).annotate(**counts)


def complete(total: Numbers, children: dict[str, Numbers], region: Region | None, period: Period) -> bool:
    """Put in what snapshots know: of the period before, and of this one where it has ended.

    Returns whether the numbers of an ended period are now those of its end. Without a snapshot they
    stay those of today, and no change is told.
    """
    own = region.code if region else NATION
    known = _known(region, period)
    now_of, before_of = known[period.closing_month], known[period.before.closing_month]
    if not period.is_current and own not in now_of:
        return False
    for code in {*now_of, *before_of} - {own}:
        children.setdefault(code, nothing())
    _put_in(total, None if period.is_current else now_of[own], before_of.get(own))
    for code, numbers in children.items():
        # What lies in the region itself and in none beneath: no snapshot is of that alone.
        now, before = (kept.get(code) if code != own else None for kept in (now_of, before_of))
        _put_in(numbers, None if period.is_current else now or {}, before)
    return not period.is_current


def nothing(*, is_remembered: bool = False) -> Numbers:
    """The figures of a place where nothing is; what an ended month had is unknown without a snapshot."""
    numbers: Numbers = {
        name: (None, None) if figure.is_median else (0, 0) for name, figure in FIGURES.items()
    }
    for figure in kept_figures():
        numbers[figure.name] = (None if is_remembered else 0, None)
    return numbers


def _put_in(numbers: Numbers, now: dict[str, int] | None, before: dict[str, int] | None) -> None:
    """`now` is None where the numbers of now stay."""
    for figure in kept_figures():
        number: Number = numbers[figure.name][0] if now is None else now.get(figure.name)
        numbers[figure.name] = (number, before.get(figure.name) if before else None)


def _known(region: Region | None, period: Period) -> dict[str, Kept]:
    """What is kept of a region and of those directly beneath, by month."""
    found: dict[str, Kept] = {period.closing_month: {}, period.before.closing_month: {}}
    own = region.code if region else NATION
    beneath = CODE_LENGTHS[min(region.level if region else 0, len(CODE_LENGTHS) - 1)]
    rows = Snapshot.objects.alias(length=Length("place")).filter(
        Q(place=own) | (within_q("place", region) & Q(length=beneath)), period__in=list(found)
    )
    for month, place, numbers in rows.values_list("period", "place", "numbers"):
        found[month][place] = numbers
    return found
