"""{% article_body article %}: the text with its photos where they belong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from articles import placing

if TYPE_CHECKING:
    from articles.models import Article

register = template.Library()


@register.inclusion_tag("articles/_body.html")
def article_body(article: Article, *, backstage: bool = False) -> dict[str, Any]:
    """Dateline, text and photos: those without a place first at the top, then below.

    `backstage`: for authors and the office, who also see which photo cannot be shown.
    """
    photos = [photo for photo in article.photos.all() if backstage or photo.state != "refused"]
    beside = placing.unplaced(article.body, photos)
    return {
        "article": article,
        "parts": placing.parts(article.body, photos),
        "above": beside[0] if beside else None,
        "below": beside[1:],
        "backstage": backstage,
    }
