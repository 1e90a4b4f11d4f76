"""What people tell the office: the list, and one aspiration with the steps that the officer may make."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedInRequest
from aspirations import actions, history, rules
from aspirations.models import Aspiration
from aspirations.steps import STEPS, Side
from common.pagination import paginate
from moderation.errors import TransitionRefused
from office.aspiration_forms import ListForm, StepForm
from office.guard import office_view
from office.narrowing import regions_to_choose
from office.scope import code_of
from regions.forms import is_region_step, unvalidated

if TYPE_CHECKING:
    from aspirations.querysets import AspirationQuerySet

NAV = "office:aspirations"
REFERENCE = re.compile(r"(?:ASP-?)?0*(\d{1,12})", re.IGNORECASE)


@office_view
@require_safe
def aspirations(request: SignedInRequest) -> HttpResponse:
    """Those of one's regions and desks; those that wait, unless another status is asked for."""
    form = ListForm(request.GET, regions=regions_to_choose(request.user, ""))
    found = _narrowed(Aspiration.objects.listed_on_desks_of(request.user), form.asked())
    shown = found.select_related("region", "desk", "community").defer("text", "answer")
    context = {
        "page_obj": paginate(shown, request, order=("-pk",)),
        "form": form,
        "code": code_of(request.user.current_postings[0].region),
        "nav": NAV,
    }
    return render(request, "office/aspirations/list.html", context)


@office_view
@require_safe
def aspiration(request: SignedInRequest, pk: int) -> HttpResponse:
    """One with its history and what can be done now."""
    return _page(request, _find(request, pk))


@office_view
@require_POST
def step(request: SignedInRequest, pk: int) -> HttpResponse:
    """Make one of the office's steps."""
    found = _find(request, pk)
    name = request.POST.get("step", "")
    if name not in STEPS or STEPS[name].side is not Side.OFFICE:
        messages.error(request, _("This button is not known. Reload the page and try again."))
        return redirect("office:aspiration", pk=pk)
    form = StepForm(request.POST, step=STEPS[name])
    if is_region_step(request):
        return _page(request, found, unvalidated(form))
    if not form.is_valid():
        return _page(request, found, form, status=422)
    try:
        actions.take_step(found, name, by=request.user, **form.arguments)
    except TransitionRefused as refusal:
        form.add_error(None, str(refusal.message))
        return _page(request, _find(request, pk), form, status=422)
    except PermissionDenied:
        # Handed over, or no longer overdue, since the page was opened: what was typed is not thrown away.
        form.add_error(None, _("It is not with your office now. Nothing was changed."))
        return _page(request, _find(request, pk), form, status=403)
    messages.success(request, _("Noted. The author is told."))
    return redirect("office:aspiration", pk=pk)


def _page(
    request: SignedInRequest, found: Aspiration, form: StepForm | None = None, status: int = 200
) -> HttpResponse:
    """The page; `form` is that of the step which was not made, with what was typed."""
    steps = [each for each in actions.available_steps(found, request.user) if each.side is Side.OFFICE]
    context = {
        "aspiration": found,
        "history": history.entries(found, inside=True),
        "steps": [(each, form if form and form.step == each else StepForm(step=each)) for each in steps],
        "form": form,
        # Of a step that cannot be made any more: its form is gone, the words can still be copied.
        "typed": form.data.get("words", "") if form and form.step not in steps else "",
        "office": actions.name_of_desk(found),
        "may_late": rules.may_decide_late(request.user, found),
        "nav": NAV,
    }
    return render(request, "office/aspirations/detail.html", context, status=status)


def _find(request: SignedInRequest, pk: int) -> Aspiration:
    """An aspiration of one's regions or desks; 404 for others."""
    visible = Aspiration.objects.on_desks_of(request.user)
    related = ("region__parent__parent__parent", "desk", "community", "sent_by")
    found: Aspiration = get_object_or_404(visible.select_related(*related), pk=pk)
    return found


def _narrowed(found: AspirationQuerySet, asked: dict[str, Any]) -> AspirationQuerySet:
    """Narrowed to what the address asks for; a quoted number finds its one whatever its status."""
    number = REFERENCE.fullmatch(asked["q"])
    if number:
        return found.filter(pk=int(number[1]))
    found = found.within(asked["wilayah"] or None)
    if asked["q"]:
        found = found.filter(title__icontains=asked["q"])
    if asked["terlambat"]:
        return found.overdue()
    if asked["status"] == ListForm.EVERYTHING:
        return found
    return found.filter(status=asked["status"]) if asked["status"] else found.waiting()


aspiration_urls = [
    path("aspirasi/", aspirations, name="aspirations"),
    path("aspirasi/<int:pk>/", aspiration, name="aspiration"),
    path("aspirasi/<int:pk>/langkah/", step, name="step_aspiration"),
]
