"""Each saved version of an article with who saved it: compared, and gone back to; see docs/adr/0042."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

import moderation.actions
from articles import conflicts, turns
from articles.models import Article
from articles.writing import Revision
from moderation.states import EDITABLE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.db.models import Field

    from accounts.models import User

# What a page saves by itself within this time is one version, the latest.
STRETCH = timedelta(minutes=10)
# How long versions that pages saved by themselves are kept once the article was sent.
KEPT = timedelta(days=30)
AT_ONCE = 5000
# Photos are rows of their own, and an article stays with its community.
NOT_RESTORED = frozenset({"photos", "community"})


def keep(article: Article, *, by: User, page: UUID | None = None, marked: bool = True) -> Revision:
    """Keep the words as they are stored now; words that stayed the same are no new version.

    page: the opened page that saves. marked: saved with a button; else by the page itself, and then the next
    such save of the same page and person takes its place for STRETCH.
    """
    now, content = timezone.now(), article.content()
    newest = article.revisions.order_by("-pk").first()
    if newest and newest.content == content:
        newest.is_marked = newest.is_marked or marked
        newest.save(update_fields=["is_marked"])
        return newest
    mine = newest and (newest.saved_by_id, newest.saved_by_page) == (by.pk, page) and page
    if newest and mine and not newest.is_marked and newest.begun_at > now - STRETCH:
        newest.content, newest.saved_at, newest.is_marked = content, now, marked
        newest.save(update_fields=["content", "saved_at", "is_marked"])
        return newest
    return Revision.objects.create(
        article=article, content=content, begun_at=now, saved_at=now, saved_by=by, saved_by_page=page,
        is_marked=marked,
    )  # fmt: skip


def restore(revision: Revision, *, by: User) -> Article:
    """Make the words of a version those of the article; what stood there stays a version, to go back again.

    PermissionDenied for who is no author; TransitionRefused while somebody else writes, or once it was sent.
    """
    with transaction.atomic():
        article = conflicts.locked(revision.article)
        turns.take(article, by=by)
        # What stands there may have come by another way than the composer.
        keep(article, by=article.created_by)
        for field in article._meta.concrete_fields:
            if field.name in revision.content and field.name not in NOT_RESTORED:
                setattr(article, field.attname, _value(field, revision.content[field.name]))
        article.saved_by_page = None
        saved = moderation.actions.save_changes(article, by=by)
        keep(saved, by=by)
        turns.end(saved, by=by)
    return saved


def forget_old() -> int:
    """Delete what pages saved by themselves of articles that were sent long ago; answers how many."""
    old = Revision.objects.filter(is_marked=False, saved_at__lt=timezone.now() - KEPT)
    of_sent = old.exclude(article__status__in=EDITABLE).order_by("saved_at").values("pk")[:AT_ONCE]
    return Revision.objects.filter(pk__in=list(of_sent.values_list("pk", flat=True))).delete()[0]


def writers(revisions: Iterable[Revision]) -> list[User]:
    """Who saved any of them, each once, in the order of the list."""
    return list({revision.saved_by_id: revision.saved_by for revision in revisions}.values())


def _value(field: Field, text: str) -> Any:
    """What content() wrote as text, as the field holds it."""
    if not text and field.null:
        return None
    return field.to_python(text)
