"""What members have handed in: the page of a manager who reads before the office does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from communities.handing import HandedIn, models_handed_in

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

# Of each kind: who has more to read begins with the oldest.
AT_ONCE = 50


@require_safe
def to_read(request: SignedInRequest) -> HttpResponse:
    """What waits for this manager, the longest first."""
    context = {"items": waiting_for(request.user), "nav": "communities:to_read"}
    return render(request, "communities/to_read.html", context)


def waiting_for(user: User) -> list[HandedIn]:
    """Everything handed in to this person, of every kind."""
    found: list[HandedIn] = []
    for model in models_handed_in():
        items = model.handed_in_to(user).for_cards()  # type: ignore[attr-defined]
        found += items.select_related("handed_in_by").order_by("handed_in_at")[:AT_ONCE]
    return sorted(found, key=lambda item: (item.handed_in_at, item.pk))


def number_for(user: User | AnonymousUser) -> int:
    """How much that is, in one question."""
    if not user.is_authenticated:
        return 0
    parts = [model.handed_in_to(user).order_by().values("pk", "form_key") for model in models_handed_in()]
    return int(parts[0].union(*parts[1:], all=True).count())
