"""What pages of authors say of texts that managers read first."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any

from django import template
from django.utils.translation import gettext_lazy as _

from communities import handing, reading
from communities.handing import HandedIn
from communities.item_forms import CommunityItemForm
from communities.models import Community
from moderation.states import MOVES

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User
    from moderation.models import Moderated

register = template.Library()
# What the button says where it makes no move of the table.
LABELS = {handing.HAND_IN: _("Hand in to the managers")}


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
    if item.community is None or not (item.community.is_read_first or item.is_handed_in):
        return {}
    return {
        "item": item,
        "move_url": move_url,
        "goes_to_managers": item.goes_to_managers(user),
        "is_manager": item.is_handed_in and item.community.has_manager(user),
        "given_back": None if item.is_handed_in else handing.given_back(item),
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("communities/_sending.html")
def sending(form: CommunityItemForm, user: User) -> dict[str, Any]:
    """The buttons of a composer: the one that sends says what happens then, as the community decides it."""
    ways = {community.name: _way(form.instance, community, user) for community in form.own}
    labels = {LABELS.get(way) or MOVES[way].label for way in ways.values()}
    return {
        "label": labels.pop() if len(labels) == 1 else _("Send"),
        "trusted": [name for name, way in ways.items() if way == "publish_first"],
        "read_first": [name for name, way in ways.items() if way == handing.HAND_IN],
    }


def _way(item: HandedIn, community: Community, user: User) -> str:
    of_it = copy(item)
    of_it.community = community
    return handing.way_of(of_it, user)
