"""What machines read of an article: schema.org NewsArticle, with its corrections."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from articles.models import Article, PublicChange

CONTEXT = "https://schema.org"


def news_article(article: Article, corrections: Sequence[PublicChange] = ()) -> dict[str, Any]:
    """The article as JSON-LD; ask for a public one, with community and photos."""
    said: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "NewsArticle",
        "mainEntityOfPage": absolute(article.get_absolute_url()),
        "headline": article.title,
        "description": article.lead,
        "articleSection": str(article.get_category_display()),
        "inLanguage": "id",
        "datePublished": _moment(article.published_at),
        "dateModified": _moment(article.amended_at or article.published_at),
        "author": {"@type": "Person", "name": article.author_name},
        "publisher": {
            "@type": "Organization",
            "name": article.community.name,
            "url": absolute(article.community.get_absolute_url()),
        },
        "contentLocation": {"@type": "Place", "name": article.region.label},
    }
    images = [absolute(photo.src) for photo in article.shown_photos if photo.is_ready]
    if images:
        said["image"] = images
    if corrections:
        said["correction"] = [correction(change) for change in corrections]
    return said


def correction(change: PublicChange) -> dict[str, str]:
    """What was wrong and what is right, with its time."""
    return {
        "@type": "CorrectionComment",
        "datePublished": _moment(change.changed_at),
        "text": change.sentence,
    }


def absolute(path: str) -> str:
    """The whole address of a page of the portal."""
    return f"{settings.PORTAL_URL}{path}"


def _moment(moment: Any) -> str:
    return moment.isoformat() if moment else ""
