"""Public pages of the news."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from articles import corrections, reading
from articles.filters import ArticleFilter
from articles.models import Amendment, Article, Photo
from common.pagination import paginate
from communities.showing import Gone, backstage, find, gone, rendition
from moderation.states import Status
from regions.models import Level

# A transparent GIF of one pixel.
PIXEL = bytes.fromhex(
    "47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b"
)


@login_not_required
@require_safe
def article_list(request: HttpRequest) -> HttpResponse:
    """The news, newest first; filtered by region, community and category."""
    found = ArticleFilter(request.GET, queryset=Article.objects.public().for_cards())
    page = paginate(found.qs, request, order=("-published_at", "-pk"))
    return render(request, "articles/list.html", {"filter": found, "page_obj": page, "nav": "articles"})


@login_not_required
@require_safe
def detail(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """One article; its author and officers see where it stands beside it."""
    queryset = Article.objects.select_related(
        "community__region", "region__parent__parent__parent", "created_by", "decided_by", "reads"
    ).prefetch_related("photos")
    try:
        article = find(corrections.with_changes(queryset), request, pk=pk)
    except Gone as withdrawal:
        return gone(request, withdrawal)
    if slug != article.slug:
        return redirect(article, permanent=True)
    # What a forum writes comes from a regency or a province: there nearby is the region itself.
    around = article.region.parent if article.region.level == Level.VILLAGE else article.region
    nearby = Article.objects.public().newest_within(around).exclude(pk=article.pk)
    context = {
        "article": article,
        "nearby": nearby.newest_first()[:5],
        "around": around,
        "corrections": corrections.of(article),
        "nav": "articles",
        **backstage(article, request),
    }
    if article.status == Status.APPROVED and not (context.get("is_author") or context.get("is_office")):
        context["pixel_url"] = reading.pixel_path(article)
    return render(request, "articles/detail.html", context)


@login_not_required
@require_safe
@never_cache
def read(request: HttpRequest, pk: int, signature: str) -> HttpResponse:
    """The pixel at the end of an article, which says that somebody reads it."""
    if not reading.is_signed(pk, signature):
        raise Http404
    if request.method == "GET":
        reading.note(pk, request)
    return HttpResponse(PIXEL, content_type="image/gif")


@login_not_required
@require_safe
def photo(request: HttpRequest, key: UUID, size: str) -> HttpResponseBase:
    """A rendition of a photo, for whoever may see its article or its amendment."""
    photos = Photo.objects.select_related("article__community").filter(key=key)
    found = photos.filter(article__in=Article.objects.visible_to(request.user)).first()
    if found is None:
        # One that an amendment would add is for its authors and the office, and no cache.
        found = get_object_or_404(photos, amendment__in=Amendment.objects.visible_to(request.user))
    article = found.article
    is_public = article is not None and article.status == article.community.status == Status.APPROVED
    is_public = is_public and not (article and article.is_before_its_time)
    return rendition(found, size, is_public=is_public)
