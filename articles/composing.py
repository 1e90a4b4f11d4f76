"""Views of who writes news."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

import communities.actions
from accounts.consent import agreed_required
from accounts.models import User
from accounts.requests import SignedInRequest
from articles import actions
from articles.forms import ArticleForm, PhotoForms
from articles.models import Article
from common.pagination import paginate
from common.photos import PhotoRefused
from communities import composing
from communities.showing import find
from moderation.errors import TransitionRefused
from moderation.states import Status

if TYPE_CHECKING:
    pass


@require_http_methods(["GET", "HEAD", "POST"])
@agreed_required
def compose(request: SignedInRequest) -> HttpResponse:
    """Write news: save a draft, or send it for review."""
    return composing.open_new(request, Article(), _composer, nav="articles:compose")


@require_http_methods(["GET", "HEAD", "POST"])
@agreed_required
def edit(request: SignedInRequest, pk: int, slug: str) -> HttpResponse:
    """Go on writing, or repair what came back."""
    return composing.open_again(
        request, Article.objects.select_related("community__region"), _composer, pk=pk
    )


@require_POST
def move(request: SignedInRequest, pk: int, slug: str) -> HttpResponse:
    """Send for review, or take back."""
    return composing.make_author_move(
        request, find(Article.objects.all(), request, pk=pk), request.POST.get("move", "")
    )


@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    """What one writes and has written, the last touched first; filtered by status."""
    found = (
        Article.objects.authored_by(request.user)
        .select_related("community", "region", "created_by")
        .prefetch_related("photos")
    )
    status = request.GET.get("status", "")
    if status in Status.values:
        found = found.filter(status=status)
    page = paginate(found, request, order=("-changed_at", "-pk"))
    context = {"page_obj": page, "status": status, "statuses": Status.choices, "nav": "articles:mine"}
    return render(request, "articles/mine.html", context)


def _composer(request: SignedInRequest, article: Article) -> HttpResponse:
    user = request.user
    if request.method != "POST":
        return _show(request, ArticleForm(instance=article, user=user), PhotoForms(article), article)
    form = ArticleForm(request.POST, instance=article, user=user, sending=composing.wants_to_send(request))
    photos = PhotoForms(article, request.POST, request.FILES)
    if not all([form.is_valid(), photos.is_valid()]):
        return _show(request, form, photos, article, status=422)
    problems: list[str] = []

    def save() -> Article:
        saved = communities.actions.save_item(form.filled_instance(), by=user)
        problems.extend(_save_photos(saved, photos, user))
        return saved

    return composing.save_and_answer(request, save, lambda: problems)


def _save_photos(article: Article, photos: PhotoForms, user: User) -> list[str]:
    """Store what changed about the photos; what is refused is said, and the rest is kept."""
    problems: list[str] = []
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
            actions.add_photo(article, data["file"], by=user, **new.words())
        except PhotoRefused as refusal:
            problems.append(str(refusal.message))
        except TransitionRefused as refusal:
            problems.append(str(refusal.message))
    return problems


def _show(
    request: SignedInRequest, form: ArticleForm, photos: PhotoForms, article: Article, status: int = 200
) -> HttpResponse:
    context = {"form": form, "photos": photos, "article": article, "nav": "articles:compose"}
    return render(request, "articles/composer.html", context, status=status)
