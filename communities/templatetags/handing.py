"""What pages of authors say of texts that managers read first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from communities import handing, reading
from communities.handing import HandedIn
from communities.models import Community

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User
    from moderation.models import Moderated

register = template.Library()


@register.simple_tag
def number_to_read(user: User | AnonymousUser) -> int:
    """How much waits for this person to read it, as a manager."""
    return reading.number_for(user)


@register.inclusion_tag("communities/_handed.html", takes_context=True)
def handed(context: dict[str, Any], item: Moderated, move_url: str) -> dict[str, Any]:
    """To its authors: that the managers read it first, where it stands with them, and what can be done."""
    user = context["user"]
    if not isinstance(item, HandedIn) or not item.is_editable:
        return {}
    if not (item.community.is_read_first or item.is_handed_in):
        return {}
    return {
        "item": item,
        "move_url": move_url,
        "goes_to_managers": item.goes_to_managers(user),
        "is_manager": item.is_handed_in and item.community.has_manager(user),
        "given_back": None if item.is_handed_in else handing.given_back(item),
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("communities/_publishes_first.html")
def publishing_first(user: User) -> dict[str, Any]:
    """In a composer: the communities of the person whose texts are public as soon as they are sent."""
    return {"trusted": Community.objects.with_member(user).filter(trusted_at__isnull=False)}
