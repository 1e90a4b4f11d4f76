"""Taking an item, giving it back, and taking whatever comes next. Nothing here happens by opening a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.requests import SignedInRequest
from moderation import claims
from moderation.errors import TransitionRefused
from moderation.kinds import kinds
from office import narrowing, queue
from office.desk import look_of, with_query
from office.finding import find
from office.guard import office_view

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accounts.models import User
    from office.narrowing import Narrowing
    from office.queue import Row


@office_view
@require_POST
def take(request: SignedInRequest, kind: str, pk: int) -> HttpResponse:
    """Take the item: with the button, or, for who has begun to work on it, without leaving the page."""
    item = find(request.user, kind, pk)
    quietly = "diam" in request.POST
    try:
        claims.take(item, by=request.user, by_hand=not quietly, over="alih" in request.POST)
    except TransitionRefused as refusal:
        if quietly:
            return HttpResponse(str(refusal.message), status=409, content_type="text/plain; charset=utf-8")
        messages.error(request, refusal.message)
    except PermissionDenied:
        if quietly:
            raise
        messages.error(request, _("This item is not yours to take."))
    if quietly:
        return HttpResponse(status=204)
    return redirect(with_query("office:item", look_of(request, item), kind=kind, pk=pk))


@office_view
@require_POST
def release(request: SignedInRequest, kind: str, pk: int) -> HttpResponse:
    """Give the item back."""
    item = find(request.user, kind, pk)
    claims.release(item, by=request.user)
    messages.success(request, _("Given back: another officer can take it now."))
    return redirect(with_query("office:item", look_of(request, item), kind=kind, pk=pk))


@office_view
@require_POST
def take_next(request: SignedInRequest) -> HttpResponse:
    """Take the first item of the list that nobody has."""
    look = narrowing.read(request.GET)
    taken = take_first(request.user, queue.first_free(request.user, look))
    if taken is None:
        messages.info(request, _("Nothing on this list is free for you at the moment."))
        return redirect(with_query("office:desk", look))
    return redirect(with_query("office:item", look, kind=taken.item_kind, pk=taken.pk))


def go_on(request: SignedInRequest, look: Narrowing, rows: Iterable[Row]) -> HttpResponse:
    """To the first of the rows that can be taken, and with it taken; else back to the list."""
    taken = take_first(request.user, rows)
    if taken is None:
        return redirect(with_query("office:desk", look))
    return redirect(with_query("office:item", look, kind=taken.item_kind, pk=taken.pk))


def take_first(user: User, rows: Iterable[Row]) -> Row | None:
    """The first row whose item could be taken; somebody else may have been faster with some."""
    for row in rows:
        item = kinds()[row.item_kind].objects.on_desks_of(user).filter(pk=row.pk).first()  # type: ignore[attr-defined]
        try:
            if item is not None:
                claims.take(item, by=user, by_hand=False)
                return row
        except (TransitionRefused, PermissionDenied):
            continue
    return None


taking_urls = [
    path("ambil/", take_next, name="take_next"),
    path("<slug:kind>/<int:pk>/ambil/", take, name="take"),
    path("<slug:kind>/<int:pk>/lepas/", release, name="release"),
]
