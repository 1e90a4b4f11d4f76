"""Figures that stay cheap however large the portal grows."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import Count, IntegerField, QuerySet, Subquery
from django.db.models.functions import Left
from django.utils import timezone

from articles.models import Article
from figures.definitions import FIGURES
from figures.periods import Period
from moderation.querysets import CODE_LENGTHS
from regions import petak
from regions.models import Region

# Nobody needs to know whether it is 1,000 or 1,417 articles; counting further would only cost.
MOST = 1_000


class CountOf(Subquery):
    """How many rows another query has; a slice on it is the bound of the work."""

    template = "(SELECT count(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()

    def __init__(self, queryset: QuerySet, **extra: Any) -> None:
        super().__init__(queryset.values("pk"), **extra)


class Figures(NamedTuple):
    """What the front page says of a region in numbers."""

    communities: int
    articles: int

    @property
    def articles_are_more(self) -> bool:
        """Whether counting stopped before the end."""
        return self.articles > MOST


def of_region(region: Region | None) -> Figures:
    """Verified communities, and the articles of this month up to a bound: one query."""
    communities = _verified(region)
    articles = Article.objects.public().newest_within(region).filter(published_at__gte=_start_of_month())
    numbers = Region.objects.order_by().values_list(
        CountOf(communities), CountOf(articles.newest_first()[: MOST + 1])
    )[:1]  # fmt: skip
    return Figures(*next(iter(numbers), (0, 0)))


def communities_by_child(region: Region | None) -> dict[str, int]:
    """How many verified communities lie in each region directly beneath: one grouped query."""
    depth = region.level if region else 0
    if depth == len(CODE_LENGTHS):
        return {}
    rows = _verified(region).order_by()
    grouped = rows.values(child=Left("region_id", CODE_LENGTHS[depth])).annotate(number=Count("pk"))
    return dict(grouped.values_list("child", "number"))


def coverage(parts: list[tuple[Region, int]]) -> list[petak.Tile]:
    """The map of the regions beneath, shaded by how many verified communities each has."""
    numbers = {region.code: number for region, number in parts}
    return petak.tiles(
        [region for region, _number in parts],
        lambda region: numbers[region.code],
        shown=lambda region: str(intcomma(numbers[region.code])),
        url=lambda region: region.get_absolute_url(),
    )


def _verified(region: Region | None) -> QuerySet:
    """What the office's overview counts as verified too."""
    return FIGURES["verified"].rows(region, Period.current(region))["communities"]


def _start_of_month() -> datetime:
    return timezone.localtime().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
