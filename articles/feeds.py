"""The news as RSS."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from articles import corrections
from articles.amendment import Nature
from articles.filters import ArticleFilter
from articles.models import Article, PublicChange
from common.feeds import ListFeed
from regions.templatetags.region_time import local_time


class ArticleFeed(ListFeed):
    """The newest news of the same filter as the list."""

    title = _("News on Portal KIM")
    description = _("What the villages of Indonesia write.")
    link = reverse_lazy("articles:list")

    def queryset(self, request: HttpRequest) -> QuerySet:
        """Published articles, the newest first."""
        changes = PublicChange.objects.filter(nature=Nature.CORRECTION).order_by("-pk")
        published = Article.objects.public().select_related("community", "created_by", "region")
        published = published.prefetch_related(Prefetch("public_changes", changes, to_attr="corrections"))
        return ArticleFilter(request.GET, queryset=published).qs.order_by("-published_at", "-pk")

    def item_description(self, item: Article) -> str:
        """The lead, and what was corrected since, each with its time."""
        corrections.silence(item.corrections)  # type: ignore[attr-defined]
        told = [
            _now("Correction, %(time)s. %(sentence)s")
            % {"time": local_time(change.changed_at, item.region), "sentence": change.sentence}
            for change in item.corrections  # type: ignore[attr-defined]
        ]
        return "\n".join([item.lead, *told])

    def item_updateddate(self, item: Article) -> object:
        """When its words became others, the last time."""
        return item.amended_at

    def item_author_name(self, item: Article) -> str:
        """The writer and the community."""
        return f"{item.author_name}, {item.community.name}"

    def item_categories(self, item: Article) -> list[str]:
        """The category in words."""
        return [item.get_category_display()]

    def item_pubdate(self, item: Article) -> object:
        """When it was published."""
        return item.published_at
