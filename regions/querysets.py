"""Questions about many regions, and the one way to ask for rows that lie in a region."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Func, Q

from regions.codes import code_range

if TYPE_CHECKING:
    from regions.models import Region


class Words(Func):
    """The words of a text for search, in no language: names are not to be stemmed."""

    function = "to_tsvector"
    template = "to_tsvector('simple'::regconfig, regexp_replace(%(expressions)s, '[^[:alnum:]]+', ' ', 'g'))"
    arity = 1


def within_q(path: str, region: Region | str | None) -> Q:
    """Rows whose region (`path`: "region", "community__region", "code") is this one or beneath it.

    One range over the index of the code, no join. No region means all of Indonesia.
    """
    if region is None:
        return Q()
    start, end = code_range(region if isinstance(region, str) else region.code)
    return Q((f"{path}__gte", start), (f"{path}__lt", end))


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
