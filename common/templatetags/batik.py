"""The tag that draws a KIM's own cloth."""

from __future__ import annotations

from itertools import count
from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString, mark_safe

from common import batik as cloths

register = template.Library()
_loose = count(1)


@register.simple_tag(takes_context=True)
def batik(context: Context, seed: Any, variant: str = "cover") -> SafeString:
    """Draws a cloth as inline SVG. The seed is a text, or a community (registry number, else slug)."""
    # Only numbers, names of our own and hex digits are in it.
    return mark_safe(cloths.svg(seed_of(seed), variant, number=_count(context)))  # noqa: S308


@register.simple_tag(takes_context=True)
def cloth_sample(context: Context, chosen: cloths.Cloth, variant: str = "cover") -> SafeString:
    """Draws a cloth that was not chosen by a seed: for /_gaya/."""
    return mark_safe(cloths.draw(chosen, variant, mark=f"s{_count(context)}"))  # noqa: S308


def _count(context: Context) -> int:
    """How many cloths this page has by now: ids must differ even between equal cloths."""
    request = getattr(context, "request", None)
    if request is None:
        return next(_loose)
    request.cloths_drawn = getattr(request, "cloths_drawn", 0) + 1
    return request.cloths_drawn


def seed_of(thing: Any) -> str:
    """The text that chooses the cloth."""
    return str(getattr(thing, "registry_number", None) or getattr(thing, "slug", None) or thing)
