"""What of an article was corrected, asked with the question for the article itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils.dateparse import parse_datetime

from articles.amendment import Amendment, Nature, PublicChange

if TYPE_CHECKING:
    from articles.models import Article

SAID = ("pk", "was_wrong", "is_right", "changed_at", "corrects_id")


def with_changes(articles: QuerySet[Article]) -> QuerySet[Article]:
    """Each article with its corrections (of()) and its open amendment: number, status and who began it."""
    changes = PublicChange.objects.filter(article=OuterRef("pk"), nature=Nature.CORRECTION).order_by("-pk")
    waiting = Amendment.objects.open().filter(article=OuterRef("pk")).order_by()
    begun = JSONObject(pk="pk", status="status", name="created_by__name")
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
    return list(found.values())


def _change(article: Article, row: dict[str, Any]) -> PublicChange:
    moment = parse_datetime(row["changed_at"])
    return PublicChange(**{**row, "changed_at": moment}, article=article, nature=Nature.CORRECTION)
