"""Several ticked items of the list decided at once, and the page that says what became of each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedInRequest
from common.fields import SeenField
from moderation.errors import TransitionRefused
from moderation.kinds import kinds
from moderation.states import MOVES
from moderation.together import Outcome, move_together
from office import narrowing, replies, sheets
from office.desk import desk_context, with_query
from office.forms import DecisionForm
from office.guard import office_view
from office.queue import PER_PAGE

if TYPE_CHECKING:
    from accounts.models import User
    from moderation.models import Moderated

KEPT = "decided_together"


@office_view
@require_POST
def together(request: SignedInRequest) -> HttpResponse:
    """Decide what is ticked; or only put a saved reply into the note, and show the list again."""
    ticked = request.POST.getlist("butir")[:PER_PAGE]
    if "sisip" in request.POST or sheets.ALL_YES in request.POST:
        return _list_again(request, ticked)
    chosen = _items(request.user, ticked)
    form = DecisionForm(request.POST, about={type(item) for item, _seen in chosen})
    if not chosen:
        messages.error(request, _("Tick the items first that you want to decide together."))
        return redirect(with_query("office:desk", narrowing.read(request.GET)))
    if not form.is_valid():
        return _list_again(request, ticked, form)
    data = form.cleaned_data
    try:
        outcomes = move_together(
            chosen, data["move"], by=request.user, reason=data["reason"], answers=form.answers
        )
    except TransitionRefused as refusal:
        form.add_error(None, str(refusal.message))
        return _list_again(request, ticked, form)
    request.session[KEPT] = {
        "move": data["move"],
        "query": narrowing.read(request.GET).query,
        "rows": [_kept(outcome) for outcome in outcomes],
    }
    return redirect("office:together_result")


@office_view
@require_safe
def result(request: SignedInRequest) -> HttpResponse:
    """What was decided and what was not, and why; until the next time."""
    kept = request.session.get(KEPT)
    if not kept:
        return redirect("office:desk")
    back = reverse("office:desk") + (f"?{kept['query']}" if kept["query"] else "")
    context = {
        "done": [row for row in kept["rows"] if not row["refusal"]],
        "refused": [row for row in kept["rows"] if row["refusal"]],
        "move": MOVES[kept["move"]],
        "back": back,
        "nav": "office:desk",
    }
    return render(request, "office/together.html", context)


def _items(user: User, ticked: list[str]) -> list[tuple[Moderated, datetime | None]]:
    """What is ticked and lies on this person's desks, with the version that was on the screen."""
    named: dict[str, dict[int, datetime | None]] = {}
    for value in ticked:
        kind, _sep, rest = value.partition(":")
        number, _sep, seen = rest.partition(":")
        if kind in kinds() and number.isascii() and number.isdigit() and len(number) < 18:
            named.setdefault(kind, {})[int(number)] = SeenField().clean(seen)
    return [
        (item, seen[item.pk])
        for kind, seen in named.items()
        for item in kinds()[kind].objects.on_desks_of(user).filter(pk__in=seen).order_by("pk")  # type: ignore[attr-defined]
    ]


def _kept(outcome: Outcome) -> Mapping[str, object]:
    item = outcome.item
    return {"kind": item.KIND, "pk": item.pk, "heading": item.heading, "refusal": str(outcome.refusal)}


def _list_again(
    request: SignedInRequest, ticked: list[str], form: DecisionForm | None = None
) -> HttpResponse:
    """The list with the same boxes ticked; without a form, what was typed with the reply behind it."""
    context = desk_context(request)
    if form is None:
        note = replies.inserted(
            request.POST.get("reason", ""), request.POST.get("balasan", ""), context["replies"]
        )
        initial = {"reason": note, **sheets.typed(request.POST)}
        form = DecisionForm(initial=initial, about=context["form"].about)
    return render(
        request,
        "office/desk.html",
        {**context, "form": form, "ticked": ticked},
        status=422 if form.errors else 200,
    )


together_urls = [
    path("bersama/", together, name="together"),
    path("bersama/hasil/", result, name="together_result"),
]
