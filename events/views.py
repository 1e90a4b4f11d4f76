"""The public calendar."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from common.pagination import paginate
from communities.showing import Gone, backstage, find, gone
from events import trace
from events.calendar import to_ical
from events.filters import EventFilter
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
    queryset = trace.with_trace(
        Event.objects.select_related(
            "community__region", "region__parent__parent__parent", "created_by", "decided_by"
        )
    )
    try:
        event = find(queryset, request, pk=pk)
    except Gone as withdrawal:
        return gone(request, withdrawal)
    if slug != event.slug:
        return redirect(event, permanent=True)
    context = {"event": event, "trace": trace.of(event), "nav": "events", **backstage(event, request)}
    return render(request, "events/detail.html", context)


@login_not_required
@require_safe
def ical(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """The event as a file for the calendar of one's own device."""
    event = get_object_or_404(Event.objects.public().for_cards(), pk=pk)
    answer = HttpResponse(to_ical([event]), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{event.slug}.ics"'
    return answer
