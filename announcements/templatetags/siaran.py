"""What offices say now, above the news and in the member's own pages."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context

from announcements.models import Announcement
from articles.models import Article, Source

register = template.Library()

# More would push the news away; the rest stands behind a link.
SHOWN = 2


@register.inclusion_tag("announcements/_now.html", takes_context=True)
def announcements_now(context: Context) -> dict[str, Any]:
    """The newest that concern the reader and that they have not confirmed: one query."""
    request = context["request"]
    region = context.get("reader_region")
    found = Announcement.objects.now_for(request.user, region.pk if region else None)
    return {"announcements": list(found.select_related("region").defer("text")[: SHOWN + 1]), "shown": SHOWN}


@register.simple_tag
def announcement_behind(article: Article) -> Announcement | None:
    """What a press release passes on, where everybody may read it: one query, for other articles none."""
    if article.source != Source.RELEASE:
        return None
    return Announcement.objects.for_readers().filter(passed_on__article=article).first()
