"""Public pages of fact checks."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from articles.models import Article
from common.pagination import paginate
from communities.showing import Gone, backstage, find, gone
from factchecks.filters import FactCheckFilter
from factchecks.findings import MEANINGS, Finding
from factchecks.models import FactCheck
from factchecks.structured import claim_review
from moderation.states import Status

NAV = "factchecks"
# What was published once may be named; of the rest nobody hears.
KNOWN = (Status.APPROVED, Status.SUSPENDED)


@login_not_required
@require_safe
def check_list(request: HttpRequest) -> HttpResponse:
    """Fact checks, the newest first; filtered by region, KIM and finding."""
    found = FactCheckFilter(request.GET, queryset=FactCheck.objects.public().for_cards())
    page = paginate(found.qs, request, order=("-published_at", "-pk"))
    meanings = [(finding.label, MEANINGS[finding]) for finding in Finding]
    context = {"filter": found, "page_obj": page, "meanings": meanings, "nav": NAV}
    return render(request, "factchecks/list.html", context)


@login_not_required
@require_safe
def detail(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """One fact check; its author and officers see where it stands beside it."""
    queryset = FactCheck.objects.select_related(
        "community__region", "region__parent__parent__parent", "region__office", "created_by", "decided_by"
    )
    try:
        check = find(queryset, request, pk=pk)
    except Gone as withdrawal:
        return gone(request, withdrawal)
    if slug != check.slug:
        return redirect(check, permanent=True)
    context = {
        "check": check,
        "touched": touched_by(check),
        "linked_data": claim_review(check) if check.is_public else None,
        "nav": NAV,
        **backstage(check, request),
    }
    return render(request, "factchecks/detail.html", context)


def touched_by(check: FactCheck) -> list[Article]:
    """The articles to which it is linked, as far as everybody may know of them."""
    known = check.articles.filter(status__in=KNOWN, community__status__in=KNOWN)
    return [
        article
        for article in known.select_related("community", "region").defer("body", "search").order_by("pk")
        if not article.is_before_its_time
    ]
