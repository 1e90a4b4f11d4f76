"""Finding an item for a page: what one may see, what is gone and why, and what never was."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

import moderation.actions
from activity.models import Activity
from moderation.models import Moderated
from moderation.states import Status


class Gone(Exception):
    """The item was public once and is withdrawn; carries the item whose reason is shown."""

    def __init__(self, item: Moderated) -> None:
        super().__init__(str(item))
        self.item = item


def find(queryset: QuerySet, request: HttpRequest, **lookup: Any) -> Any:
    """The item if the visitor may see it. Gone if it was withdrawn, Http404 if it is not for them."""
    item = queryset.visible_to(request.user).filter(**lookup).first()  # type: ignore[attr-defined]
    if item is not None:
        return item
    withdrawn = queryset.filter(**lookup).first()
    if withdrawn is None:
        raise Http404
    if withdrawn.status == Status.SUSPENDED:
        raise Gone(withdrawn)
    community = getattr(withdrawn, "community", None)
    if withdrawn.status == Status.APPROVED and community and community.status == Status.SUSPENDED:
        raise Gone(community)
    raise Http404


def gone(request: HttpRequest, withdrawal: Gone) -> HttpResponse:
    """The address of what was withdrawn keeps saying since when and why (PRODUCT.md, News)."""
    return render(request, "410.html", {"item": withdrawal.item}, status=410)


def backstage(item: Moderated, request: HttpRequest) -> dict[str, Any]:
    """What authors and officers see beside the item: its state, its history, their moves. Else nothing."""
    user = request.user
    if not user.is_authenticated:
        return {}
    is_author = item.is_authored_by(user)
    is_office = any(posting.covers(item.region) for posting in user.current_postings)
    if not (is_author or is_office):
        return {}
    return {
        "is_author": is_author,
        "is_office": is_office,
        "moves": moderation.actions.available_moves(item, user),
        "history": Activity.objects.of(item).filter(verb__startswith=f"{item.KIND}."),
    }
