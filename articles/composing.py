"""Views of who writes news."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

import communities.actions
from accounts.consent import agreed_required
from articles import actions
from articles.forms import ArticleForm, PhotoForms
from articles.models import Article
from common.pagination import paginate
from common.photos import PhotoRefused
from communities import composing
from communities.models import Community
from communities.showing import find
from moderation.errors import TransitionRefused
from moderation.states import Status


@require_http_methods(["GET", "HEAD", "POST"])
@agreed_required
def compose(request: HttpRequest) -> HttpResponse:
    """Write news: save a draft, or send it for review."""
    if not Community.objects.with_member(request.user).exists():  # type: ignore[arg-type]
        return render(request, "communities/nothing_to_write_for.html", {"nav": "articles:mine"})
    return _composer(request, Article())


@require_http_methods(["GET", "HEAD", "POST"])
@agreed_required
def edit(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Go on writing, or repair what came back."""
    article = find(Article.objects.select_related("community__region"), request, pk=pk)
    if not article.is_authored_by(request.user):
        raise Http404
    if not article.is_editable:
        messages.info(request, _("News can be changed while it is a draft or needs repair."))
        return redirect(article)
    return _composer(request, article)


@require_POST
def move(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Send for review, or take back."""
    return composing.make_author_move(
        request, find(Article.objects.all(), request, pk=pk), request.POST.get("move", "")
    )


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What one writes and has written, the last touched first; filtered by status."""
    found = (
        Article.objects.authored_by(request.user)
        .select_related("community", "region")
        .prefetch_related("photos")
    )  # type: ignore[arg-type]
    status = request.GET.get("status", "")
    if status in Status.values:
        found = found.filter(status=status)
    page = paginate(found, request, order=("-changed_at", "-pk"))
    context = {"page_obj": page, "status": status, "statuses": Status.choices, "nav": "articles:mine"}
    return render(request, "articles/mine.html", context)


def _composer(request: HttpRequest, article: Article) -> HttpResponse:
    user: Any = request.user
    if request.method != "POST":
        return _show(request, ArticleForm(instance=article, user=user), PhotoForms(article), article)
    form = ArticleForm(request.POST, instance=article, user=user, sending=composing.wants_to_send(request))
    photos = PhotoForms(article, request.POST, request.FILES)
    if not all([form.is_valid(), photos.is_valid()]):
        return _show(request, form, photos, article, status=422)
    problems: list[str | Promise] = []

    def save() -> Article:
        saved = communities.actions.save_item(form.filled_instance(), by=user)
        problems.extend(_save_photos(saved, photos, user))
        return saved

    return composing.save_and_answer(request, save, lambda: problems)


def _save_photos(article: Article, photos: PhotoForms, user: Any) -> list[str | Promise]:
    """Store what changed about the photos; what is refused is said, and the rest is kept."""
    problems: list[str | Promise] = []
    for form in photos.stored:
        if form.cleaned_data["remove"]:
            actions.remove_photo(form.instance, by=user)
        elif form.has_changed():
            actions.describe_photo(form.instance, by=user)
    for new in photos.new:
        data = new.cleaned_data
        if not data.get("file"):
            continue
        try:
            actions.add_photo(article, data["file"], caption=data["caption"], credit=data["credit"], by=user)
        except PhotoRefused as refusal:
            problems.append(refusal.message)
        except TransitionRefused as refusal:
            problems.append(refusal.message)
    return problems


def _show(
    request: HttpRequest, form: ArticleForm, photos: PhotoForms, article: Article, status: int = 200
) -> HttpResponse:
    context = {"form": form, "photos": photos, "article": article, "nav": "articles:compose"}
    return render(request, "articles/composer.html", context, status=status)
