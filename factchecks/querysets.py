"""Questions about many fact checks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q

from accounts.roles import Duty
from communities.models import Membership
from moderation.querysets import ModeratedQuerySet, covered_by
from moderation.states import Status

if TYPE_CHECKING:
    from accounts.models import User
    from articles.models import Article


class FactCheckQuerySet(ModeratedQuerySet):
    """Fact checks by who may see and who may change them."""

    def public_q(self) -> Q:
        """It is approved, and so is the KIM that speaks, where it is one."""
        return super().public_q() & (Q(community=None) | Q(community__status=Status.APPROVED))

    def authored_parts(self, user: User) -> list[Q]:
        """Of a KIM its writer while a member, and every manager; of an office its writer while there."""
        mine = Membership.objects.current().filter(user=user)
        postings = [posting for posting in user.current_postings if posting.may(Duty.NEWS)]
        return [
            Q(created_by=user, community__in=mine.values("community")),
            Q(community__in=mine.managers().values("community")),
            Q(created_by=user, community=None) & covered_by(postings),
        ]

    def newest_first(self) -> Self:
        """In the order of a list."""
        return self.order_by("-published_at", "-pk")

    def for_cards(self) -> Self:
        """With everything that a row of a list shows, and nothing that is long."""
        return self.select_related("community", "region__office", "region__parent").defer("body", "search")

    def touching(self, article: Article) -> Self:
        """The public ones that are linked to an article, the newest first."""
        return self.public().filter(articles=article).newest_first()

    def search(self, words: str) -> Self:
        """Those with these words; Indonesian stems and the words as written."""
        query = SearchQuery(words, config="indonesian", search_type="websearch")
        return self.filter(search=query | SearchQuery(words, config="simple", search_type="websearch"))
