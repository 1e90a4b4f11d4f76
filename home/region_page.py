"""What the page of one region shows."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from communities.models import Community
from events.models import Event
from home.figures import communities_by_child, coverage
from home.front import newest
from regions import petak
from regions.codes import codes_upwards, is_code
from regions.models import Level, Region

ARTICLES = 8
EVENTS = 5
COMMUNITIES = 10
COMMUNITIES_OF_VILLAGE = 50
CHILDREN: dict[int, Promise] = {
    Level.PROVINCE: _("Regencies and cities"),
    Level.REGENCY: _("Districts"),
    Level.DISTRICT: _("Villages"),
}


@dataclass(frozen=True)
class RegionPage:
    """One region: where it lies, what is new in it, who writes there, and what lies beneath."""

    region: Region
    above: list[Region]
    children: list[tuple[Region, int]]
    articles: list[Article]
    events: list[Event]
    communities: list[Community]

    @classmethod
    def of(cls, code: str) -> RegionPage | None:
        """The page of the region of this code; None where there is no such region."""
        path = _path(code)
        if not path or path[-1].code != code:
            return None
        *above, region = path
        return cls(
            region=region,
            above=above,
            children=_children(region),
            articles=newest(region, ARTICLES),
            events=list(Event.objects.public().within(region).upcoming().for_cards()[:EVENTS]),
            communities=_communities(region),
        )

    @property
    def office_code(self) -> str:
        """The code of the regency's office, or the province's, that is for this region."""
        return self.region.code[:5]

    @property
    def total(self) -> int:
        """How many verified communities lie in the region."""
        if self.region.level == Level.VILLAGE:
            return len(self.communities)
        return sum(number for _child, number in self.children)

    @property
    def tiles(self) -> list[petak.Tile]:
        """The map of the regencies of a province; of what lies deeper there is none."""
        return coverage(self.children) if self.region.level == Level.PROVINCE else []

    @property
    def children_heading(self) -> Promise:
        """What the regions directly beneath are."""
        return CHILDREN[self.region.level]


def _path(code: str) -> list[Region]:
    """The region and all above it, from the province down: one query."""
    if not is_code(code):
        return []
    return list(Region.objects.filter(code__in=codes_upwards(code)).order_by("level"))


def _communities(region: Region) -> list[Community]:
    found = Community.objects.public().within(region).select_related("region").order_by("region", "name")
    return list(found[: COMMUNITIES_OF_VILLAGE if region.level == Level.VILLAGE else COMMUNITIES])


def _children(region: Region) -> list[tuple[Region, int]]:
    if region.level == Level.VILLAGE:
        return []
    counts = communities_by_child(region)
    return [(child, counts.get(child.code, 0)) for child in Region.objects.open().children_of(region)]
