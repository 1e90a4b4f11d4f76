"""Questions about many regions, and the one way to ask for rows that lie in a region."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.db.models.functions import Left
from django.db.models.lookups import Exact

from regions.codes import code_range, is_code
from regions.search import Typed, Words

if TYPE_CHECKING:
    from regions.models import Region

REGENCY_LENGTH, VILLAGE_LENGTH = 5, 13


def within_q(path: str, region: Region | str | None) -> Q:
    """Rows whose region (`path`: "region", "community__region", "code") is this one or beneath it.

    One range over the index of the code, no join. No region means all of Indonesia.
    """
    if region is None:
        return Q()
    start, end = code_range(region if isinstance(region, str) else region.code)
    return Q((f"{path}__gte", start), (f"{path}__lt", end))


def within_in_order_q(path: str, region: Region | str | None) -> Q:
    """The same rows, for lists that an index on the start of the code holds in their order.

    Over a range of codes the rows of a regency would all be read and sorted for the first page.
    """
    if region is None:
        return Q()
    code = region if isinstance(region, str) else region.code
    if len(code) == VILLAGE_LENGTH:
        return Q((path, code))
    if len(code) <= REGENCY_LENGTH:
        return Q(Exact(Left(path, len(code)), code))
    return Q(Exact(Left(path, REGENCY_LENGTH), code[:REGENCY_LENGTH])) & within_q(path, code)


class RegionQuerySet(models.QuerySet["Region"]):
    """What lists and pickers ask of regions."""

    def within(self, region: Region | str | None) -> RegionQuerySet:
        """This region and everything beneath it; None is all of Indonesia."""
        return self.filter(within_q("code", region))

    def at(self, level: int) -> RegionQuerySet:
        """The regions of one level."""
        return self.filter(level=level)

    def open(self) -> RegionQuerySet:
        """Regions that exist today: not split, merged or abolished."""
        return self.filter(closed_at=None)

    def children_of(self, region: Region | str | None) -> RegionQuerySet:
        """Those directly beneath, by name; of None the provinces."""
        if region is None:
            return self.at(1).order_by("name", "code")
        return self.filter(parent=region).order_by("name", "code")

    def search(self, text: str, level: int | None = None, limit: int = 20) -> list[Region]:
        """What somebody may mean who typed this: a name, the start of one, a path, or a code. Best first."""
        found = self if level is None else self.at(level)
        if is_code(text.strip()):
            return list(found.within(text.strip()).order_by("code")[:limit])
        typed = Typed.read(text)
        if not typed.is_enough:
            return []
        ranked = found.alias(name_words=Words("name"), full_name_words=Words("full_name")).order_by(
            *typed.order(), "level", "name", "code"
        )
        for condition in typed.conditions():
            answer: list[Region] = list(ranked.filter(condition)[:limit])
            if answer:
                return answer
        return []
