"""{% marked_body article %}: the text as readers will see it, with the remarks of the office in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django import template
from django.utils.safestring import SafeString, mark_safe

from articles import placing
from common.blocks import blocks, marked
from moderation.remarks import Margin, Place

if TYPE_CHECKING:
    from django.template import Context

    from articles.models import Article, Photo

register = template.Library()


class Piece(NamedTuple):
    """A block of the text or a photo, with the place that a remark about it has."""

    part: str
    number: int
    html: SafeString = SafeString()
    photo: Photo | None = None


@register.inclusion_tag("articles/_marked_body.html", takes_context=True)
def marked_body(context: Context, article: Article) -> dict[str, Any]:
    """For authors and the office, who also see which photo cannot be shown."""
    found = article.shown_photos
    photos = {photo.number: Piece("photos", index, photo=photo) for index, photo in enumerate(found)}
    unplaced = [photos[photo.number] for photo in placing.unplaced(article.body, found)]
    marks: Margin | None = context.get("marks")
    text = [
        _piece(number, _with_quotes(block, marks, number), photos)
        for number, block in enumerate(blocks(article.body))
    ]
    return {
        "article": article,
        "above": unplaced[:1],
        "pieces": [piece for piece in text if piece.html or piece.photo],
        "below": unplaced[1:],
        **{name: context.get(name) for name in ("marks", "csrf_token", "query", "user")},
    }


def _with_quotes(block: str, marks: Margin | None, number: int) -> str:
    """The words that open notes are about stand out in the text."""
    for remark in marks.here.get(Place("body", number), []) if marks else []:
        if remark.is_open:
            block = marked(block, remark.quote)
    return block


def _piece(number: int, block: str, photos: dict[int | None, Piece]) -> Piece:
    marker = placing.MARKER.fullmatch(block.strip())
    if marker is None:
        return Piece("body", number, mark_safe(block))  # noqa: S308  (cleaned on the way in)
    return photos.pop(int(marker[1]), Piece("body", number))
