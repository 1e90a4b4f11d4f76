"""What the portal keeps about a writer: to take away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.files.storage import default_storage
from django.db import transaction

from articles.models import Article, Photo

if TYPE_CHECKING:
    from accounts.models import User


def erase(user: User) -> None:
    """The work stays, without the name that was chosen for it."""
    Article.objects.filter(created_by=user).exclude(byline="").update(byline="")
    _forget_originals(user)


def _forget_originals(user: User) -> None:
    """Of photos stays what pages show; the files as they came may tell where somebody was."""
    mine = Photo.objects.filter(uploaded_by=user).exclude(original="").exclude(state=Photo.State.WAITING)
    names = list(mine.values_list("original", flat=True))
    mine.update(original="")
    transaction.on_commit(lambda: _delete(names))


def _delete(names: list[str]) -> None:
    for name in names:
        default_storage.delete(name)
