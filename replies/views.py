"""Public pages of replies."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from common.pagination import paginate
from communities.showing import Gone, backstage, find, gone
from moderation.states import Status
from replies.filters import ReplyFilter
from replies.models import Reply

NAV = "articles"


@login_not_required
@require_safe
def reply_list(request: HttpRequest) -> HttpResponse:
    """Every published reply, the newest first; by region."""
    found = ReplyFilter(request.GET, queryset=Reply.objects.public().for_cards())
    page = paginate(found.qs, request, order=("-published_at", "-pk"))
    return render(request, "replies/list.html", {"filter": found, "page_obj": page, "nav": NAV})


@login_not_required
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One reply; its author and officers see where it stands beside it."""
    try:
        reply = _find(request, pk)
    except Gone as withdrawal:
        return gone(request, withdrawal)
    context = {"reply": reply, "nav": NAV, **backstage(reply, request)}
    return render(request, "replies/detail.html", context)


def _find(request: HttpRequest, pk: int) -> Reply:
    """The reply if the visitor may see it; Gone too where the article beneath it was withdrawn."""
    queryset = Reply.objects.select_related(
        "article", "community", "region__parent__parent__parent", "created_by", "decided_by"
    )
    below = queryset.filter(pk=pk, status=Status.APPROVED, article__status=Status.SUSPENDED).first()
    if below is not None and not queryset.visible_to(request.user).filter(pk=pk).exists():
        raise Gone(below.article)
    found: Reply = find(queryset, request, pk=pk)
    return found
