"""{% article_ld article corrections %}: for machines; {% amending article %}: for those who may change it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from articles import amendment_actions, structured
from articles.models import Amendment
from common.templatetags.structured import json_ld

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.template import Context
    from django.utils.safestring import SafeString

    from articles.models import Article, PublicChange

register = template.Library()

SHOWN = 20


@register.simple_tag
def article_ld(article: Article, corrections: Sequence[PublicChange] = ()) -> SafeString:
    """The article as linked data; of a public one only."""
    return json_ld(structured.news_article(article, corrections))


@register.inclusion_tag("articles/_my_amendments.html", takes_context=True)
def my_amendments(context: Context) -> dict[str, Any]:
    """Changes of published articles that are not decided yet, of which the person is an author."""
    open_ones = Amendment.objects.authored_by(context["user"]).open().order_by("-changed_at")
    return {"amendments": open_ones.select_related("community", "region", "created_by")[:SHOWN]}


@register.inclusion_tag("articles/_amending.html")
def amending(article: Article) -> dict[str, Any]:
    """The way to change what is published, or to the change that is open (corrections.with_changes)."""
    is_amendable = article.status in amendment_actions.AMENDABLE
    waiting = getattr(article, "open_amendment", None)
    return {"article": article, "is_amendable": is_amendable, "waiting": waiting}
