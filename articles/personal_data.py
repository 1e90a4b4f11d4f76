"""What the portal keeps about a writer: to take away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from articles.models import Amendment, Article, Photo, PublicChange
from communities.pictures import forget_originals

if TYPE_CHECKING:
    from accounts.models import User


def erase(user: User) -> None:
    """The work stays, without the name that was chosen for it; what was changed of it too."""
    Article.objects.filter(created_by=user).exclude(byline="").update(byline="")
    forget_originals(Photo.objects.all(), user)
    for amendment in Amendment.objects.filter(article__created_by=user).iterator():
        amendment.byline = ""
        amendment.base = _without_byline(amendment.base)
        amendment.save(update_fields=["byline", "base"])
    for change in PublicChange.objects.filter(article__created_by=user).iterator():
        change.before, change.after = _without_byline(change.before), _without_byline(change.after)
        change.save(update_fields=["before", "after"])


def _without_byline(words: dict[str, str]) -> dict[str, str]:
    return {**words, "byline": ""}
