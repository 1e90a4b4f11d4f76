"""Counts every figure by the regions directly beneath: one grouped query a source, however large it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.db.models import Count, Q, QuerySet, Value
from django.db.models.fields import CharField
from django.db.models.functions import Left
from django.utils import timezone

from figures import snapshots
from figures.definitions import (
    ARTICLES,
    ASPIRATIONS,
    COMMUNITIES,
    EVENTS,
    FIGURES,
    PATHS,
    TOOK,
    VILLAGES,
    source,
)
from figures.models import Tally
from figures.periods import Period
from moderation.querysets import CODE_LENGTHS
from regions.querysets import within_q

if TYPE_CHECKING:
    from regions.models import Region

# What people write: millions of rows.
WRITTEN = (ARTICLES, EVENTS, ASPIRATIONS)
# How old a figure on a screen may be.
FRESH_FOR = timedelta(minutes=1)
KEPT_FOR = timedelta(days=1)
# The first half of an advisory lock's key: these locks are about counting.
LOCK = 7320
Number = float | int | None
Numbers = dict[str, tuple[Number, Number]]


@dataclass(frozen=True)
class Counted:
    """The figures of a region: as a whole, and for each region directly beneath by code."""

    total: Numbers
    children: dict[str, Numbers]
    counted_at: datetime
    # Whether what waits is that of the end of a month that has ended, and not that of today.
    is_remembered: bool = False

    def of(self, code: str) -> Numbers:
        """The figures of one region beneath; zeros where nothing is."""
        return self.children.get(code) or snapshots.nothing(is_remembered=self.is_remembered)


def counted(region: Region | None, period: Period) -> Counted:
    """The figures, counted now or up to a minute ago. Who asks while somebody counts them waits for that."""
    place = region.code if region else ""
    kept = _kept(place, period)
    if kept is not None:
        return kept
    with transaction.atomic(savepoint=False):
        waited = _wait_for_turn(place, period)
        return (waited and _kept(place, period)) or _keep(place, period, count(region, period))


def count_ahead() -> None:
    """Count the nation anew before its figures are too old, so that nobody who opens them waits."""
    period = Period.current(None)
    with transaction.atomic(savepoint=False):
        if not _wait_for_turn("", period):
            _keep("", period, count(None, period))


def _kept(place: str, period: Period) -> Counted | None:
    kept = Tally.objects.filter(place=place, period=period.slug).first()
    # A month that has ended in the meantime is counted as a whole.
    if kept is None or timezone.now() - kept.counted_at >= FRESH_FOR:
        return None
    numbers = kept.numbers
    if FIGURES.keys() - numbers["total"].keys():  # counted by the release before, which knew fewer
        return None
    is_remembered = numbers.get("is_remembered", False)
    return Counted(numbers["total"], numbers["children"], kept.counted_at, is_remembered)


def _keep(place: str, period: Period, fresh: Counted) -> Counted:
    numbers = {"total": fresh.total, "children": fresh.children, "is_remembered": fresh.is_remembered}
    Tally.objects.bulk_create(
        [Tally(place=place, period=period.slug, numbers=numbers, counted_at=fresh.counted_at)],
        update_conflicts=True,
        unique_fields=["place", "period"],
        update_fields=["numbers", "counted_at"],
    )
    return fresh


def _wait_for_turn(place: str, period: Period) -> bool:
    """One at a time counts the same figures, until the transaction ends; whether somebody was before us."""
    name = f"{place} {period.slug}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, hashtext(%s))", [LOCK, name])
        if cursor.fetchone()[0]:
            return False
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [LOCK, name])
    return True


def forget_old() -> None:
    """Throw away what nobody reads any more."""
    Tally.objects.filter(counted_at__lt=timezone.now() - KEPT_FOR).delete()


def count(region: Region | None, period: Period) -> Counted:
    """The figures as they are at this moment."""
    now = timezone.now()
    length = CODE_LENGTHS[min(region.level if region else 0, len(CODE_LENGTHS) - 1)]
    children: dict[str, Numbers] = {}
    for rows in _rows(region, period, length):
        for row in rows:
            _add(children.setdefault(row.pop("child"), snapshots.nothing()), row)
    total = _sum(children.values())
    for name, code, is_now, hours in _medians(region, period, length):
        numbers = total if code is None else children.setdefault(code, snapshots.nothing())
        was = numbers[name]
        numbers[name] = (hours, was[1]) if is_now else (was[0], hours)
    for numbers in (total, *children.values()):
        _subtract(numbers)
    is_remembered = snapshots.complete(total, children, region, period)
    return Counted(total, children, now, is_remembered)


def _rows(region: Region | None, period: Period, length: int) -> Iterator[Iterable[dict[str, Any]]]:
    """What is counted, in three questions: what is written and asked comes with one."""
    for name in (COMMUNITIES, VILLAGES):
        counts = {
            column: Count("pk", filter=condition) if condition else Count("pk")
            for column, condition in _conditions(name, period).items()
        }
        yield _grouped(name, region, length).annotate(**counts)
    yield _written(region, period, length)


def _written(region: Region | None, period: Period, length: int) -> Iterator[dict[str, Any]]:
    """Of millions of rows each figure reads its own by their index: as one OR they were all read."""
    parts = [
        _grouped(name, region, length)
        .filter(condition)
        .annotate(column=Value(column, CharField()), number=Count("pk"))
        .values_list("child", "column", "number")
        for name in WRITTEN
        for column, condition in _conditions(name, period).items()
    ]
    for child, column, number in parts[0].union(*parts[1:], all=True):
        yield {"child": child, column: number}


def _grouped(name: str, region: Region | None, length: int) -> QuerySet:
    """One row for each region beneath that has anything."""
    path = PATHS[name]
    rows = source(name).filter(within_q(path, region)).order_by()
    return rows.values(child=Left(_code(path), length, output_field=CharField()))


def _conditions(name: str, period: Period) -> dict[str, Q]:
    """Two columns for each figure of the source, and which rows they count."""
    conditions: dict[str, Q] = {}
    for figure in FIGURES.values():
        if name not in figure.conditions or figure.less or figure.is_median:
            continue
        times = {"now": period, "before": period.before} if figure.has_before else {"now": period}
        for when, at in times.items():
            conditions[f"{figure.name}__{when}"] = figure.conditions[name](at)
    return conditions


def _code(path: str) -> str:
    return path if path == "code" else f"{path}_id"


def _add(numbers: Numbers, row: dict[str, int]) -> None:
    for column, more in row.items():
        name, _, when = column.rpartition("__")
        now, before = numbers[name]
        if when == "now":
            numbers[name] = ((now or 0) + more, before)
        else:
            numbers[name] = (now, (before or 0) + more)


def _sum(parts: Any) -> Numbers:
    total = snapshots.nothing()
    for part in parts:
        for name, (now, before) in part.items():
            if not FIGURES[name].is_median:
                total[name] = ((total[name][0] or 0) + now, (total[name][1] or 0) + (before or 0))
    return total


def _subtract(numbers: Numbers) -> None:
    for figure in FIGURES.values():
        if figure.less:
            whole, part = (numbers[name] for name in figure.less)
            numbers[figure.name] = ((whole[0] or 0) - (part[0] or 0), (whole[1] or 0) - (part[1] or 0))
        elif not figure.has_before:
            numbers[figure.name] = (numbers[figure.name][0], None)


def _medians(region: Region | None, period: Period, length: int) -> list[tuple[str, str | None, bool, float]]:
    """Each figure's hours, the middle one: by region beneath, and of all (child None). One query."""
    parts = [
        source(name)
        .filter(within_q("region", region))
        .filter(condition(at))
        .order_by()
        .annotate(
            figure=Value(figure.name),
            child=Left("region_id", length, output_field=CharField()),
            is_now=Value(at == period),
            took=TOOK[name],
        )
        .values_list("figure", "child", "is_now", "took")
        for figure in FIGURES.values()
        if figure.is_median
        for name, condition in figure.conditions.items()
        for at in (period, period.before)
    ]
    sql, params = parts[0].union(*parts[1:], all=True).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT figure, child, is_now, "  # noqa: S608 - the ORM's own SQL
            "percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM took) / 3600.0)::float8 "
            f"FROM ({sql}) AS decided (figure, child, is_now, took) "
            "GROUP BY GROUPING SETS ((figure, child, is_now), (figure, is_now))",
            params,
        )
        return list(cursor.fetchall())
