"""Pages of a Forum KIM and its members: the public list, and where managers of either side act."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, Q, QuerySet, Window
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.consent import agreed_required
from accounts.requests import SignedInRequest
from common.pagination import paginate
from communities import forum_actions
from communities.models import Community, ForumMembership, Kind
from communities.profile import managed
from communities.showing import find
from moderation.errors import TransitionRefused
from regions.search import names_that_begin_like, with_name

# How many communities a search offers to invite.
OFFERED = 20
# How many members stand on the page of the forum itself, and how many news of it and of them.
SHOWN = 8


@login_not_required
@require_safe
def members(request: HttpRequest, slug: str) -> HttpResponse:
    """Every community that belongs to the forum, by name."""
    forum = find(Community.objects.select_related("region__parent"), request, slug=slug)
    if not forum.is_forum:
        raise Http404
    page = paginate(Community.objects.in_forum(forum), request, order=("name", "pk"))
    number = ForumMembership.objects.shown().filter(forum=forum).count()
    context = {"community": forum, "page_obj": page, "number": number, "nav": "communities"}
    return render(request, "communities/forum_members.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@agreed_required
def federation(request: SignedInRequest, slug: str) -> HttpResponse:
    """For managers: what the forum or the community is asked, who belongs, and whom to ask."""
    community = managed(request, slug)
    if request.method == "POST":
        return _ask(request, community)
    own = ForumMembership.objects.filter(forum=community) if community.is_forum else (
        ForumMembership.objects.filter(community=community)
    )  # fmt: skip
    own = own.select_related("community__region", "forum__region")
    offered = _communities(community, request) if community.is_forum else _forums(community)
    context = {
        "community": community,
        "waiting": [(wish, wish.answering.pk == community.pk) for wish in own.open().order_by("asked_at")],
        "page_obj": paginate(own.current(), request, order=("-accepted_at", "-pk")),
        "offered": offered.select_related("region__parent").order_by("name", "pk")[:OFFERED],
        "words": request.GET.get("nama", ""),
        "nav": "communities:mine",
    }
    return render(request, "communities/federation.html", context)


def _ask(request: SignedInRequest, community: Community) -> HttpResponse:
    pk = request.POST.get("with", "")
    other = get_object_or_404(Community.objects.living(), pk=pk if pk.isdecimal() and len(pk) < 19 else 0)
    try:
        if community.is_forum:
            forum_actions.invite(community, other, by=request.user)
        else:
            forum_actions.ask(community, other, by=request.user)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("Sent. You are told as soon as the other side answers."))
    return redirect("communities:federation", slug=community.slug)


STEPS = {"accept": forum_actions.accept, "end": forum_actions.end}


@require_POST
@agreed_required
def change(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Accept, decline, take back, leave or remove."""
    community = managed(request, slug)
    mine = Q(forum=community) | Q(community=community)
    membership = get_object_or_404(ForumMembership.objects.filter(mine), pk=pk)
    step = STEPS.get(request.POST.get("step", ""))
    if step is None:
        messages.error(request, _("This button is not known. Reload the page and try again."))
        return redirect("communities:federation", slug=slug)
    try:
        step(membership, by=request.user)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("Done. The other side is told."))
    return redirect("communities:federation", slug=slug)


def beside(community: Community) -> dict[str, Any]:
    """What the page of a community shows of forums: the members of one, or those that it belongs to."""
    if community.verified_at is None:
        return {}
    if not community.is_forum:
        found = ForumMembership.objects.shown().filter(community=community)
        return {"forums": [each.forum for each in found.select_related("forum").order_by("forum__region")]}
    counted = Community.objects.in_forum(community).annotate(of_all=Window(Count("pk")))
    shown = list(counted.order_by("name", "pk")[:SHOWN])
    return {"member_communities": shown, "member_number": shown[0].of_all if shown else 0}


def _forums(community: Community) -> QuerySet[Community]:
    """The forums of its regency and of its province that it could ask."""
    above = Community.objects.living().filter(kind=Kind.FORUM, region__in=community.region.ancestor_codes[1:])
    joined = ForumMembership.objects.filter(community=community, ended_at=None)
    return above.exclude(pk__in=joined.values("forum"))


def _communities(forum: Community, request: HttpRequest) -> QuerySet[Community]:
    """Those of its region with such a name that are not in it yet; nothing until a name is typed."""
    names = names_that_begin_like(request.GET.get("nama", "")[:100])
    if not names:
        return Community.objects.none()
    joined = ForumMembership.objects.filter(forum=forum, ended_at=None)
    free = Community.objects.living().within(forum.region).exclude(kind=Kind.FORUM)
    return with_name(free.exclude(pk__in=joined.values("community")), "name", names)
