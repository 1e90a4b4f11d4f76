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
