"""The news as RSS."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from articles.filters import ArticleFilter
from articles.models import Article
from common.feeds import ListFeed


class ArticleFeed(ListFeed):
    """The newest news of the same filter as the list."""

    title = _("News on Portal KIM")
    description = _("What the villages of Indonesia write.")
    link = reverse_lazy("articles:list")

    def queryset(self, request: HttpRequest) -> QuerySet:
        """Published articles, the newest first."""
        published = Article.objects.public().select_related("community", "created_by")
        return ArticleFilter(request.GET, queryset=published).qs.order_by("-published_at", "-pk")

    def item_description(self, item: Article) -> str:
        """The lead."""
        return item.lead

    def item_author_name(self, item: Article) -> str:
        """The writer and the community."""
        return f"{item.author_name}, {item.community.name}"

    def item_categories(self, item: Article) -> list[str]:
        """The category in words."""
        return [item.get_category_display()]

    def item_pubdate(self, item: Article) -> object:
        """When it was published."""
        return item.published_at
