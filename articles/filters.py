"""What the news can be narrowed by."""

from __future__ import annotations

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Category
from communities.filters import CommunityItemFilter


class ArticleFilter(CommunityItemFilter):
    """News by region, community and category."""

    kategori = django_filters.ChoiceFilter(
        field_name="category", choices=Category.choices, label=_("Category"), empty_label=_("All categories")
    )

    class Meta:
        model = Article
        fields: list[Any] = []

    @property
    def category(self) -> str:
        """The category that the list is narrowed to; empty where it is none, or not known."""
        value = self.form.cleaned_data.get("kategori") if self.form.is_valid() else ""
        return str(value or "")
