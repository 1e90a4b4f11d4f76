"""Views of who announces an event."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

import communities.actions
from accounts.consent import agreed_required
from accounts.requests import SignedInRequest
from common.pagination import paginate
from communities import composing
from communities.showing import find
from events.forms import EventForm
from events.models import Event


@require_http_methods(["GET", "HEAD", "POST"])
@agreed_required
def compose(request: SignedInRequest) -> HttpResponse:
    """Announce an event: save a draft, or send it for review."""
    return composing.open_new(request, Event(), _composer, nav="events:mine")


@require_http_methods(["GET", "HEAD", "POST"])
@agreed_required
def edit(request: SignedInRequest, pk: int, slug: str) -> HttpResponse:
    """Go on with it, or repair what came back."""
    queryset = Event.objects.select_related("community__region", "region")
    return composing.open_again(request, queryset, _composer, pk=pk)


@require_POST
def move(request: SignedInRequest, pk: int, slug: str) -> HttpResponse:
    """Send for review, or take back."""
    return composing.make_author_move(
        request, find(Event.objects.all(), request, pk=pk), request.POST.get("move", "")
    )


@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    """What one has announced, the last touched first."""
    found = Event.objects.authored_by(request.user).for_cards()
    page = paginate(found, request, order=("-changed_at", "-pk"))
    return render(request, "events/mine.html", {"page_obj": page, "nav": "events:mine"})


def _composer(request: SignedInRequest, event: Event) -> HttpResponse:
    user = request.user
    if request.method != "POST":
        return _show(request, EventForm(instance=event, user=user), event)
    form = EventForm(request.POST, instance=event, user=user, sending=composing.wants_to_send(request))
    if not form.is_valid():
        return _show(request, form, event, status=422)
    return composing.save_and_answer(
        request,
        lambda: communities.actions.save_item(form.filled_instance(), by=user),
        lambda: _show(request, form, event, status=409),
    )


def _show(request: SignedInRequest, form: EventForm, event: Event, status: int = 200) -> HttpResponse:
    context = {"form": form, "event": event, "nav": "events:mine"}
    return render(request, "events/composer.html", context, status=status)
