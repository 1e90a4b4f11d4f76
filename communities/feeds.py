"""The directory as RSS: newly verified communities."""

from __future__ import annotations

from typing import cast

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from common.feeds import ListFeed
from communities.filters import CommunityFilter
from communities.models import Community


class CommunityFeed(ListFeed):
    """The newest communities of the same filter as the directory."""

    title = _("New communities on Portal KIM")
    description = _("Community information groups, newly verified.")
    link = reverse_lazy("communities:directory")

    def queryset(self, request: HttpRequest) -> QuerySet:
        """Verified communities, the newest first."""
        found = CommunityFilter(request.GET, queryset=Community.objects.living().select_related("region"))
        return found.qs.order_by("-verified_at", "-pk")

    def item_title(self, item: Model) -> str:
        """The name and the village."""
        community = cast(Community, item)
        return f"{community.name}, {community.region.label}"

    def item_description(self, item: Community) -> str:
        """What they say of themselves."""
        return item.description

    def item_pubdate(self, item: Community) -> object:
        """When it was verified."""
        return item.verified_at
