"""Brings a decree's list of regions into the portal: all of it in one transaction, or nothing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import connection, transaction

from accounts.models import User
from figures.models import Tally
from office.decree import history
from office.decree.rules import RULES
from regions.changing import holders, plan, writing
from regions.changing.errors import ChangeRefused
from regions.changing.holders import Holder, Merged
from regions.changing.lists import Entry, Pair
from regions.changing.plan import Plan

_LOCK = "SELECT pg_advisory_xact_lock(hashtext('change_regions'))"


@dataclass(frozen=True)
class Counted:
    """One holder before and after: what moved, what was put together, what was copied."""

    label: str
    before: int
    moved: int
    gone: int
    copied: int
    after: int


@dataclass
class Change:
    """What a list changes, or has changed."""

    plan: Plan
    # By closed code: how many rows of which holder lie there.
    hanging: dict[str, Counter[str]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    counts: list[Counted] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    # Communities of split villages: they went to the default, and the office looks at each.
    to_check: list[str] = field(default_factory=list)

    @property
    def did_nothing(self) -> bool:
        """Whether nothing is left to do."""
        return self.plan.changes_nothing and not any(row.moved for row in self.counts)


@transaction.atomic
def change_regions(
    wanted: dict[str, Entry],
    pairs: list[Pair],
    *,
    by: User | None,
    decree: str,
    only: Iterable[str] = (),
    apply: bool = False,
) -> Change:
    """Compare, rehearse, and keep it only where `apply` says so: what a dry run tells is what would happen.

    by: who answers for it in the history; only a rehearsal goes without. With `problems` nothing was tried.
    ChangeRefused where list and mapping contradict each other, or where the counts do not agree in the end.
    """
    if apply and by is None:
        raise ChangeRefused(
            ["Say who answers for it in the history: --by with the e-mail address of an account."]
        )
    moved = holders.moving(RULES)
    with connection.cursor() as cursor:
        cursor.execute(_LOCK)
    holders.lock(moved)
    change = Change(plan.compare(wanted, pairs, only))
    change.hanging = _hanging(moved, change.plan)
    change.problems = _problems(change)
    if not change.problems:
        _bring_in(change, moved, by, decree)
    if change.problems or not apply:
        transaction.set_rollback(True)
    return change


def _hanging(moved: list[Holder], found: Plan) -> dict[str, Counter[str]]:
    codes = {*found.closed, *found.successors}
    hanging: dict[str, Counter[str]] = defaultdict(Counter)
    for holder in moved:
        for code, number in holders.hanging(holder, codes).items():
            hanging[code][holder.label] += number
    return dict(sorted(hanging.items()))


def _problems(change: Change) -> list[str]:
    """Regions that end without a successor although something hangs on them, or that never just end."""
    problems = []
    for code in change.plan.without_successor:
        region = change.plan.closed[code]
        if code in change.hanging:
            held = ", ".join(f"{number} {label}" for label, number in sorted(change.hanging[code].items()))
            problems.append(
                f"{code} {region.label} closes, and nothing follows it, but these hang on it: {held}."
            )
        elif plan.always_followed(code):
            problems.append(
                f"{code} {region.label} closes, and nothing follows it. Name its successor in the mapping, "
                f"or say with --only which regions the list speaks for."
            )
    return problems


def _bring_in(change: Change, moved: list[Holder], by: User | None, decree: str) -> None:
    writing.write(change.plan, decree)
    holders.prepare()
    going = history.communities_that_move()
    for holder in moved:
        _move(change, holder, by)
    change.to_check = history.record(change.plan, going, by=by, decree=decree)
    Tally.objects.all().delete()


def _move(change: Change, holder: Holder, by: User | None) -> None:
    """Move one field, and see that every row is where it should be."""
    before, expected = holders.total(holder), holders.per_successor(holder)
    clear_way = RULES[holder.label].clear_way
    merged = clear_way(by) if clear_way else Merged()
    moved = holders.move(holder)
    counted = Counted(holder.label, before, moved, merged.gone, merged.copied, holders.total(holder))
    change.counts.append(counted)
    change.notes += merged.notes
    _compare_counts(holder, counted, expected, holders.per_successor(holder))


def _compare_counts(
    holder: Holder, counted: Counted, expected: dict[str, int], found: dict[str, int]
) -> None:
    """ChangeRefused where a row was lost, came from nowhere, or stayed behind."""
    difference = counted.copied - counted.gone
    agrees = (
        counted.after == counted.before + difference
        and sum(found.values()) == sum(expected.values()) + difference
        and (counted.gone or counted.copied or found == expected)
        and not holders.left_behind(holder)
    )
    if not agrees:
        said = f"{counted.before} rows before, {counted.moved} moved, {counted.gone} put together, "
        said += f"{counted.copied} copied, but {counted.after} after. Nothing was changed."
        raise ChangeRefused([f"{holder.label}: {said}"])
