"""The desk: the queue, one item, one decision. It knows no kind by name."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

import moderation.actions
import moderation.rules
from accounts.requests import SignedInRequest
from activity.models import Activity
from moderation.errors import TransitionRefused
from moderation.kinds import kinds
from moderation.models import Moderated
from moderation.states import MOVES, Side, Status
from office import queue
from office.forms import DecisionForm
from office.guard import office_view
from office.names import office_name

SHOWN = [Status.SUBMITTED, Status.RETURNED, Status.APPROVED, Status.REJECTED, Status.SUSPENDED]


@office_view
@require_safe
def desk(request: SignedInRequest) -> HttpResponse:
    """What waits in one's regions, by deadline."""
    return render(request, "office/desk.html", _desk_context(request))


@office_view
@require_safe
def item(request: SignedInRequest, kind: str, pk: int) -> HttpResponse:
    """One item beside the queue, with what one may decide."""
    return _show_item(request, _find(request, kind, pk), DecisionForm())


@office_view
@require_POST
def decide(request: SignedInRequest, kind: str, pk: int) -> HttpResponse:
    """Decide one item; then on to the next."""
    found = _find(request, kind, pk)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _show_item(request, found, form, status=422)
    data = form.cleaned_data
    try:
        decided = moderation.actions.move(
            found,
            data["move"],
            by=request.user,
            reason=data["reason"],
            seen=data["seen"],
        )
    except TransitionRefused as refusal:
        messages.error(request, refusal.message)
        return redirect("office:item", kind=kind, pk=pk)
    except PermissionDenied:
        messages.error(
            request, _("This decision is not yours: %(office)s decides here.") % {"office": _decider(found)}
        )
        return redirect("office:item", kind=kind, pk=pk)
    messages.success(request, f"{decided.heading}: {MOVES[data['move']].past}.")
    following = queue.next_waiting(request.user)
    if following is None:
        return redirect("office:desk")
    return redirect("office:item", kind=following.item_kind, pk=following.pk)


def _find(request: SignedInRequest, kind: str, pk: int) -> Moderated:
    if kind not in kinds():
        raise Http404
    queryset = kinds()[kind].objects.on_desks_of(request.user)  # type: ignore[attr-defined]
    related = ["region__parent__parent__parent", "created_by", "decided_by"]
    if "community" in {field.name for field in kinds()[kind]._meta.fields}:
        related.append("community")
    return get_object_or_404(queryset.select_related(*related), pk=pk)


def _show_item(
    request: SignedInRequest, found: Moderated, form: DecisionForm, status: int = 200
) -> HttpResponse:
    user = request.user
    moves = [rule for rule in moderation.actions.available_moves(found, user) if rule.side is Side.OFFICE]
    context = {
        **_desk_context(request, selected=found),
        "item": found,
        "form": form,
        "moves": [(rule, found.move_label(rule)) for rule in moves],
        "decider": _decider(found) if found.status == Status.SUBMITTED and not moves else "",
        "history": Activity.objects.of(found).filter(verb__startswith=f"{found.KIND}."),
        "review_template": f"{found._meta.app_label}/_review.html",
    }
    return render(request, "office/desk.html", context, status=status)


def _decider(found: Moderated) -> str:
    return office_name(moderation.rules.deciding_region(found.region, found.DUTY))


def _desk_context(request: SignedInRequest, selected: Moderated | None = None) -> dict[str, Any]:
    user = request.user
    status = request.GET.get("status", selected.status if selected else Status.SUBMITTED)
    status = status if status in SHOWN else Status.SUBMITTED
    kind = request.GET.get("jenis", "")
    page = max(1, min(_number(request.GET.get("hal")), 200))
    found = queue.rows(user, status=status, kind=kind, page=page)
    waiting = queue.counts(user)
    return {
        "rows": found[: queue.PER_PAGE],
        "next_page": page + 1 if len(found) > queue.PER_PAGE else None,
        "previous_page": page - 1 if page > 1 else None,
        "status": status,
        "statuses": [(value, value.label) for value in SHOWN],
        "kind": kind,
        "kinds": [(name, model._meta.verbose_name_plural, waiting[name]) for name, model in kinds().items()],
        "waiting_total": sum(waiting.values()),
        "office": office_name(user.current_postings[0].region),
        "nav": "office:desk",
    }


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else 1
