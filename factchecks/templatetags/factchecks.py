"""What the page of an article shows of the checks that touch it; and a finding as a pill."""

from __future__ import annotations

from typing import Any

from django import template

from articles.models import Article
from factchecks.findings import MEANINGS
from factchecks.models import FactCheck

register = template.Library()
FEW = 5


@register.simple_tag
def fact_checks_of(article: Article) -> list[FactCheck]:
    """The newest public ones."""
    return list(FactCheck.objects.touching(article).for_cards()[:FEW])


@register.inclusion_tag("components/pill.html")
def finding_pill(check: FactCheck) -> dict[str, Any]:
    """What was found, in words and colour; of a draft there may be nothing yet."""
    if not check.finding:
        return {"label": "—", "tone": "draft"}
    return {"label": check.get_finding_display(), "tone": MEANINGS[check.finding].tone}
