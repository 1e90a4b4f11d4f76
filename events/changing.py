"""Views of who changes a published event: another time or place, a cancellation, other words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.consent import agreed_required
from accounts.requests import SignedInRequest
from communities import composing
from communities.answering import answers_in
from communities.showing import backstage, find
from events import change_actions, trace
from events.change import WORDS, said_by
from events.forms import CancelForm, MoveForm, WordsForm
from events.models import Event, EventChange
from moderation import remarks
from moderation.errors import TransitionRefused
from moderation.states import Status
from moderation.versions import changes as differing

RELATED = (
    "event__region__parent__parent__parent", "event__community", "event__created_by", "community", "region",
    "created_by", "decided_by",
)  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@agreed_required
def reschedule(request: SignedInRequest, pk: int, slug: str) -> HttpResponse:
    """Another time or another place, true at once."""
    event = _published(request, pk)
    if isinstance(event, HttpResponse):
        return event
    form = MoveForm(_sent(request), event=event)

    def move() -> EventChange | None:
        said = form.cleaned_data
        return change_actions.move(
            event, by=request.user, seen=said["seen"], reason=said["reason"], **form.facts()
        )

    moved = _("Moved. Everybody sees it now, and who follows your KIM is told.")
    return _at_once(request, event, form, move, said=moved, template="events/move_form.html")


@require_http_methods(["GET", "HEAD", "POST"])
@agreed_required
def cancel(request: SignedInRequest, pk: int, slug: str) -> HttpResponse:
    """It does not take place, and why; true at once."""
    event = _published(request, pk)
    if isinstance(event, HttpResponse):
        return event
    form = CancelForm(_sent(request), event=event)

    def call_off() -> EventChange | None:
        said = form.cleaned_data
        return change_actions.cancel(event, by=request.user, seen=said["seen"], reason=said["reason"])

    cancelled = _("Cancelled. Everybody sees it now, and who follows your KIM is told.")
    return _at_once(
        request,
        event,
        form,
        call_off,
        said=cancelled,
        template="events/cancel_form.html",
        also_dissolved=True,
    )


@require_POST
@agreed_required
def resume(request: SignedInRequest, pk: int, slug: str) -> HttpResponse:
    """It takes place after all; true at once."""
    event = _published(request, pk)
    if isinstance(event, HttpResponse):
        return event
    try:
        change_actions.resume(event, by=request.user)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal.message))
        return redirect(event)
    messages.success(request, _("It takes place after all. Everybody sees it now."))
    return redirect(event)


@require_http_methods(["GET", "HEAD", "POST"])
@agreed_required
def reword(request: SignedInRequest, pk: int, slug: str) -> HttpResponse:
    """Another title or description. One change at a time: what was begun already comes first."""
    event = _published(request, pk)
    if isinstance(event, HttpResponse):
        return event
    waiting = change_actions.open_one(event)
    if waiting and request.method != "POST":
        return redirect(composing.edit_url(waiting) if waiting.is_editable else waiting)
    if waiting and waiting.is_editable and request.POST.get("version") == waiting.changed_at.isoformat():
        return _compose(request, waiting)
    return _compose(request, change_actions.begin(event))


@require_http_methods(["GET", "HEAD", "POST"])
@agreed_required
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Go on with other words, or repair them."""
    return composing.open_again(request, EventChange.objects.select_related(*RELATED), _compose, pk=pk)


@require_safe
def detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """What would change or has changed, and where it stands, for the authors and the office."""
    change = _find(request, pk)
    context = {"change": change, "event": change.event, "nav": "events:mine", **backstage(change, request)}
    return render(request, "events/change.html", context)


@require_POST
def move(request: SignedInRequest, pk: int) -> HttpResponse:
    """Send the words, take them back, or throw them away."""
    change = _find(request, pk)
    asked = request.POST.get("move", "")
    if asked == "submit":
        return _send(request, change)
    if asked != "discard":
        return composing.make_author_move(request, change, asked)
    said = _("Thrown away. The published event stays as it is.")
    return composing.discard_and_answer(
        request, change, change_actions.discard, about=change.event, said=said
    )


def _published(request: SignedInRequest, pk: int) -> Event | HttpResponse:
    """The event for its authors; the answer where it is not published. Http404 for everybody else."""
    queryset = Event.objects.select_related("community__region", "region__parent__parent__parent")
    event: Event = find(queryset, request, pk=pk)
    if not event.is_authored_by(request.user):
        raise Http404
    if event.status == Status.APPROVED:
        return event
    messages.info(request, _("Only what is published can be changed like this."))
    return redirect(event)


