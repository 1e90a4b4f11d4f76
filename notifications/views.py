"""The inbox."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from common.pagination import paginate
from notifications import actions, links
from notifications.inbox import entry, notifications_of
from notifications.models import Notification

PER_PAGE = 30


@require_safe
@never_cache
def inbox(request: HttpRequest) -> HttpResponse:
    """What one has been told, the newest first."""
    own = notifications_of(request.user)  # type: ignore[arg-type]
    page = paginate(own, request, order=("-pk",), per_page=PER_PAGE)
    entries = [entry(notification, request.user) for notification in page]  # type: ignore[arg-type]
    context = {
        "page_obj": page,
        "entries": entries,
        "newest": entries[0].notification.pk if entries else 0,
        "nav": "notifications:inbox",
    }
    return render(request, "notifications/inbox.html", context)


@require_safe
@never_cache
def open_one(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that it was opened, and go where it leads."""
    own = Notification.objects.visible_to(request.user).select_related("activity")  # type: ignore[arg-type]
    notification = get_object_or_404(own, pk=pk)
    actions.mark_read(notification)
    return redirect(links.path_of(notification.activity))


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark as read what the page showed, and what came before it."""
    until = request.POST.get("until", "")
    if until.isdecimal() and len(until) < 19:
        actions.mark_all_read(request.user, until=int(until))  # type: ignore[arg-type]
    return redirect("notifications:inbox")
