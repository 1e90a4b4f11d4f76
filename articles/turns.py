"""Several members write one article, one at a time: whose turn it is; see docs/adr/0042.

A turn is taken by opening the composer and renewed by each save. It lapses by itself, so that a lost phone
holds nobody up, and it may be taken over: then the other's text stays on the other's device.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import conflicts
from articles.writing import Turn
from moderation.errors import TransitionRefused
from regions.templatetags.region_time import local_clock

if TYPE_CHECKING:
    from accounts.models import User
    from articles.models import Article

# How long it stays somebody's turn after the last save.
IDLE = timedelta(minutes=5)


class Taken(TransitionRefused):
    """Somebody else writes now; nothing was stored."""


def current(article: Article) -> Turn | None:
    """Who writes it now, if anybody."""
    return Turn.objects.live().filter(article=article.pk).select_related("writer").first()


def of_another(article: Article, *, user: User) -> Turn | None:
    """Who else writes it now, if anybody."""
    found = current(article)
    return found if found and found.writer_id != user.pk else None


def note_opening(article: Article, *, by: User) -> Turn | None:
    """An author opens the composer: the turn is theirs, unless somebody else has it, who is then returned.

    Asks no lock: of two who open it at the same moment one is told at the next save.
    """
    found = current(article)
    if found and found.writer_id != by.pk:
        return found
    _write(article, by, found)
    return None


def take(article: Article, *, by: User, over: bool = False) -> Turn:
    """Take the turn, or go on having it. over: though somebody else has it.

    PermissionDenied for who is no author of it; Taken, with name and time, while somebody else writes.
    """
    with transaction.atomic():
        locked = conflicts.locked(article)
        if not locked.is_authored_by(by):
            raise PermissionDenied
        found = current(locked)
        if found and found.writer_id != by.pk and not over:
            raise Taken(words(found, locked))
        return _write(locked, by, found)


def end(article: Article, *, by: User) -> None:
    """Give the turn back; nothing happens where one has none."""
    Turn.objects.filter(article=article.pk, writer=by).delete()


def words(turn: Turn, article: Article) -> str:
    """Who writes, and since when."""
    return _("%(name)s is writing this article, since %(time)s. Nothing was changed.") % {
        "name": turn.writer,
        "time": local_clock(turn.since, article.region),
    }


def _write(article: Article, by: User, found: Turn | None) -> Turn:
    now = timezone.now()
    since = found.since if found and found.writer_id == by.pk else now
    turn = Turn(article=article, writer=by, since=since, lapses_at=now + IDLE)
    Turn.objects.bulk_create(
        [turn],
        update_conflicts=True,
        unique_fields=["article"],
        update_fields=["writer", "since", "lapses_at"],
    )
    return turn
