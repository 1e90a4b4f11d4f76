"""What the front page shows of a region, or of the nearest one above it that has news."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

from django.db.models import Case, Exists, Value, When

from articles.models import Article
from communities.models import Community
from events.models import Event
from home import figures
from home.figures import Figures
from regions.models import Region
from regions.querysets import within_q

CARDS = 8
EVENTS = 4
COMMUNITIES = 6


@dataclass(frozen=True)
class Front:
    """The front page. `chosen` is the reader's region, `shown` the one that the news come from."""

    chosen: Region | None
    shown: Region | None
    hero: Article | None
    articles: list[Article]
    events: list[Event]
    communities: list[Community]
    figures: Figures

    @property
    def is_wider(self) -> bool:
        """Whether the reader's own region has no news yet, so that more than it is shown."""
        return self.chosen != self.shown


def front(region: Region | None) -> Front:
    """Everything on the front page of a region; the number of queries does not grow with the rows."""
    shown, articles = _news(region)
    hero = next((article for article in articles if article.first_photo), articles[0] if articles else None)
    return Front(
        chosen=region,
        shown=shown,
        hero=hero,
        articles=[article for article in articles if article is not hero],
        events=list(Event.objects.public().within(shown).upcoming().for_cards()[:EVENTS]),
        communities=_communities(shown, articles),
        figures=figures.of_region(shown),
    )


def _news(region: Region | None) -> tuple[Region | None, list[Article]]:
    articles = newest(region)
    if articles or region is None:
        return region, articles
    wider = _nearest_with_news(region)
    return wider, newest(wider)


def newest(region: Region | None, number: int = CARDS + 1) -> list[Article]:
    """The newest public articles of a region, with all that their cards show."""
    articles = Article.objects.public().newest_within(region).newest_first().for_cards()
    return list(articles.select_related("community__region")[:number])


def _nearest_with_news(region: Region) -> Region | None:
    # Each level is asked for by its own constant range: correlated, the planner would read everything.
    has_news = Case(
        *(
            When(code=code, then=Exists(Article.objects.public().filter(within_q("region", code))))
            for code in region.ancestor_codes[1:]
        ),
        default=Value(value=False),
    )
    return region.ancestors().filter(has_news).order_by("-level").first()


def _communities(region: Region | None, articles: list[Article]) -> list[Community]:
    """Those that wrote last come first, then others of the region."""
    others = Community.objects.public().within(region).select_related("region").order_by("region", "name")
    lively = (article.community for article in articles)
    found = {community.pk: community for community in chain(lively, others[:COMMUNITIES])}
    return list(found.values())[:COMMUNITIES]
