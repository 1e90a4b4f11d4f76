"""Pages of amendments: for those who may change an article, and what everybody reads of the changes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.consent import agreed_required
from accounts.requests import SignedInRequest
from articles import amendment_actions, corrections, merging, photos_on_page
from articles.amendment_forms import AmendedPhotos, AmendmentForm, version_of
from articles.models import Amendment, Article, PublicChange
from articles.parts import base_of
from common.pagination import paginate
from communities import composing, handing
from communities.answering import answers_in
from communities.showing import Gone, backstage, find, gone
from moderation import remarks
from moderation.errors import TransitionRefused
from moderation.states import Status
from moderation.versions import changes as differing
from regions.forms import is_region_step, unvalidated

RELATED = (
    "article__region__parent__parent__parent", "article__community__region__parent__parent",
    "article__created_by", "community", "region", "happened_in", "created_by", "decided_by",
)  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@agreed_required
def amend(request: SignedInRequest, pk: int, slug: str) -> HttpResponse:
    """Correct or change what is published. One amendment at a time: who else has begun comes first."""
    queryset = Article.objects.select_related("community__region__parent__parent", "region")
    article = find(queryset.prefetch_related("photos"), request, pk=pk)
    if not article.is_authored_by(request.user):
        raise Http404
    if article.status not in amendment_actions.AMENDABLE:
        messages.info(request, _("Only what is published can be amended."))
        return redirect(article)
    waiting = amendment_actions.open_one(article)
    if waiting and request.method != "POST":
        return redirect(composing.edit_url(waiting) if waiting.is_editable else waiting)
    if waiting and waiting.is_editable and request.POST.get("version") == waiting.changed_at.isoformat():
        return _compose(request, waiting)
    return _compose(request, amendment_actions.begin(article))


@require_http_methods(["GET", "HEAD", "POST"])
@agreed_required
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Go on with an amendment, or repair it."""
    queryset = Amendment.objects.select_related(*RELATED).prefetch_related("article__photos", "photos")
    return composing.open_again(request, queryset, _compose, pk=pk)


@require_safe
def detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """What would change, and where it stands."""
    amendment = _find(request, pk)
    context = {
        "amendment": amendment,
        "article": amendment.article,
        "change": PublicChange.objects.filter(amendment=amendment).select_related("article__region").first(),
        "nav": "articles:mine",
        **backstage(amendment, request),
    }
    return render(request, "articles/amendment.html", context)


@require_POST
def move(request: SignedInRequest, pk: int) -> HttpResponse:
    """Send it, take it back, or throw it away."""
    amendment = _find(request, pk)
    asked = request.POST.get("move", "")
    if asked in handing.SENDING:
        return _send(request, amendment)
    if asked != "discard":
        return composing.make_author_move(request, amendment, asked)
    said = _("Thrown away. The published article stays as it is.")
    return composing.discard_and_answer(
        request, amendment, amendment_actions.discard, about=amendment.article, said=said
    )


@login_not_required
@require_safe
def public_changes(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """What was changed in an article since it was published, the newest first."""
    try:
        article = find(Article.objects.select_related("community", "region"), request, pk=pk)
    except Gone as withdrawal:
        return gone(request, withdrawal)
    if slug != article.slug:
        return redirect("articles:changes", article.pk, article.slug, permanent=True)
    found = PublicChange.objects.filter(article=article).select_related("corrects__article__region")
    page = paginate(found, request, order=("-changed_at", "-pk"))
    for change in page:
        change.article = article
    corrections.protect(page)
    context = {"article": article, "page_obj": page, "nav": "articles"}
    return render(request, "articles/changes.html", context)


def _find(request: SignedInRequest, pk: int) -> Amendment:
    queryset = Amendment.objects.select_related(*RELATED).prefetch_related("article__photos", "photos")
    amendment: Amendment = find(queryset, request, pk=pk)
    return amendment


def _compose(request: SignedInRequest, amendment: Amendment) -> HttpResponse:
    if request.method != "POST":
        clashes = amendment.clashes if amendment.pk else []
        merging.catch_up(amendment)
        form, photos = AmendmentForm(instance=amendment), AmendedPhotos(amendment)
        return _show(request, form, photos, meanwhile=clashes)
    is_sent = composing.wants_to_send(request)
    photos = AmendedPhotos(amendment, request.POST, request.FILES, is_draft=not is_sent)
    form = AmendmentForm(request.POST, instance=amendment, sending=is_sent)
    if is_region_step(request):
        return _show(request, unvalidated(form), photos)
    if not all([form.is_valid(), photos.is_valid()]):
        return _show(request, form, photos, status=422)
    if form.cleaned_data["article_version"] != version_of(amendment.article):
        return _show(request, form, photos, status=409, meanwhile=_since(amendment.article))
    return _save(request, form, photos)


def _save(request: SignedInRequest, form: AmendmentForm, photos: AmendedPhotos) -> HttpResponse:
    amendment = form.filled_instance()
    amendment.photo_words, amendment.base = photos.changed(), base_of(amendment.article)
    try:
        with transaction.atomic():
            saved = amendment_actions.save(amendment, by=request.user, seen=form.cleaned_data["version"])
            photos_on_page.store(saved, photos.added, by=request.user, is_quiet=False)
            faults = photos_on_page.add_new(saved, photos.added, by=request.user, is_quiet=False).problems
    except amendment_actions.Overtaken as overtaken:
        return _show_both(request, form, photos, overtaken.stored)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal.message))
        return _show(request, form, photos, status=409)
    remarks.answer(saved, answers_in(request.POST), by=request.user)
    for fault in faults:
        messages.error(request, fault)
    if faults:
        messages.info(request, _("Your text is saved as a draft."))
        return redirect(composing.edit_url(saved))
    if composing.wants_to_send(request):
        return _send(request, saved)
    messages.success(request, _("Saved as a draft. The published article stays as it is."))
    return redirect(saved)


