"""The public calendar, and the views of who announces."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

import communities.actions
from accounts.consent import agreed_required
from common.pagination import paginate
from communities import composing
from communities.models import Community
from communities.showing import Gone, backstage, find, gone
from events.calendar import to_ical
from events.filters import EventFilter
from events.forms import EventForm
from events.models import Event


@login_not_required
@require_safe
def event_list(request: HttpRequest) -> HttpResponse:
    """What is to come, the nearest first; `?lalu=1` is what has been."""
    is_past = bool(request.GET.get("lalu"))
    events = Event.objects.public().for_cards()
    found = EventFilter(request.GET, queryset=events.past() if is_past else events.upcoming())
    order = ("-starts_at", "-pk") if is_past else ("starts_at", "pk")
    page = paginate(found.qs, request, order=order)
    context = {"filter": found, "page_obj": page, "is_past": is_past, "nav": "events"}
    return render(request, "events/list.html", context)


@login_not_required
@require_safe
def detail(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """One event; its author and officers see where it stands beside it."""
    queryset = Event.objects.select_related(
        "community__region", "region__parent__parent__parent", "created_by", "decided_by"
    )
    try:
        event = find(queryset, request, pk=pk)
    except Gone as withdrawal:
        return gone(request, withdrawal)
    if slug != event.slug:
        return redirect(event, permanent=True)
    return render(
        request, "events/detail.html", {"event": event, "nav": "events", **backstage(event, request)}
    )


@login_not_required
@require_safe
def ical(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """The event as a file for the calendar of one's own device."""
    event = get_object_or_404(Event.objects.public().for_cards(), pk=pk)
    answer = HttpResponse(to_ical([event]), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{event.slug}.ics"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@agreed_required
def compose(request: HttpRequest) -> HttpResponse:
    """Announce an event: save a draft, or send it for review."""
    if not Community.objects.with_member(request.user).exists():  # type: ignore[arg-type]
        return render(request, "communities/nothing_to_write_for.html", {"nav": "events:mine"})
    return _composer(request, Event())


@require_http_methods(["GET", "HEAD", "POST"])
@agreed_required
def edit(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Go on with it, or repair what came back."""
    event = find(Event.objects.select_related("community__region", "region"), request, pk=pk)
    if not event.is_authored_by(request.user):
        raise Http404
    if not event.is_editable:
        messages.info(request, _("An event can be changed while it is a draft or needs repair."))
        return redirect(event)
    return _composer(request, event)


@require_POST
def move(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Send for review, or take back."""
    return composing.make_author_move(
        request, find(Event.objects.all(), request, pk=pk), request.POST.get("move", "")
    )


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What one has announced, the last touched first."""
    found = Event.objects.authored_by(request.user).for_cards()  # type: ignore[arg-type]
    page = paginate(found, request, order=("-changed_at", "-pk"))
    return render(request, "events/mine.html", {"page_obj": page, "nav": "events:mine"})


def _composer(request: HttpRequest, event: Event) -> HttpResponse:
    user: Any = request.user
    if request.method != "POST":
        return _show(request, EventForm(instance=event, user=user), event)
    form = EventForm(request.POST, instance=event, user=user, sending=composing.wants_to_send(request))
    if not form.is_valid():
        return _show(request, form, event, status=422)
    return composing.save_and_answer(
        request, lambda: communities.actions.save_item(form.filled_instance(), by=user)
    )


def _show(request: HttpRequest, form: EventForm, event: Event, status: int = 200) -> HttpResponse:
    context = {"form": form, "event": event, "nav": "events:mine"}
    return render(request, "events/composer.html", context, status=status)
