"""A change of regions in words, for whoever runs the command."""

from __future__ import annotations

from collections.abc import Iterator

from office.decree.applying import Change
from regions.changing.plan import Plan

# More of one sort than this are counted, not listed, unless everything is asked for.
MOST = 40


def tell(change: Change, most: int | None = MOST) -> Iterator[str]:
    """Line by line: what changes, what hangs on it, what is put together, and the counts."""
    if change.did_nothing and not change.problems:
        yield "The regions are as the list says: nothing to do."
        return
    for heading, lines in _plan(change.plan):
        yield from _part(heading, lines, most)
    yield from _part("What hangs on what closes", _hanging(change), most)
    yield from _part("Put together", change.notes, most)
    yield from _part("To be looked at by the office: communities of split villages", change.to_check, most)
    yield from _counts(change)


def _plan(plan: Plan) -> Iterator[tuple[str, list[str]]]:
    yield "New", [f"{code} {entry.name}" for code, entry in plan.added.items()]
    yield "Open again", [f"{code} {entry.name}" for code, entry in plan.reopened.items()]
    yield "Renamed", [_renamed(code, old.label, new.name) for code, (old, new) in plan.renamed.items()]
    by_name = dict.fromkeys(plan.by_name, " (by its name)")
    yield (
        "Given another code",
        [f"{_named(plan, old)} → {new}{by_name.get(old, '')}" for old, new in plan.recoded.items()],
    )
    yield "Merged", [f"{', '.join(old)} → {new}" for new, old in plan.merged.items()]
    yield (
        "Split",
        [
            f"{_named(plan, old)} → {new[0]} (default), {', '.join(new[1:])}"
            for old, new in plan.split.items()
        ],
    )
    yield (
        "Closed without a successor",
        [_named(plan, code) for code in plan.without_successor],
    )


def _named(plan: Plan, code: str) -> str:
    return f"{code} {plan.closed[code].label}" if code in plan.closed else code


def _renamed(code: str, before: str, after: str) -> str:
    return (
        f"{code} {before}: now {after}" if after not in before else f"{code} {before}: another kind or clock"
    )


def _hanging(change: Change) -> list[str]:
    lines = []
    for code, held in change.hanging.items():
        following = change.plan.successors.get(code, [])
        said = ", ".join(f"{number} {label}" for label, number in sorted(held.items()))
        lines.append(f"{code} → {following[0] if following else 'nothing'}: {said}")
    return lines


def _part(heading: str, lines: list[str], most: int | None) -> Iterator[str]:
    if not lines:
        return
    yield f"{heading} ({len(lines)})"
    yield from (f"  {line}" for line in lines[:most])
    if most is not None and len(lines) > most:
        yield f"  … and {len(lines) - most} more (--all lists them)"


def _counts(change: Change) -> Iterator[str]:
    if not change.counts:
        return
    yield f"{'Counts':<42}{'before':>10}{'moved':>10}{'together':>10}{'copied':>10}{'after':>10}"
    for row in change.counts:
        numbers = (row.before, row.moved, row.gone, row.copied, row.after)
        yield f"  {row.label:<40}" + "".join(f"{number:>10,}" for number in numbers)
