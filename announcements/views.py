"""Pages of those whom an office tells something."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.consent import agreed_required
from accounts.requests import SignedInRequest
from announcements import actions, passing_on, rules
from announcements.models import Announcement, PassedOn, Receipt
from common.pagination import paginate
from communities.composing import edit_url
from communities.models import Community

if TYPE_CHECKING:
    from django.db.models import QuerySet


@login_not_required
@require_safe
def announcement_list(request: HttpRequest) -> HttpResponse:
    """What offices announce to everybody, and to the KIM of who is signed in; the newest first."""
    is_archive = "arsip" in request.GET
    found = Announcement.objects.concerning(request.user)
    found = found.archived() if is_archive else found.in_force()
    found = found.with_receipt_of(request.user).select_related("region").defer("text")
    page = paginate(found, request, order=("-sent_at", "-pk"))
    context = {"page_obj": page, "is_archive": is_archive, "nav": "announcements"}
    return render(request, "announcements/list.html", context)


@login_not_required
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One announcement, with what the person can do with it."""
    announcement = _find(request, pk, Announcement.objects.select_related("region", "corrects"))
    communities = list(rules.communities_passing_on(request.user, announcement))
    passing = communities if announcement.withdrawn_at is None else _own_communities(request)
    passed = PassedOn.objects.filter(announcement=announcement, community__in=passing)
    context = {
        "announcement": announcement,
        "correction": announcement.corrections.sent().last(),
        "receipt": _receipt(request, announcement),
        "is_readable": rules.may_read_words(request.user, announcement),
        "may_confirm": rules.may_confirm(request.user, announcement),
        "communities": communities,
        "passed": passed.select_related("article", "community") if passing else [],
        "nav": "announcements",
    }
    return render(request, "announcements/detail.html", context)


@login_not_required
@require_safe
def attachment(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file of an announcement, for whoever may read it; of a draft, for its office."""
    found = get_object_or_404(Announcement.objects.visible_to(request.user), pk=pk)
    if not found.attachment or not rules.may_read_words(request.user, found):
        raise Http404
    try:
        content = found.attachment.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    answer = FileResponse(content, content_type=found.attachment_type, filename=found.attachment_name)
    answer["Cache-Control"] = "private, no-store"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


@require_POST
def confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    """“Sudah dibaca”."""
    announcement = _find(request, pk)
    try:
        actions.confirm_reading(announcement, by=request.user)
    except PermissionDenied:
        messages.info(request, _("It is over, or not addressed to you, so there is nothing to confirm."))
    else:
        messages.success(request, _("Noted: you have read it. The office sees that it has arrived."))
    return redirect(announcement)


@require_POST
@agreed_required
def pass_on(request: SignedInRequest, pk: int) -> HttpResponse:
    """Begin a news item of it for one of one's communities."""
    announcement = _find(request, pk)
    chosen = request.POST.get("community", "")
    own = rules.communities_passing_on(request.user, announcement)
    community = next((each for each in own if not chosen or str(each.pk) == chosen), None)
    if community is None:
        messages.info(request, _("It is over, or not for one of your KIM, so it cannot be passed on."))
        return redirect(announcement)
    passed, is_new = passing_on.pass_on(announcement, community, by=request.user)
    article = passed.article
    if not article.is_authored_by(request.user):
        messages.info(request, _("Another member of your KIM is already passing it on."))
        return redirect(announcement)
    if is_new:
        messages.success(request, _("A draft with the office as its source. Make it yours, then send it."))
    return redirect(edit_url(article) if article.is_editable else article)


def _find(request: HttpRequest, pk: int, queryset: QuerySet[Announcement] | None = None) -> Announcement:
    known: Any = Announcement.objects.all() if queryset is None else queryset
    found: Announcement = get_object_or_404(known.visible_to(request.user).sent(), pk=pk)
    return found


def _own_communities(request: HttpRequest) -> list[Community]:
    """Whose news may have to change after a withdrawal."""
    return list(Community.objects.with_member(request.user)) if request.user.is_authenticated else []


def _receipt(request: HttpRequest, announcement: Announcement) -> Receipt | None:
    if not request.user.is_authenticated:
        return None
    return Receipt.objects.filter(announcement=announcement, user=request.user).first()
