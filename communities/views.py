"""Public pages of communities."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from common.pagination import paginate
from communities.change_actions import open_request
from communities.filters import CommunityFilter
from communities.forums import beside
from communities.models import Community, Membership, Picture
from communities.showing import Gone, backstage, find, gone, named_office, rendition, verifying_office
from communities.waiting import stand_of
from moderation.states import Status

# What stands on the page of a community.
NEWS, PHOTOS = 6, 12


@login_not_required
@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """All verified communities, by name; filtered by region, kind and words of the name."""
    found = CommunityFilter(request.GET, queryset=Community.objects.living().select_related("region__parent"))
    page = paginate(found.qs, request, order=("name", "pk"))
    return render(
        request, "communities/directory.html", {"filter": found, "page_obj": page, "nav": "communities"}
    )


@login_not_required
@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of a community: who they are, and what they write."""
    queryset = Community.objects.select_related(
        "region__parent__parent__parent", "created_by", "decided_by", "verifying_region"
    ).annotate(office_name=named_office())
    try:
        community = find(queryset, request, slug=slug)
    except Gone as withdrawal:
        return gone(request, withdrawal)
    articles = _news(community)
    membership = _membership(community, request)
    is_author = community.is_applied_for_by(request.user) or (membership is not None and membership.manages)
    seen_behind = backstage(community, request, is_author=is_author)
    context = {
        "community": community,
        "articles": articles,
        "gallery": _gallery(articles),
        "verifying_office": verifying_office(community) if community.verified_at else "",
        "open_change": open_request(community) if seen_behind.get("is_author") else None,
        "events": community.events.public().upcoming().for_cards()[:4],
        "membership": membership,
        "nav": "communities",
        **beside(community),
        **seen_behind,
        **(stand_of(community) if seen_behind.get("is_author") else {}),
    }
    return render(request, "communities/detail.html", context)


@login_not_required
@require_safe
def picture(request: HttpRequest, key: UUID, size: str) -> HttpResponseBase:
    """A rendition of a logo or a group photo, for whoever may see its community."""
    visible = Community.objects.visible_to(request.user)
    found = get_object_or_404(
        Picture.objects.select_related("community").filter(community__in=visible), key=key
    )
    return rendition(found, size, is_public=found.community.status == Status.APPROVED)


def _news(community: Community) -> list[Any]:
    """The newest articles of the community; of a forum also those of its members."""
    own = community.articles.public()
    if community.is_forum:
        written_by = Q(community=community) | Q(community__in=Community.objects.in_forum(community))
        everything: Any = own.model._default_manager
        own = everything.public().within(community.region).filter(written_by)
    return list(own.newest_first().for_cards()[:NEWS])


def _gallery(articles: Sequence[Any]) -> list[tuple[Any, Any]]:
    """The photos of the newest articles, each with its article; what was prefetched for the cards."""
    return [(photo, article) for article in articles for photo in article.photos.all()][:PHOTOS]


def _membership(community: Community, request: HttpRequest) -> Membership | None:
    if not request.user.is_authenticated:
        return None
    return community.memberships.filter(user=request.user, ended_at=None).first()
