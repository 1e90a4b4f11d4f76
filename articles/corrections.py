"""What of an article was corrected, asked with the question for the article itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils.dateparse import parse_datetime

from articles.amendment import Amendment, Nature, PublicChange

if TYPE_CHECKING:
    from collections.abc import Iterable

    from articles.models import Article

SAID = ("pk", "was_wrong", "is_right", "changed_at", "corrects_id", "is_before_hidden")


def with_changes(articles: QuerySet[Article]) -> QuerySet[Article]:
    """Each article with its corrections (of()) and its open amendment: where it stands and who began it."""
    changes = PublicChange.objects.filter(article=OuterRef("pk"), nature=Nature.CORRECTION).order_by("-pk")
    waiting = Amendment.objects.open().filter(article=OuterRef("pk")).order_by()
    begun = JSONObject(pk="pk", status="status", name="created_by__name", handed_in_at="handed_in_at")
    return articles.annotate(
        told_corrections=ArraySubquery(changes.values(said=JSONObject(**{name: name for name in SAID}))),
        open_amendment=Subquery(waiting.values(said=begun)[:1]),
    )


def of(article: Article) -> list[PublicChange]:
    """The corrections of an article, the newest first; each knows which earlier one it corrects."""
    rows: list[dict[str, Any]] = article.told_corrections  # type: ignore[attr-defined]
    found = {row["pk"]: _change(article, row) for row in rows}
    for change in found.values():
        if change.corrects_id in found:
            change.corrects = found[change.corrects_id]
    silence(found.values())
    return list(found.values())


def silence(corrections: Iterable[PublicChange]) -> None:
    """Among all corrections of an article: what a later one hides, an earlier one does not say."""
    found = {change.pk: change for change in corrections}
    for change in found.values():
        if change.is_before_hidden and change.corrects_id in found:
            found[change.corrects_id].is_silenced = True


def protect(changes: Iterable[PublicChange]) -> None:
    """Some changes of any articles: they repeat nothing that a later change hides."""
    shown = list(changes)
    later = PublicChange.objects.filter(article__in={change.article_id for change in shown})
    hiding = list(later.filter(is_before_hidden=True).values_list("article", "pk", "corrects"))
    for change in shown:
        after = [row for row in hiding if row[0] == change.article_id and row[1] > change.pk]
        change.is_of_hidden_words = bool(after)
        change.is_silenced = any(corrected == change.pk for _article, _pk, corrected in after)


def _change(article: Article, row: dict[str, Any]) -> PublicChange:
    moment = parse_datetime(row["changed_at"])
    return PublicChange(**{**row, "changed_at": moment}, article=article, nature=Nature.CORRECTION)
