"""What the page of an article shows of those who answer it."""

from __future__ import annotations

from django import template

from articles.models import Article
from replies.models import Reply

register = template.Library()


@register.simple_tag
def replies_to(article: Article) -> list[Reply]:
    """The public replies of an article, the first first."""
    return list(Reply.objects.answering(article))
