"""Compares a decree's list with the regions there are: what is new, renamed, closed, and what follows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from regions.changing.errors import ChangeRefused
from regions.changing.lists import Entry, Pair
from regions.codes import level_of
from regions.models import Level, Region, RegionSuccession
from regions.querysets import within_q


@dataclass
class Plan:
    """What a list changes. `successors` holds those of each code that closes, the default first."""

    added: dict[str, Entry] = field(default_factory=dict)
    reopened: dict[str, Entry] = field(default_factory=dict)
    # By code: the region as it is, and as it will be.
    renamed: dict[str, tuple[Region, Entry]] = field(default_factory=dict)
    closed: dict[str, Region] = field(default_factory=dict)
    successors: dict[str, list[str]] = field(default_factory=dict)
    # Those among them that no mapping names: found by the same name under what follows the region above.
    by_name: set[str] = field(default_factory=set)

    @property
    def changes_nothing(self) -> bool:
        """Whether the table says already what the list says."""
        return not (self.added or self.reopened or self.renamed or self.closed or self.successors)

    @property
    def split(self) -> dict[str, list[str]]:
        """Codes that close with several successors."""
        return {old: new for old, new in self.successors.items() if len(new) > 1}

    @property
    def merged(self) -> dict[str, list[str]]:
        """Codes with what goes into them, where that is several regions or joins one that goes on."""
        into: dict[str, list[str]] = defaultdict(list)
        for old, new in self.successors.items():
            into[new[0]].append(old)
        fresh = self.added.keys() | self.reopened.keys()
        return {new: old for new, old in into.items() if len(old) > 1 or new not in fresh}

    @property
    def recoded(self) -> dict[str, str]:
        """Codes that simply became another."""
        joined = {old for group in self.merged.values() for old in group}
        return {old: new[0] for old, new in self.successors.items() if len(new) == 1 and old not in joined}

    @property
    def without_successor(self) -> list[str]:
        """Codes that close and that nothing follows."""
        return [code for code in self.closed if code not in self.successors]


def compare(wanted: dict[str, Entry], pairs: list[Pair], only: Iterable[str] = ()) -> Plan:
    """The plan of a list and its mapping. ChangeRefused where they contradict each other or the table."""
    spoken_for = _known(tuple(only))
    plan = _differences(wanted, spoken_for)
    _check_above(wanted)
    plan.successors = _mapped(plan, wanted, pairs, {*plan.closed, *_ended_before(spoken_for)})
    _find_by_name(plan)
    plan.successors = {code: plan.successors[code] for code in sorted(plan.successors)}
    return plan


def _known(only: tuple[str, ...]) -> dict[str, Region]:
    within = Q()
    for code in only:
        within |= within_q("code", code)
    return {region.code: region for region in Region.objects.filter(within).order_by("code")}


def _differences(wanted: dict[str, Entry], known: dict[str, Region]) -> Plan:
    plan = Plan()
    for code, entry in sorted(wanted.items()):
        region = known.get(code)
        if region is None:
            plan.added[code] = entry
        elif region.closed_at:
            plan.reopened[code] = entry
        elif (region.name, region.kind, region.time_zone) != (entry.name, entry.kind, entry.time_zone):
            plan.renamed[code] = (region, entry)
    plan.closed = {
        code: region for code, region in known.items() if not region.closed_at and code not in wanted
    }
    return plan


def _check_above(wanted: dict[str, Entry]) -> None:
    """A list of a part needs the regions above it."""
    above = {entry.parent for entry in wanted.values() if entry.parent and entry.parent not in wanted}
    there = set(Region.objects.open().filter(code__in=above).values_list("code", flat=True))
    if missing := sorted(above - there):
        raise ChangeRefused(
            [f"{code} is no region of today, but the list names what lies in it." for code in missing]
        )


def _ended_before(known: dict[str, Region]) -> set[str]:
    """Codes that closed earlier and that nothing follows as yet: a mapping may still name what does."""
    closed = {code for code, region in known.items() if region.closed_at}
    return closed - set(RegionSuccession.objects.values_list("old_id", flat=True))


def _mapped(
    plan: Plan, wanted: dict[str, Entry], pairs: list[Pair], ending: set[str]
) -> dict[str, list[str]]:
    """What the mapping says of codes that end; what an earlier change has done already is passed over."""
    done = set(RegionSuccession.objects.values_list("old_id", "new_id"))
    elsewhere = {pair.new for pair in pairs} - wanted.keys()
    goes_on = set(Region.objects.open().filter(code__in=elsewhere).values_list("code", flat=True))
    found: dict[str, list[str]] = defaultdict(list)
    problems = []
    for pair in sorted(pairs, key=lambda pair: (pair.old, not pair.is_default, pair.new)):
        if (pair.old, pair.new) in done and pair.old not in ending:
            continue
        if trouble := _trouble(pair, ending, wanted, goes_on):
            problems.append(f"The mapping, line {pair.line}: {trouble}")
        else:
            found[pair.old].append(pair.new)
    if problems:
        raise ChangeRefused(problems)
    return dict(found)


def _trouble(pair: Pair, ending: set[str], wanted: dict[str, Entry], goes_on: set[str]) -> str:
    if pair.old in wanted:
        return f"{pair.old} still stands in the list, so nothing follows it."
    if pair.old not in ending:
        return f"{pair.old} is no region of today that the list speaks for."
    if pair.new not in wanted and (pair.new not in goes_on or pair.new in ending):
        return f"{pair.new} is no region after the change."
    return ""


def _find_by_name(plan: Plan) -> None:
    """What lies in a region with another code is followed by its namesake there, from above downwards."""
    fresh: dict[tuple[str | None, str], list[str]] = defaultdict(list)
    for code, entry in {**plan.added, **plan.reopened}.items():
        fresh[entry.parent, entry.name.casefold()].append(code)
    taken = {new for following in plan.successors.values() for new in following}
    for code, region in sorted(plan.closed.items(), key=lambda item: (item[1].level, item[0])):
        if code in plan.successors:
            continue
        parents = plan.successors.get(region.parent_id or "", [region.parent_id or ""])
        namesakes = [
            new
            for parent in parents
            for new in fresh[parent or None, region.name.casefold()]
            if new not in taken
        ]
        if chosen := _one_of(namesakes, code):
            plan.successors[code] = [chosen]
            plan.by_name.add(code)
            taken.add(chosen)


def _one_of(namesakes: list[str], code: str) -> str:
    """The only one; among several the one whose last number stayed; empty where that leaves a doubt."""
    if len(namesakes) > 1:
        tail = code.rpartition(".")[2]
        namesakes = [each for each in namesakes if each.rpartition(".")[2] == tail]
    return namesakes[0] if len(namesakes) == 1 else ""


def always_followed(code: str) -> bool:
    """Whether a region of this level never just ends: offices lie there, and all that is beneath."""
    return level_of(code) <= Level.REGENCY
