"""Views of who writes news."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

import communities.actions
from accounts.consent import agreed_required
from accounts.requests import SignedInRequest
from articles import conflicts, photos_on_page, resending, revisions, turns
from articles.forms import ArticleForm
from articles.models import Article, Turn
from articles.photo_forms import PhotoForms
from common.pagination import paginate
from communities import composing
from communities.showing import find
from moderation.errors import TransitionRefused
from moderation.states import EDITABLE, Status
from regions.forms import is_region_step, unvalidated

# The composer saves as one writes: nobody is told anything.
KEEP = "keep"
# The box that says: though somebody else is writing.
TAKE_OVER = "ambil-alih"


@require_http_methods(["GET", "HEAD", "POST"])
@agreed_required
def compose(request: SignedInRequest) -> HttpResponse:
    """Write news: save a draft, or send it for review."""
    return resending.answered(request) or _in_words(
        request, composing.open_new(request, Article(), _composer, nav="articles:compose")
    )


@require_http_methods(["GET", "HEAD", "POST"])
@agreed_required
def edit(request: SignedInRequest, pk: int, slug: str) -> HttpResponse:
    """Go on writing, or repair what came back."""
    queryset = Article.objects.select_related("community__region__parent__parent", "region")
    return resending.answered(request) or _in_words(
        request, composing.open_again(request, queryset, _composer, pk=pk)
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
    begun = _begun_here(request, article)
    article = begun or article
    data, is_sent = conflicts.chosen(request.POST, article, user), composing.wants_to_send(request)
    form = ArticleForm(data, instance=article, user=user, begun_here=begun is not None, sending=is_sent)
    photos = PhotoForms(article, data, request.FILES, is_draft=not is_sent)
    if is_region_step(request):
        return _show(request, unvalidated(form), photos, article)
    if not all([form.is_valid(), photos.is_valid()]):
        if _wants_data(request):
            return JsonResponse({"errors": _errors(form, photos)}, status=422)
        return _show(request, form, photos, article, status=422)
    return _stored_or_told(request, form, photos)


def _stored_or_told(request: SignedInRequest, form: ArticleForm, photos: PhotoForms) -> HttpResponse:
    """Store it, or say that somebody else has written or is writing; then nothing was stored."""
    try:
        return _saved(request, form, photos)
    except conflicts.Overtaken as overtaken:
        return _show_both(request, form, photos, overtaken)
    except turns.Taken as taken:
        if _wants_data(request):
            return JsonResponse({"said": str(taken.message)}, status=409)
        return _show(request, form, photos, form.instance, status=409)


def _begun_here(request: SignedInRequest, article: Article) -> Article | None:
    """What the page of a new article has stored already: its answer was lost, or it saves as one writes."""
    try:
        key = UUID(request.POST.get("form_key", ""))
    except ValueError:
        return None
    if article.pk:
        return None
    found = Article.objects.filter(form_key=key, created_by=request.user, status__in=EDITABLE)
    return found.select_related("community__region", "region").first()


def _saved(request: SignedInRequest, form: ArticleForm, photos: PhotoForms) -> HttpResponse:
    """Store it, and answer as it was asked: a page to go to, or what the composer needs to go on."""
    user, kept, added = request.user, list[Article](), photos_on_page.Added({}, [])
    is_quiet, is_new = request.POST.get("then") == KEEP, form.instance.pk is None
    if not is_new:
        turns.take(form.instance, by=user, over=TAKE_OVER in request.POST)

    def save() -> Article:
        with transaction.atomic():
            if form.instance.pk:
                conflicts.require_seen(conflicts.locked(form.instance), form, photos)
            saved = communities.actions.save_item(form.filled_instance(), by=user)
            resending.require_stored(saved, form.instance)
            photos_on_page.store(saved, photos, by=user, is_quiet=is_quiet)
        kept.append(saved)
        new = photos_on_page.add_new(saved, photos, by=user, is_quiet=is_quiet)
        added.rows.update(new.rows)
        added.problems.extend(new.problems)
        revisions.keep(saved, by=user, page=form.cleaned_data["page_key"], marked=not is_quiet)
        if not is_quiet:
            turns.end(saved, by=user)
        elif is_new:
            turns.take(saved, by=user)
        return saved

    if is_quiet:
        return _kept_quietly(save, added)
    answer = composing.save_and_answer(
        request, save, lambda: _typed_again(request, form, photos), lambda: added.problems
    )
    if not (_wants_data(request) and kept):
        return answer
    return _as_data(kept[0], answer.url, added)  # type: ignore[attr-defined]


def _typed_again(request: SignedInRequest, form: ArticleForm, photos: PhotoForms) -> HttpResponse:
    """The page with what was typed, for what could not be stored; who asked for data has it still."""
    if _wants_data(request):
        return redirect(request.path)
    return _show(request, form, photos, form.instance, status=409)


def _kept_quietly(save: Callable[[], Article], added: photos_on_page.Added) -> HttpResponse:
    try:
        saved = save()
    except TransitionRefused as refusal:
        return JsonResponse({"errors": {"": [str(refusal.message)]}}, status=422)
    return _as_data(saved, saved.get_absolute_url(), added)


def _as_data(article: Article, url: str, added: photos_on_page.Added) -> JsonResponse:
    """What the composer goes on with. lacking: a photo did not come through, and the device must keep it."""
    version = article.changed_at.isoformat()
    answer = {
        "saved_at": version,
        "version": version,
        "edit_url": composing.edit_url(article),
        "url": url,
        "lacking": bool(added.problems),
        "photos": added.rows,
    }
    return JsonResponse({**answer, "said": added.problems[0]} if added.problems else answer)


def _show_both(
    request: SignedInRequest, form: ArticleForm, photos: PhotoForms, overtaken: conflicts.Overtaken
) -> HttpResponse:
    """Both texts, side by side. New photos take nothing away: they are stored at once."""
    stored, sides = overtaken.stored, overtaken.sides
    if _wants_data(request):
        return JsonResponse({"conflict": True, "edit_url": composing.edit_url(stored)}, status=409)
    for problem in photos_on_page.add_new(stored, photos, by=request.user, is_quiet=False).problems:
        messages.error(request, problem)
    beside = ("is_open_to_members", "form_key", "page_key")
    typed = [(name, form.data.get(name, "")) for name in (*conflicts.FIELDS, *beside)]
    context = {
        "article": stored,
        "sides": sides,
        # What was changed of photos that have gone is told, and ends here.
        "typed": typed + photos.as_sent(but={side.place for side in sides if side.is_gone}),
        "version": stored.changed_at.isoformat(),
        "nav": "articles:compose",
    }
    return render(request, "articles/composer_conflict.html", context, status=409)


def _in_words(request: SignedInRequest, answer: HttpResponse) -> HttpResponse:
    """Who asked for data is not led elsewhere, but told why nothing was stored."""
    if not _wants_data(request) or answer.status_code != 302:
        return answer
    refusals = [str(message) for message in messages.get_messages(request)]
    return JsonResponse({"errors": {"": refusals}}, status=422)


def _wants_data(request: SignedInRequest) -> bool:
    return request.headers.get("Accept") == "application/json"


def _errors(form: ArticleForm, photos: PhotoForms) -> dict[str, list[str]]:
    """What is wrong, by the name of the field on the page."""
    return {
        part.add_prefix(name): [str(word) for word in words]
        for part in (form, *photos.all())
        for name, words in part.errors.items()
    }


def _turn_of_another(request: SignedInRequest, article: Article) -> Turn | None:
    if not article.pk or request.method == "HEAD":
        return None
    if request.method == "GET":
        return turns.note_opening(article, by=request.user)
    return turns.of_another(article, user=request.user)


def _show(
    request: SignedInRequest, form: ArticleForm, photos: PhotoForms, article: Article, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "photos": photos,
        "article": article,
        "turn": _turn_of_another(request, article),
        "nav": "articles:compose",
    }
    return render(request, "articles/composer.html", context, status=status)
