"""What an office announces: write, look at it as it will arrive, send, withdraw."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from announcements import actions, rules
from announcements.models import Announcement
from common.pagination import paginate
from moderation.errors import TransitionRefused
from notifications.announcing import recipients
from office import announcement_results
from office.announcement_forms import AnnouncementForm
from office.guard import office_view
from office.names import office_name
from office.scope import code_of
from regions.forms import is_region_step, unvalidated
from regions.models import Region

# How long an announcement holds where nobody says otherwise.
USUAL_DAYS = 30


@office_view
@require_safe
def announcements(request: SignedInRequest) -> HttpResponse:
    """Those of one's own office with its drafts, those from above, and those of the offices beneath."""
    found = Announcement.objects.on_desks_of(request.user).select_related("region").defer("text")
    context = {
        "page_obj": paginate(found, request, order=("-pk",)),
        "own_offices": [
            (code_of(posting.region), office_name(posting.region))
            for posting in rules.announcing_postings(request.user)
        ],
        "nav": "office:announcements",
    }
    return render(request, "office/announcements/list.html", context)


@office_view
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: SignedInRequest, code: str) -> HttpResponse:
    """A new one, of one's own office; ?ralat= names the one that it puts right."""
    region = _own_office(request, code)
    corrected = _corrected(request, region)
    announcement = Announcement(
        region=region,
        places=corrected.places if corrected else [region.pk if region else ""],
        corrects=corrected,
        valid_until=timezone.localdate() + timedelta(days=USUAL_DAYS),
    )
    if corrected:
        _copy_words(corrected, announcement)
    return _compose(request, announcement)


@office_view
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Go on writing a draft; what was sent is not changed."""
    announcement = find(request, pk)
    if not rules.may_announce(request.user, announcement.region):
        raise PermissionDenied
    if announcement.is_sent:
        messages.info(request, _("What was sent is not changed. Write a correction instead."))
        return redirect("office:announcement", pk=pk)
    return _compose(request, announcement)


@office_view
@require_safe
def announcement(request: SignedInRequest, pk: int) -> HttpResponse:
    """A draft as it will arrive, with how many it reaches; once sent, how far it has come."""
    found = find(request, pk)
    if found.is_sent:
        return announcement_results.show(request, found)
    context = {
        "announcement": found,
        "people": recipients(found, by=request.user).count(),
        "communities": found.addressed_communities().count(),
        "chosen": Region.objects.filter(pk__in=found.chosen_codes).order_by("code"),
        "kinds": announcement_results.kind_labels(found),
        "nav": "office:announcements",
    }
    return render(request, "office/announcements/preview.html", context)


@office_view
@require_POST
def send(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let it go down; of two clicks the second finds it sent."""
    found = find(request, pk)
    people = recipients(found, by=request.user).count() if not found.is_sent else 0
    return _do(
        request,
        found,
        lambda: actions.send(found, by=request.user, people=people, seen=request.POST.get("seen", "")),
        _("Sent. This page shows how it comes down."),
    )


@office_view
@require_POST
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take back what was sent, with the reason."""
    found = find(request, pk)
    reason = request.POST.get("reason", "").replace("\x00", "")[:1000]
    return _do(
        request,
        found,
        lambda: actions.withdraw(found, by=request.user, reason=reason),
        _("Withdrawn. Its page says why, and nobody else is told of it."),
    )


@office_view
@require_POST
def discard(request: SignedInRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    found = find(request, pk)
    try:
        actions.discard_draft(found, by=request.user)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal.message))
        return _back(pk)
    messages.success(request, _("The draft is gone."))
    return redirect("office:announcements")


def find(request: SignedInRequest, pk: int) -> Announcement:
    """An announcement that concerns one's offices; 404 for those of other regions."""
    visible = Announcement.objects.on_desks_of(request.user)
    found: Announcement = get_object_or_404(
        visible.select_related("region", "corrects", "sent_by", "withdrawn_by", "created_by"), pk=pk
    )
    return found


def _own_office(request: SignedInRequest, code: str) -> Region | None:
    """The region of an office that the person speaks for. 403 for who speaks for none, else 404."""
    postings = rules.announcing_postings(request.user)
    if not postings:
        raise PermissionDenied
    for posting in postings:
        if code_of(posting.region) == code:
            return posting.region
    raise Http404


def _corrected(request: SignedInRequest, region: Region | None) -> Announcement | None:
    """The sent one of the same office that is put right, if the address names one."""
    pk = request.GET.get("ralat", "")
    if not (pk.isascii() and pk.isdigit() and len(pk) < 18):
        return None
    return Announcement.objects.sent().filter(region=region, pk=pk).first()


def _copy_words(corrected: Announcement, announcement: Announcement) -> None:
    for name in ("title", "text", "audience", "kinds", "valid_until"):
        setattr(announcement, name, getattr(corrected, name))


def _compose(request: SignedInRequest, announcement: Announcement) -> HttpResponse:
    if request.method != "POST":
        return _form(request, AnnouncementForm(instance=announcement), announcement)
    form = AnnouncementForm(request.POST, request.FILES, instance=announcement)
    if is_region_step(request):
        return _form(request, unvalidated(form), announcement)
    if not form.is_valid():
        return _form(request, form, announcement, status=422)
    try:
        saved = actions.save_draft(
            form.filled_instance(),
            by=request.user,
            attachment=form.cleaned_data["file"],
            keep_attachment=not form.cleaned_data.get("remove_file"),
            seen=form.cleaned_data["seen"],
        )
    except actions.DraftChanged as changed:
        form.add_error(None, changed.message)
        form.look_again()
        return _form(request, form, announcement, status=422)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal.message))
        return _back(announcement.pk)
    messages.success(request, _("Saved as a draft. Nobody has been told yet."))
    return redirect("office:announcement", pk=saved.pk)


def _form(
    request: SignedInRequest, form: AnnouncementForm, announcement: Announcement, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "announcement": announcement,
        "office": office_name(announcement.region),
        "nav": "office:announcements",
    }
    return render(request, "office/announcements/form.html", context, status=status)


def _do(request: SignedInRequest, found: Announcement, action: Any, said: str) -> HttpResponse:
    try:
        action()
    except TransitionRefused as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, said)
    return _back(found.pk)


def _back(pk: int) -> HttpResponse:
    """To its page, or to the list where a colleague has thrown it away in the meantime."""
    if Announcement.objects.filter(pk=pk).exists():
        return redirect("office:announcement", pk=pk)
    return redirect("office:announcements")


announcement_urls = [
    path("siaran/", announcements, name="announcements"),
    path("siaran/tulis/<str:code>/", write, name="write_announcement"),
    path("siaran/<int:pk>/", announcement, name="announcement"),
    path("siaran/<int:pk>/ubah/", edit, name="edit_announcement"),
    path("siaran/<int:pk>/kirim/", send, name="send_announcement"),
    path("siaran/<int:pk>/cabut/", withdraw, name="withdraw_announcement"),
    path("siaran/<int:pk>/hapus/", discard, name="discard_announcement"),
    *announcement_results.result_urls,
]
