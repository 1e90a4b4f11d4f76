"""What the portal keeps about a writer: to take away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.files.storage import default_storage
from django.db import transaction

from articles.models import Amendment, Article, Photo, PublicChange

if TYPE_CHECKING:
    from accounts.models import User


def erase(user: User) -> None:
    """The work stays, without the name that was chosen for it; what was changed of it too."""
    Article.objects.filter(created_by=user).exclude(byline="").update(byline="")
    _forget_originals(user)
    for amendment in Amendment.objects.filter(article__created_by=user).iterator():
        amendment.byline = ""
        amendment.base = _without_byline(amendment.base)
        amendment.save(update_fields=["byline", "base"])
    for change in PublicChange.objects.filter(article__created_by=user).iterator():
        change.before, change.after = _without_byline(change.before), _without_byline(change.after)
        change.save(update_fields=["before", "after"])


def _without_byline(words: dict[str, str]) -> dict[str, str]:
    return {**words, "byline": ""}


def _forget_originals(user: User) -> None:
    """Of photos stays what pages show; the files as they came may tell where somebody was."""
    mine = Photo.objects.filter(uploaded_by=user).exclude(original="").exclude(state=Photo.State.WAITING)
    names = list(mine.values_list("original", flat=True))
    mine.update(original="")
    transaction.on_commit(lambda: _delete(names))


def _delete(names: list[str]) -> None:
    for name in names:
        default_storage.delete(name)
