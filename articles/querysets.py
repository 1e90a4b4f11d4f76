"""Questions about many articles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import F, Q
from django.utils import timezone

from communities.items import CommunityItemQuerySet
from communities.models import Membership
from regions.querysets import within_in_order_q

if TYPE_CHECKING:
    from accounts.models import User
    from regions.models import Region


class ArticleQuerySet(CommunityItemQuerySet):
    """Articles by what readers look for."""

    def public_q(self) -> Q:
        """It and its community are approved, and its time has come."""
        return super().public_q() & Q(published_at__lte=timezone.now())

    def authored_parts(self, user: User) -> list[Q]:
        """Those that are open to the members of their community too."""
        mine = Membership.objects.current().filter(user=user)
        return [
            *super().authored_parts(user),
            Q(is_open_to_members=True, community__in=mine.values("community")),
        ]

    def newest_within(self, region: Region | str | None) -> Self:
        """The same rows as within(), where only the newest public ones are wanted of them."""
        return self.filter(within_in_order_q("region", region))

    def newest_first(self) -> Self:
        """In the order of a news page."""
        return self.order_by("-published_at", "-pk")

    def for_cards(self) -> Self:
        """With the photos too."""
        return super().for_cards().prefetch_related("photos")

    def search(self, words: str) -> Self:
        """Articles with these words in title, lead or body; Indonesian stems and the words as written."""
        query = SearchQuery(words, config="indonesian", search_type="websearch") | SearchQuery(
            words, config="simple", search_type="websearch"
        )
        return (
            self.filter(search=query).annotate(rank=SearchRank(F("search"), query)).order_by("-rank", "-pk")
        )
