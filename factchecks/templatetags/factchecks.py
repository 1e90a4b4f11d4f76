"""A finding as a pill."""

from __future__ import annotations

from typing import Any

from django import template

from factchecks.findings import MEANINGS
from factchecks.models import FactCheck

register = template.Library()


@register.inclusion_tag("components/pill.html")
def finding_pill(check: FactCheck) -> dict[str, Any]:
    """What was found, in words and colour; of a draft there may be nothing yet."""
    if not check.finding:
        return {"label": "—", "tone": "draft"}
    return {"label": check.get_finding_display(), "tone": MEANINGS[check.finding].tone}
