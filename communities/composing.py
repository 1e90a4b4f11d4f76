"""What the three forms of authors have in common: save a draft and its pictures, send it, make a move."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

import moderation.actions
from accounts.models import User
from accounts.requests import SignedInRequest
from common.fields import SeenField, typed
from common.photos import PhotoRefused
from communities import actions, handing
from communities.answering import answers_in
from communities.models import Community, Picture
from communities.showing import find
from moderation import remarks
from moderation.errors import TransitionRefused
from moderation.models import Moderated
from moderation.states import EDITABLE, MOVES, Side, Status

APPEALED = gettext_lazy("Your appeal is sent. Another officer answers it, and you are told.")
Composer = Callable[[SignedInRequest, Any], HttpResponse]


def open_new(request: SignedInRequest, item: Moderated, composer: Composer, *, nav: str) -> HttpResponse:
    """Lead to the composer of a new item, or say that a verified community comes first."""
    if not Community.objects.with_member(request.user).exists():
        return render(request, "communities/nothing_to_write_for.html", {"nav": nav})
    return composer(request, item)


def open_again(
    request: SignedInRequest, queryset: QuerySet, composer: Composer, **lookup: Any
) -> HttpResponse:
    """Lead an author to the composer of a draft or of what needs repair; else say why not."""
    item = find(queryset, request, **lookup)
    if not item.is_authored_by(request.user):
        raise Http404
    if not item.is_editable:
        messages.info(request, _("It can be changed while it is a draft or needs repair."))
        return redirect(item)
    return composer(request, item)


def wants_to_send(request: SignedInRequest) -> bool:
    """Whether the person pressed the button that sends for review, not the one that saves a draft."""
    return request.POST.get("then") == "submit"


def save_and_answer(
    request: SignedInRequest,
    save: Callable[[], Moderated],
    again: Callable[[], HttpResponse],
    problems: Callable[[], list[Any]] = list,
) -> HttpResponse:
    """Store what `save` stores; then, if asked, send it for review; then lead to the item.

    `again` shows the form with what was typed, for what is refused: it is told why, and loses nothing.
    `problems` says what went wrong beside the text (a photo refused, say): then it stays a draft.
    """
    try:
        item = save()
    except TransitionRefused as refusal:
        messages.error(request, str(refusal.message))
        return again()
    remarks.answer(item, answers_in(request.POST), by=request.user)
    faults = problems()
    for fault in faults:
        messages.error(request, fault)
    if faults:
        messages.info(request, _("Your text is saved as a draft."))
        return redirect(edit_url(item))
    if wants_to_send(request):
        return make_author_move(request, item, handing.SEND)
    messages.success(request, _("Saved as a draft. Only you and your managers see it."))
    return redirect(item.get_absolute_url())


def make_author_move(request: SignedInRequest, item: Moderated, name: str) -> HttpResponse:
    """A move of the author, or a step between member and manager; a refusal has words and loses nothing."""
    if name == handing.SEND and not isinstance(item, handing.HandedIn):
        name = "submit"
    is_step = name in (*handing.STEPS, handing.SEND) and isinstance(item, handing.HandedIn)
    if not is_step and (name not in MOVES or MOVES[name].side is not Side.AUTHOR):
        messages.error(request, _("This button is not known. Reload the page and try again."))
        return redirect(item.get_absolute_url())
    try:
        item = _made(request, item, name)
    except TransitionRefused as refusal:
        if not _is_made(item, name):
            for fault in (refusal.message, *refusal.problems):
                messages.error(request, str(fault))
            return redirect(item.get_absolute_url())
    messages.success(request, said(item, name))
    return redirect(item.get_absolute_url())


def discard_and_answer(
    request: SignedInRequest, item: Moderated, discard: Callable[..., None], *, about: Any, said: str
) -> HttpResponse:
    """Throw away what was not decided, then lead to what it was about. Http404 for who is no author."""
    if not item.is_authored_by(request.user):
        raise Http404
    try:
        discard(item, by=request.user)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal.message))
        return redirect(item)
    messages.success(request, said)
    return redirect(about)


def _made(request: SignedInRequest, item: Moderated, name: str) -> Moderated:
    words, by = said_with(request), request.user
    if isinstance(item, handing.HandedIn):
        if name in handing.SENDING:
            return handing.send(item, by=by, seen=version_read(request), is_first=name != "submit")
        if name in handing.STEPS:
            return handing.STEPS[name](item, by=by, words=words)
    return moderation.actions.move(item, name, by=by, reason=words)


def version_read(request: SignedInRequest) -> datetime | None:
    """The version that a manager has read, where the page says it."""
    return SeenField().clean(request.POST.get("seen", ""))


def said_with(request: HttpRequest) -> str:
    """The words that come with a move, at most 2,000 characters."""
    return typed(request.POST.get("reason", ""), 2000)


def _is_made(item: Moderated, name: str) -> bool:
    """Whether the move is made already: of a double click, the first one was faster."""
    if name == handing.SEND:
        return not type(item)._base_manager.filter(pk=item.pk, status__in=EDITABLE).exists()
    if name not in MOVES:
        return False
    return type(item)._base_manager.filter(pk=item.pk, status=MOVES[name].target).exists()


def save_pictures(community: Community, form: forms.Form | forms.ModelForm, *, by: User) -> list[str]:
    """Store logo and group photo of a form; what is refused is said, and the rest is kept."""
    problems = []
    for field, use in (("logo", Picture.Use.LOGO), ("group_photo", Picture.Use.GROUP)):
        upload = form.cleaned_data.get(field)
        if not upload:
            continue
        try:
            actions.set_picture(community, use, upload, by=by)
        except PhotoRefused as refusal:
            problems.append(f"{form.fields[field].label}: {refusal.message}")
    return problems


def edit_url(item: Moderated) -> str:
    """Where an author changes the item."""
    return f"{item.get_absolute_url()}ubah/"


def said(item: Moderated, name: str) -> str:
    """What became of the item with this button, in words for whoever pressed it."""
    if name == handing.HAND_BACK:
        return _("Given back. The writer is told, and can send it again.")
    if name in handing.SENDING and getattr(item, "is_handed_in", False):
        return _("Handed in. The managers of your KIM read it first and send it on to the office.")
    if name in handing.SENDING and item.status == Status.APPROVED:
        return _("Published. Your KIM is trusted: your office reviews it after.")
    if name in handing.SENDING:
        return _("Sent. Your office reviews it, and you are told as soon as it has decided.")
    if name == "appeal":
        return str(APPEALED)
    return _("Taken back. You can change it now and send it again.")
