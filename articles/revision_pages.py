"""The saved versions of an article, for its authors: two beside each other, and the way back."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedInRequest
from articles import revisions, turns
from articles.models import Article
from articles.writing import Revision
from common.pagination import paginate
from communities.composing import edit_url
from communities.showing import find
from moderation import versions
from moderation.errors import TransitionRefused

OLDER, NEWER = "dari", "ke"


@require_safe
def revisions_of(request: SignedInRequest, pk: int, slug: str) -> HttpResponse:
    """Who saved what and when, newest first; above it two compared: those asked for, else the last."""
    article = _own(request, pk)
    saved = article.revisions.select_related("saved_by")
    page = paginate(saved, request, order=("-pk",))
    older, newer = _asked(request, saved)
    context = {
        "article": article,
        "page_obj": page,
        "older": older,
        "newer": newer,
        "changes": versions.changes(article, older.content, newer.content) if older and newer else None,
        "turn": turns.of_another(article, user=request.user),
        "nav": "articles:mine",
    }
    return render(request, "articles/revisions.html", context)


@require_POST
def go_back(request: SignedInRequest, pk: int, slug: str, revision: int) -> HttpResponse:
    """Make a version the text of the article again; what stands there stays in the list."""
    article = _own(request, pk)
    found = get_object_or_404(article.revisions.select_related("article"), pk=revision)
    try:
        article = revisions.restore(found, by=request.user)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal.message))
        return redirect("articles:revisions", article.pk, article.slug)
    messages.success(request, _("That version is the text again. What stood there before is in the list."))
    return redirect(edit_url(article))


def _own(request: SignedInRequest, pk: int) -> Article:
    queryset = Article.objects.select_related("community__region", "region", "created_by")
    article: Article = find(queryset, request, pk=pk)
    if not article.is_authored_by(request.user):
        raise Http404
    return article


def _asked(request: SignedInRequest, saved: QuerySet[Revision]) -> tuple[Revision | None, Revision | None]:
    """The two to compare, the older one first; None where there are no two."""
    wanted = [request.GET.get(name, "") for name in (OLDER, NEWER)]
    numbers = {int(word) for word in wanted if word.isdecimal() and len(word) < 19}
    found = list(saved.filter(pk__in=numbers).order_by("-pk")) if len(numbers) == 2 else []
    if len(found) != 2:
        found = list(saved.order_by("-pk")[:2])
    if len(found) != 2:
        return None, None
    return found[1], found[0]