def _show_both(
    request: SignedInRequest, form: AmendmentForm, photos: AmendedPhotos, stored: Amendment
) -> HttpResponse:
    """Both texts. New photos take nothing away: they are added to what is stored."""
    if stored.is_editable:
        for fault in photos_on_page.add_new(stored, photos.added, by=request.user, is_quiet=False).problems:
            messages.error(request, fault)
        stored.refresh_from_db()
        photos.added = AmendedPhotos(stored).added
    return _show(request, form, photos, status=409, stored=stored)


def _send(request: SignedInRequest, amendment: Amendment) -> HttpResponse:
    """To whoever reads it first; a small slip passes at once. A refusal is in words and nothing is lost."""
    article = amendment.article
    try:
        sent = amendment_actions.send(amendment, by=request.user, seen=composing.version_read(request))
    except TransitionRefused as refusal:
        if Amendment.objects.filter(pk=amendment.pk, status=Status.SUBMITTED).exists():
            # Of a double click the first one was faster.
            return _sent(request, Amendment.objects.get(pk=amendment.pk))
        for words in (refusal.message, *refusal.problems):
            messages.error(request, str(words))
        return _refused(amendment, refusal)
    if sent is None:
        messages.success(request, _("The slip is mended, and the history of the article shows it."))
        return redirect(article.__class__.objects.get(pk=article.pk))
    return _sent(request, sent)


def _refused(amendment: Amendment, refusal: TransitionRefused) -> HttpResponse:
    """To the form, where something is to be mended; else to where it stands."""
    is_open = Amendment.objects.open().filter(pk=amendment.pk).exclude(status=Status.SUBMITTED).exists()
    return redirect(composing.edit_url(amendment) if is_open and refusal.problems else amendment)


def _sent(request: SignedInRequest, amendment: Amendment) -> HttpResponse:
    if amendment.is_handed_in:
        messages.success(request, composing.said(amendment, handing.SEND))
        return redirect(amendment)
    messages.success(
        request, _("Sent. Until your office has decided, readers see the article as it was published.")
    )
    return redirect(amendment)


def _since(article: Article) -> list[Any]:
    """What was published while the page was open."""
    newest = PublicChange.objects.filter(article=article).order_by("-pk").first()
    return differing(article, newest.before, newest.after) if newest else []


def _show(
    request: SignedInRequest,
    form: AmendmentForm,
    photos: AmendedPhotos,
    *,
    status: int = 200,
    stored: Amendment | None = None,
    meanwhile: Any = (),
) -> HttpResponse:
    """The composer. `stored`: what somebody else saved; `meanwhile`: what was published since."""
    amendment = form.instance
    if form.is_bound and status == 409:
        # Who has seen both may press again, and means it.
        seen = {"article_version": version_of(amendment.article)}
        if stored and stored.is_editable:
            seen["version"] = stored.changed_at.isoformat()
        form.data = {**form.data.dict(), **seen}  # type: ignore[attr-defined]
    context = {
        "form": form,
        "photos": photos,
        "amendment": amendment,
        "article": amendment.article,
        "stored": stored,
        "sides": differing(amendment.article, stored.said, amendment.said) if stored else [],
        "meanwhile": meanwhile,
        "nav": "articles:mine",
    }
    return render(request, "articles/amendment_form.html", context, status=status)
