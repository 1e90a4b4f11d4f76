"""Fact checks as RSS."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from common.feeds import ListFeed
from factchecks.filters import FactCheckFilter
from factchecks.models import FactCheck


class FactCheckFeed(ListFeed):
    """The newest of the same filter as the list."""

    title = _("Fact checks on Portal KIM")
    description = _("What goes round, and what is true of it.")
    link = reverse_lazy("factchecks:list")

    def queryset(self, request: HttpRequest) -> QuerySet:
        """Published ones, the newest first."""
        return FactCheckFilter(request.GET, queryset=FactCheck.objects.public().for_cards()).qs.newest_first()

    def item_title(self, item: Any) -> str:
        """The finding before the title."""
        return f"[{item.get_finding_display()}] {item.title}"

    def item_description(self, item: FactCheck) -> str:
        """The claim, then what is right."""
        return f"“{item.claim_text}”\n\n{item.summary}"

    def item_author_name(self, item: FactCheck) -> str:
        """Whose check it is."""
        return item.publisher

    def item_categories(self, item: FactCheck) -> list[str]:
        """The finding in words."""
        return [item.get_finding_display()]

    def item_pubdate(self, item: FactCheck) -> object:
        """When it was published."""
        return item.published_at
