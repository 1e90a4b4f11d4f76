"""The rules of writing for templates."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django import template
from django.conf import settings

from moderation.guidelines import RULES, Rule

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from activity.models import Activity

register = template.Library()


class Cited(NamedTuple):
    """A rule as a mail says it: with the whole address."""

    name: StrOrPromise
    sentence: StrOrPromise
    address: str


@register.simple_tag
def guideline_rules() -> list[Rule]:
    """All rules, in the order of the list."""
    return list(RULES.values())


@register.simple_tag
def cited_rule(activity: Activity) -> Cited | None:
    """The rule that a decision of the history cites."""
    rule = RULES.get(activity.details.get("rule", ""))
    if rule is None:
        return None
    return Cited(rule.name, rule.sentence, f"{settings.PORTAL_URL}{rule.get_absolute_url()}")
