"""{% hints article %}: what may make the text better, for its author; {% prompts %}: the six questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from articles.hints import BEGUN, PROMPTS, RULES, hints_about
from moderation.states import EDITABLE

if TYPE_CHECKING:
    from articles.models import Article

register = template.Library()


@register.inclusion_tag("articles/_hints.html", name="hints")
def show_hints(article: Article) -> dict[str, Any]:
    """On the page of a draft: those that apply."""
    found = hints_about(article) if article.status in EDITABLE else []
    return {"hints": [(rule, True) for rule in found], "some": bool(found), "article": article}


@register.inclusion_tag("articles/_hints.html", name="live_hints")
def show_live_hints(article: Article) -> dict[str, Any]:
    """In the composer: all of them with their rules, those hidden that do not apply now."""
    found = hints_about(article) if article.pk else []
    hints = [(rule, rule in found) for rule in RULES]
    return {"hints": hints, "some": bool(found), "live": True, "begun": BEGUN}


@register.inclusion_tag("articles/_prompts.html", name="prompts")
def show_prompts() -> dict[str, Any]:
    """The six questions with examples."""
    return {"prompts": PROMPTS}
