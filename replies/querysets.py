"""Questions about many replies, and about what waits for the confirmation of an address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import Q
from django.utils import timezone

from moderation.querysets import ModeratedQuerySet
from moderation.states import Status

if TYPE_CHECKING:
    from articles.models import Article


class ReplyQuerySet(ModeratedQuerySet):
    """Replies by who may see them."""

    def public_q(self) -> Q:
        """It is published, and the article that it answers can be read."""
        return super().public_q() & Q(
            article__status=Status.APPROVED,
            article__published_at__lte=timezone.now(),
            community__status=Status.APPROVED,
        )

    def answering(self, article: Article) -> Self:
        """The public ones of one article, the first first."""
        return self.public().filter(article=article).order_by("published_at", "pk")

    def newest_first(self) -> Self:
        """In the order of a list."""
        return self.order_by("-published_at", "-pk")

    def for_cards(self) -> Self:
        """With everything that a row of a list shows."""
        return self.select_related("article", "community", "region")