def _sent(request: SignedInRequest) -> QueryDict | None:
    """What was sent, also where that is nothing at all; None where the page is only opened."""
    return request.POST if request.method == "POST" else None


def _at_once(
    request: SignedInRequest,
    event: Event,
    form: MoveForm | CancelForm,
    act: Callable[[], EventChange | None],
    *,
    said: str,
    template: str,
    also_dissolved: bool = False,
) -> HttpResponse:
    """Show the form, or do it and lead to the event; a refusal has words and loses nothing that was typed.

    Where nothing can be changed any more, nobody is given a form to fill in.
    """
    if not form.is_bound:
        try:
            change_actions.require_changeable(event, by=request.user, also_dissolved=also_dissolved)
        except TransitionRefused as refusal:
            messages.error(request, str(refusal.message))
            return redirect(event)
    status, since = 200, []
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                done = act()
            except change_actions.Overtaken as overtaken:
                status, since = 409, trace.since(overtaken.stored, form.cleaned_data["seen"])
                _see(form, seen=overtaken.stored.sequence)
            except TransitionRefused as refusal:
                messages.error(request, str(refusal.message))
            else:
                _say(request, said if done else "")
                return redirect(Event.objects.get(pk=event.pk))
    context = {"form": form, "event": event, "since": since, "nav": "events:mine"}
    return render(request, template, context, status=status)


def _say(request: SignedInRequest, said: str) -> None:
    if said:
        messages.success(request, said)
    else:
        messages.info(request, _("It says so already. Nothing was changed."))


def _see(form: forms.BaseForm, **seen: Any) -> None:
    """Who has seen both may press again, and means it."""
    form.data = {**form.data.dict(), **seen}  # type: ignore[attr-defined]


def _find(request: SignedInRequest, pk: int) -> EventChange:
    change: EventChange = find(EventChange.objects.select_related(*RELATED), request, pk=pk)
    return change


def _compose(request: SignedInRequest, change: EventChange) -> HttpResponse:
    event = change.event
    if request.method != "POST":
        clashes = change.clashes if change.pk else []
        change.catch_up()
        return _show(request, WordsForm(instance=change), meanwhile=clashes)
    form = WordsForm(request.POST, instance=change)
    if not form.is_valid():
        return _show(request, form, status=422)
    if form.cleaned_data["event_version"] != event.changed_at.isoformat():
        others = [name for name in WORDS if getattr(change, name) != getattr(event, name)]
        return _show(request, form, status=409, meanwhile=others)
    change.before = said_by(event)
    return _save(request, form, change)


def _save(request: SignedInRequest, form: WordsForm, change: EventChange) -> HttpResponse:
    try:
        saved = change_actions.save(change, by=request.user, seen=form.cleaned_data["version"])
    except change_actions.OtherWords as others:
        return _show(request, form, status=409, stored=others.stored)
    except TransitionRefused as refusal:
        messages.error(request, str(refusal.message))
        return _show(request, form, status=409)
    remarks.answer(saved, answers_in(request.POST), by=request.user)
    if composing.wants_to_send(request):
        return _send(request, saved)
    messages.success(request, _("Saved as a draft. The published event stays as it is."))
    return redirect(saved)


def _send(request: SignedInRequest, change: EventChange) -> HttpResponse:
    """To the office; a refusal is said in words and nothing is lost."""
    try:
        change_actions.send(change, by=request.user)
    except TransitionRefused as refusal:
        for words in (refusal.message, *refusal.problems):
            messages.error(request, str(words))
        stays = EventChange.objects.filter(pk=change.pk, status__in=("draft", "returned")).exists()
        return redirect(composing.edit_url(change) if stays else change)
    messages.success(request, _("Sent. Until your office has decided, everybody sees the event as it is."))
    return redirect(change)


def _show(
    request: SignedInRequest,
    form: WordsForm,
    *,
    status: int = 200,
    stored: EventChange | None = None,
    meanwhile: Sequence[str] = (),
) -> HttpResponse:
    """The composer. `stored`: what somebody else saved; `meanwhile`: parts that may have changed since."""
    change: EventChange = form.instance
    event = change.event
    if form.is_bound and status == 409:
        seen = {"event_version": event.changed_at.isoformat()}
        if stored and stored.is_editable:
            seen["version"] = stored.changed_at.isoformat()
        _see(form, **seen)
    own = {name: getattr(change, name) for name in WORDS}
    context = {
        "form": form,
        "change": change,
        "event": event,
        "stored": stored,
        "sides": differing(event, {name: getattr(stored, name) for name in WORDS}, own) if stored else [],
        "meanwhile": [(change.content_label(name), getattr(event, name)) for name in meanwhile],
        "nav": "events:mine",
    }
    return render(request, "events/words_form.html", context, status=status)
