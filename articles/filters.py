"""What the news can be narrowed by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import django_filters
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Category
from communities.filters import CommunityItemFilter

if TYPE_CHECKING:
    from articles.querysets import ArticleQuerySet


class ArticleFilter(CommunityItemFilter):
    """News by region, community and category."""

    kategori = django_filters.ChoiceFilter(
        field_name="category", choices=Category.choices, label=_("Category"), empty_label=_("All categories")
    )

    class Meta:
        model = Article
        fields: list[Any] = []

    def within_region(self, queryset: ArticleQuerySet, name: str, code: str) -> ArticleQuerySet:  # type: ignore[override]
        """The same rows, from the index that has them in the order of the list."""
        return queryset.newest_within(self.region) if self.region else queryset.none()

    @property
    def category(self) -> str:
        """The category that the list is narrowed to; empty where it is none, or not known."""
        value = self.form.cleaned_data.get("kategori") if self.form.is_valid() else ""
        return str(value or "")
