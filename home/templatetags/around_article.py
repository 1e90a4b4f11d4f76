"""{% around_article article as said %}: what others have said about an article, in one question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import template
from django.db.models import QuerySet, TextField, Value
from django.db.models.functions import Cast, Left

from factchecks.models import FactCheck
from replies.models import Reply

if TYPE_CHECKING:
    from articles.models import Article

register = template.Library()
CHECKS, REPLIES = 5, 20
WORDS = 600
OF_CHECK = ("claim_text", "slug", "finding")
OF_REPLY = ("name", "relation", "text")


@dataclass(frozen=True)
class Around:
    """The newest fact checks that touch it, and the first replies to it; as much of each as a line shows."""

    checks: list[FactCheck]
    replies: list[Reply]


@register.simple_tag
def around_article(article: Article) -> Around:
    """Of what everybody can read; both lists are short, and come together."""
    checks = _rows(FactCheck.objects.touching(article), OF_CHECK, Value("check"))[:CHECKS]
    replies = _rows(Reply.objects.answering(article), OF_REPLY, Value("reply"))[:REPLIES]
    found = sorted(checks.union(replies, all=True), key=lambda row: (row["published_at"], row["pk"]))
    return Around(
        [FactCheck(**_fields(row, OF_CHECK)) for row in found[::-1] if row["a_kind"] == "check"],
        [Reply(region=article.region, **_fields(row, OF_REPLY)) for row in found if row["a_kind"] == "reply"],
    )


def _rows(found: QuerySet, columns: tuple[str, ...], kind: Value) -> QuerySet:
    """The same columns of both: three texts, which mean what the kind says."""
    texts = {f"a_{number}": Left(Cast(name, TextField()), WORDS) for number, name in enumerate(columns)}
    kinds = {"a_kind": Cast(kind, TextField())}
    return found.annotate(**kinds, **texts).values("a_kind", "pk", "published_at", "a_0", "a_1", "a_2")


def _fields(row: dict[str, Any], columns: tuple[str, ...]) -> dict[str, Any]:
    named = {name: row[f"a_{number}"] for number, name in enumerate(columns)}
    return {"pk": row["pk"], "published_at": row["published_at"], **named}
