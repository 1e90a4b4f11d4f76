"""{% article_ld article corrections %}: for machines; {% amending article %}: for those who may change it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from articles import amendment_actions, structured
from common.templatetags.structured import json_ld

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.utils.safestring import SafeString

    from articles.models import Article, PublicChange

register = template.Library()


@register.simple_tag
def article_ld(article: Article, corrections: Sequence[PublicChange] = ()) -> SafeString:
    """The article as linked data; of a public one only."""
    return json_ld(structured.news_article(article, corrections))


@register.inclusion_tag("articles/_amending.html")
def amending(article: Article) -> dict[str, Any]:
    """The way to change what is published, or to the change that is open already."""
    is_amendable = article.status in amendment_actions.AMENDABLE
    waiting = amendment_actions.open_one(article) if is_amendable else None
    return {"article": article, "is_amendable": is_amendable, "waiting": waiting}
