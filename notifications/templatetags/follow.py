"""The button that follows: {% load follow %}{% follow_button community %} or {% follow_button region %}."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context

from communities.models import Community
from notifications import links
from notifications.models import Subscription
from regions.models import Region

register = template.Library()

# Beyond this the number is "more than": counting a million index entries for every page is not worth it.
COUNTED = 10_000


@register.inclusion_tag("notifications/_follow.html", takes_context=True)
def follow_button(context: Context, thing: Community | Region) -> dict[str, Any]:
    """Whether the visitor follows it, the button that changes it, and how many do. Two queries."""
    request = getattr(context, "request", None) or context["request"]
    signed_in = request.user.is_authenticated
    followers = Subscription.objects.to(thing)
    count = followers[: COUNTED + 1].count()
    return {
        "is_following": signed_in and followers.filter(user=request.user).exists(),
        "is_signed_in": signed_in,
        "is_region": isinstance(thing, Region),
        "count": min(count, COUNTED),
        "is_more": count > COUNTED,
        "follow_url": links.follow_path(thing),
        "unfollow_url": links.follow_path(thing, "unfollow"),
        "next": request.get_full_path(),
    }
