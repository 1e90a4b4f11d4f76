"""What the portal keeps about a writer: to take away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from articles.models import Article

if TYPE_CHECKING:
    from accounts.models import User


def erase(user: User) -> None:
    """The work stays, without the name that was chosen for it."""
    Article.objects.filter(created_by=user).exclude(byline="").update(byline="")
