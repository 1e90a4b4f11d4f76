"""Buttons of following, for any page: {% load follow %}, then {% follow_button community %} or of a region,
{% follow_button region category="health" %}, {% follow_categories region %}, {% mute_button community %}."""

from __future__ import annotations

from typing import Any

from django import template
from django.db.models import Count, Q, Value
from django.http import HttpRequest
from django.template import Context

from articles.models import Category
from communities.models import Community
from notifications.models import Followed, Mute, Subscription
from notifications.things import Thing
from regions.models import Region

register = template.Library()

# Beyond this the number is "more than": counting a million index entries for every page is not worth it.
COUNTED = 10_000


@register.inclusion_tag("notifications/_follow.html", takes_context=True)
def follow_button(context: Context, followed: Community | Region, category: str = "") -> dict[str, Any]:
    """Whether the visitor follows it, the button that changes it, and how many do. One query, seldom two."""
    request = _request(context)
    thing = _thing(followed, category)
    count, is_following = _followers(thing, request.user.pk)
    return {
        "thing": thing,
        "is_following": is_following,
        "is_signed_in": request.user.is_authenticated,
        "count": min(count, COUNTED),
        "is_more": count > COUNTED,
        "follow_url": thing.path("follow"),
        "unfollow_url": thing.path("unfollow"),
        "next": request.get_full_path(),
    }


@register.inclusion_tag("notifications/_follow_categories.html", takes_context=True)
def follow_categories(context: Context, region: Region) -> dict[str, Any]:
    """One category of the news of a region: each with its button. One query, for visitors none."""
    request = _request(context)
    own: set[str] = set()
    if request.user.is_authenticated:
        followed = Subscription.objects.filter(user=request.user.pk, region=region)
        own = set(followed.values_list("category", flat=True))
    rows = [(Thing(region=region, category=value), label, value in own) for value, label in Category.choices]
    return {
        "rows": rows,
        "is_signed_in": request.user.is_authenticated,
        "region": region,
        "next": request.get_full_path(),
    }


@register.inclusion_tag("notifications/_mute.html", takes_context=True)
def mute_button(context: Context, community: Community) -> dict[str, Any]:
    """Not to be told of a community that a followed region brings along. One query, for visitors none."""
    request = _request(context)
    shown = {"community": community, "next": request.get_full_path()}
    if not request.user.is_authenticated:
        return shown
    here = Q(community=community) | Q(region__in=community.region.ancestor_codes)
    followed = Subscription.objects.filter(here, user=request.user.pk).annotate(is_mute=Value(value=False))
    muted = Mute.objects.filter(community=community, user=request.user.pk).annotate(is_mute=Value(value=True))
    # None stands for a region.
    first, second = (rows.values_list("community", "is_mute") for rows in (followed, muted))
    reasons = set(first.union(second))
    is_muted = (community.pk, True) in reasons
    is_brought = (None, False) in reasons and (community.pk, False) not in reasons
    return shown | {"is_muted": is_muted, "is_brought": is_brought}


@register.filter
def path(followed: Thing | Followed, name: str) -> str:
    """Where what a subscription is about is followed or left: {{ subscription|path:"unfollow" }}."""
    return _as_thing(followed).path(name)


@register.filter
def page_of(followed: Thing | Followed) -> str:
    """Where it is read."""
    return _as_thing(followed).get_absolute_url()


def _as_thing(followed: Thing | Followed) -> Thing:
    return followed if isinstance(followed, Thing) else Thing.of(followed)


def _request(context: Context) -> HttpRequest:
    return getattr(context, "request", None) or context["request"]


def _thing(followed: Community | Region, category: str) -> Thing:
    if isinstance(followed, Region):
        return Thing(region=followed, category=category)
    return Thing(community=followed)


def _followers(thing: Thing, visitor: int | None) -> tuple[int, bool]:
    """How many follow it, counted up to the bound, and whether the visitor does."""
    followers = Subscription.objects.filter(**thing.keys)
    found = followers[: COUNTED + 1].aggregate(all=Count("pk"), own=Count("pk", filter=Q(user=visitor)))
    is_following = bool(found["own"])
    if visitor and not is_following and found["all"] > COUNTED:
        is_following = followers.filter(user=visitor).exists()
    return found["all"], is_following
