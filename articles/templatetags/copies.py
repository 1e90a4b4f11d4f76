"""{% likely_copies article %}: what else says about the same, as a warning to its writer and its reviewer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.contrib.auth.models import AnonymousUser

from articles.copies import COMPARED, likely_copies
from moderation.states import EDITABLE

if TYPE_CHECKING:
    from django.template import Context

    from articles.models import Article

register = template.Library()


@register.inclusion_tag("articles/_copies.html", name="likely_copies", takes_context=True)
def show_likely_copies(context: Context, article: Article) -> dict[str, Any]:
    """While it is written, reviewed or stands; what was rejected or withdrawn is compared with nothing."""
    user = context.get("user") or AnonymousUser()
    is_asked = article.status in EDITABLE or article.status in COMPARED
    return {"matches": likely_copies(article, user) if is_asked else []}
