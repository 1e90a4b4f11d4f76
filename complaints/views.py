"""Reporting an item in two taps, with or without an account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from complaints import actions, limits
from complaints.forms import ReportForm
from complaints.models import TIME_TO_DECIDE, Case
from moderation.guidelines import RULES
from moderation.kinds import kinds
from moderation.states import MOVES
from regions.templatetags.region_time import local_time

if TYPE_CHECKING:
    from datetime import datetime

    from moderation.models import Moderated


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Say what is wrong with something public: one tap on what it is, more words where wanted."""
    item = _find(kind, pk)
    if request.method != "POST":
        return _page(request, item, ReportForm())
    form = ReportForm(request.POST)
    if not form.is_valid():
        return _page(request, item, form, status=422)
    if not limits.allows(request, item):
        form.add_error(None, _("Many reports came from your network just now. Try again in an hour."))
        return _page(request, item, form, status=429)
    user = request.user if request.user.is_authenticated else None
    taken = actions.report(item, by=user, **form.cleaned_data)
    told = _("You are told the outcome.") if user or form.cleaned_data["email"] else ""
    messages.success(request, f"{_thanks(taken.case, item)} {told}".strip())
    return redirect(item.get_absolute_url())


def _thanks(case: Case, item: Moderated) -> str:
    if case.is_overdue:
        return _(
            "Thank you. An earlier report of this waits too long: the office above can decide it as well."
        )
    deadline = local_time(case.due_at, item.region)
    return _("Thank you. The office decides on your report by %(time)s at the latest.") % {"time": deadline}


def _find(kind: str, pk: int) -> Moderated:
    model = kinds().get(kind)
    if model is None or MOVES["suspend"] not in model.moves():
        raise Http404  # what is never withdrawn, like a change of a profile, has no readers
    public = model._default_manager.public().select_related("region")  # type: ignore[attr-defined]
    found: Moderated = get_object_or_404(public, pk=pk)
    return found


def _page(request: HttpRequest, item: Moderated, form: ReportForm, status: int = 200) -> HttpResponse:
    context = {
        "item": item,
        "form": form,
        "rules": RULES.values(),
        "deadline": _deadline(item),
    }
    return render(request, "complaints/report.html", context, status=status)


def _deadline(item: Moderated) -> datetime | None:
    """Until when the office decides on what is reported now; None where its time is over already."""
    case = Case.objects.open().of(item).first()
    if case is None:
        return timezone.now() + TIME_TO_DECIDE
    return None if case.is_overdue else case.due_at
