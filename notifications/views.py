"""The inbox."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from common.pagination import paginate
from notifications import actions, desk, links, stories, threads, wording
from notifications.inbox import entries, shown_count, unread_count
from notifications.models import Kind, Notification

PER_PAGE = 30


@require_safe
@never_cache
def inbox(request: HttpRequest) -> HttpResponse:
    """What one has been told: unread first, what is alike as one line."""
    asked = threads.Asked.read(request.GET)
    page = threads.page(request.user, asked)  # type: ignore[arg-type]
    unread = unread_count(request.user, asked.kind)  # type: ignore[arg-type]
    context = {
        "page": page,
        "unread": unread,
        "shown": shown_count(unread),
        "asked": asked,
        "kinds": _kinds(asked),
        "is_first": not (asked.below_unread or asked.below_read),
        "nav": "notifications:inbox",
    }
    return render(request, "notifications/inbox.html", context)


def _kinds(asked: threads.Asked) -> list[tuple[str, object, None, bool]]:
    address = reverse("notifications:inbox")
    kinds = [("", _("All")), *Kind.choices]
    return [
        (f"{address}{threads.Asked(kind=kind).query() if kind else ''}", label, None, kind == asked.kind)
        for kind, label in kinds
    ]


@require_safe
@never_cache
def open_one(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that it was opened, and go where it leads."""
    notification = _own(request, pk)
    actions.mark_read(notification)
    return redirect(links.path_of(notification.activity))


@require_safe
@never_cache
def open_group(request: HttpRequest, pk: int) -> HttpResponse:
    """All of one thread, up to the newest one that was shown: it is read by opening."""
    newest = _own(request, pk)
    thread = newest.thread
    if not thread:
        raise Http404
    new = Notification.objects.visible_to(request.user).unread()  # type: ignore[arg-type]
    new = new.filter(activity__story__thread=thread, pk__lte=pk)
    verbs = set(new.values_list("activity__verb", flat=True)) if thread == stories.DESK else set()
    actions.mark_thread_read(request.user, thread, until=pk)  # type: ignore[arg-type]
    if thread == stories.DESK:
        return redirect(desk.path_of(verbs or {newest.activity.verb}))
    page = paginate(
        threads.of_thread(request.user, newest.activity.story, pk),  # type: ignore[arg-type]
        request,
        order=("-pk",),
        per_page=PER_PAGE,
    )
    target = newest.activity.target
    context = {
        "title": wording.group_title(newest.activity, newest.kind),
        "community": getattr(target, "community", None),
        "entries": entries(page, request.user, {}),  # type: ignore[arg-type]
        "page_obj": page,
        "nav": "notifications:inbox",
    }
    return render(request, "notifications/group.html", context)


def _own(request: HttpRequest, pk: int) -> Notification:
    own = Notification.objects.visible_to(request.user).select_related("activity__story")  # type: ignore[arg-type]
    return get_object_or_404(own, pk=pk)


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark as read what the page showed, and what came before it; with a kind only that."""
    until, asked = request.POST.get("until", ""), threads.Asked.read(request.POST)
    if until.isdecimal() and len(until) < 19:
        actions.mark_all_read(request.user, until=int(until), kind=asked.kind)  # type: ignore[arg-type]
    return redirect(f"{reverse('notifications:inbox')}{asked.query() if asked.kind else ''}")
