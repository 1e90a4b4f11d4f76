"""What somebody picked in a form: a code, one of several namesakes, a typed name, or steps downwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from regions.codes import is_code, level_of
from regions.models import Level, Region
from regions.querysets import RegionQuerySet
from regions.search import Typed


@dataclass(frozen=True)
class Scope:
    """Which regions a field takes: down to a level, not above another, and perhaps only within one region."""

    level: int = Level.VILLAGE
    shallowest: int = Level.VILLAGE
    within: Region | None = None

    @property
    def steps(self) -> range:
        """The levels to choose through, from the first open choice down."""
        return range(self.within.level + 1 if self.within else 1, self.level + 1)

    def regions(self) -> RegionQuerySet:
        """Everything that the field would take."""
        levels = Region.objects.filter(level__gte=self.shallowest, level__lte=self.level)
        return levels.open().within(self.within)

    def takes_on_the_way(self, region: Region) -> bool:
        """Whether the region may stand in the cascade, as the choice or on the way to it."""
        inside = self.within is None or self.within.contains(region)
        return inside and region.closed_at is None and region.level <= self.level


@dataclass(frozen=True)
class Picked:
    """What the form sent, as it was sent."""

    code: str = ""
    text: str = ""
    steps: tuple[str, ...] = ()

    @classmethod
    def read(cls, data: Mapping[str, Any], name: str) -> Picked:
        """Collect the inputs of one picker. A choice among namesakes counts for the text that it answered."""
        text, asked = (str(data.get(f"{name}_{part}") or "").strip() for part in ("text", "asked"))
        code = str(data.get(name) or "").strip()
        if not code and text and text == asked:
            code = str(data.get(f"{name}_pick") or "").strip()
        steps = tuple(str(data.get(f"{name}_{level}") or "").strip() for level in Level)
        return cls(code, text, steps)

    @classmethod
    def of(cls, value: Picked | Region | str | None) -> Picked:
        """The same from a form's initial value."""
        if isinstance(value, Picked):
            return value
        return cls(code=value.code if isinstance(value, Region) else value or "")

    @property
    def deepest_step(self) -> str:
        """How far the steps lead; a step that lies elsewhere than the one above it is left from before."""
        reached = ""
        for step in self.steps:
            if step and step.startswith(f"{reached}." if reached else ""):
                reached = step
        return reached


@dataclass(frozen=True)
class Answer:
    """What a pick means: a region, or several to choose from, or nothing that is known."""

    region: Region | None = None
    matches: tuple[Region, ...] = ()
    unknown: str = ""


def resolve(picked: Picked, scope: Scope) -> Answer:
    """Read a pick: a code counts before a typed name, a typed name before the steps."""
    if picked.text and not picked.code:
        return _named(picked.text, scope)
    code = picked.code or picked.deepest_step
    if not code:
        return Answer()
    region = find(code)
    return Answer(region) if region else Answer(unknown=code)


def find(code: str) -> Region | None:
    """The region of a code from outside, if there is one."""
    return Region.objects.filter(code=code).first() if is_code(code) else None


def _named(text: str, scope: Scope) -> Answer:
    matches = scope.regions().search(text)
    sure = _exactly(text, matches)
    if len(sure) == 1:
        return Answer(sure[0])
    return Answer(matches=tuple(matches), unknown="" if matches else text)


def _exactly(text: str, matches: list[Region]) -> list[Region]:
    """Those of the very name: a region that only begins so is offered, never taken unasked."""
    typed = Typed.read(text)
    said = typed.name.casefold()
    labelled = [region for region in matches if said in (region.code, region.label.casefold())]
    named = [region for region in matches if region.name.casefold() == typed.bare.casefold()]
    return labelled if len(labelled) == 1 else named


def options(scope: Scope, reached: Region | None) -> dict[int, list[Region]]:
    """What each step offers after what was reached: one query for the whole cascade."""
    parents = [code for code in (reached.ancestor_codes if reached else []) if level_of(code) < scope.level]
    condition = Q(parent__in=parents) | (Q(parent=scope.within) if scope.within else Q(parent=None))
    offered = Region.objects.open().within(scope.within).filter(condition, level__in=scope.steps)
    levels: dict[int, list[Region]] = {}
    for region in offered.order_by("level", "name", "code"):
        levels.setdefault(region.level, []).append(region)
    return levels
