"""The button that follows: {% load follow %}{% follow_button community %} or {% follow_button region %}."""

from __future__ import annotations

from typing import Any

from django import template
from django.db.models import Count, Q
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
    """Whether the visitor follows it, the button that changes it, and how many do. One query, seldom two."""
    request = getattr(context, "request", None) or context["request"]
    count, is_following = _followers(thing, request.user.pk)
    return {
        "is_following": is_following,
        "is_signed_in": request.user.is_authenticated,
        "is_region": isinstance(thing, Region),
        "count": min(count, COUNTED),
        "is_more": count > COUNTED,
        "follow_url": links.follow_path(thing),
        "unfollow_url": links.follow_path(thing, "unfollow"),
        "next": request.get_full_path(),
    }


def _followers(thing: Community | Region, visitor: int | None) -> tuple[int, bool]:
    """How many follow it, counted up to the bound, and whether the visitor does."""
    followers = Subscription.objects.to(thing)
    found = followers[: COUNTED + 1].aggregate(all=Count("pk"), own=Count("pk", filter=Q(user=visitor)))
    is_following = bool(found["own"])
    if visitor and not is_following and found["all"] > COUNTED:
        is_following = followers.filter(user=visitor).exists()
    return found["all"], is_following
