"""What readers have reported: the list by deadline, and one case beside its item on the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedInRequest
from common.pagination import paginate
from complaints import actions
from complaints.models import Case, CaseQuerySet, Report
from moderation.errors import TransitionRefused
from moderation.states import Status
from office.guard import office_view

if TYPE_CHECKING:
    from accounts.models import User
    from moderation.models import Moderated

# Only what is public or was can have been reported.
REPORTABLE = (Status.APPROVED, Status.SUSPENDED)


class CaseForm(forms.Form):
    """What the office says to those who reported."""

    words = forms.CharField(
        label=gettext_lazy("Words to those who reported"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Why it stays, or what was repaired. They read it; the author does not."),
    )
    outcome = forms.ChoiceField(
        choices=[(each, each.label) for each in (Case.Outcome.KEPT, Case.Outcome.REPAIRED)],
        widget=forms.HiddenInput,
    )


@office_view
@require_safe
def cases(request: SignedInRequest) -> HttpResponse:
    """What waits, by deadline; `?selesai=1` is what was decided, the latest first."""
    is_decided = bool(request.GET.get("selesai"))
    found = _shown(Case.objects.on_desks_of(request.user))
    if is_decided:
        page = paginate(found.filter(decided_at__isnull=False), request, order=("-decided_at", "-pk"))
    else:
        page = paginate(found.open(), request, order=("due_at", "pk"))
    context = {"page_obj": page, "is_decided": is_decided, "nav": "office:cases"}
    return render(request, "office/cases.html", context)


@office_view
@require_safe
def case(request: SignedInRequest, pk: int) -> HttpResponse:
    """To the item that was reported, on the desk."""
    return redirect(_on_desk(_find(request.user, pk)))


@office_view
@require_POST
def decide_case(request: SignedInRequest, pk: int) -> HttpResponse:
    """Keep the item, or note that it was repaired; withdrawing is decided on the item."""
    found = _find(request.user, pk)
    form = CaseForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Not decided yet. Write a few words: those who reported it read them."))
        return redirect(_on_desk(found))
    try:
        actions.decide(found, form.cleaned_data["outcome"], by=request.user, words=form.cleaned_data["words"])
    except TransitionRefused as refusal:
        messages.error(request, refusal.message)
        return redirect(_on_desk(found))
    except PermissionDenied:
        messages.error(request, _("This decision is not yours."))
        return redirect(_on_desk(found))
    messages.success(request, _("Decided. Those who reported it are told."))
    return redirect("office:cases")


def panel(found: Moderated, *, may_decide: bool) -> dict[str, Any]:
    """What readers have said about an item, while that waits; context of its page on the desk."""
    if found.status not in REPORTABLE:
        return {}
    open_case = Case.objects.open().of(found).values("pk")
    said = list(Report.objects.filter(case__in=open_case).select_related("case").order_by("pk"))
    if not said:
        return {}
    form = CaseForm(auto_id="laporan_%s")
    return {"case": said[0].case, "said": said, "case_form": form, "may_decide_case": may_decide}


def _find(user: User, pk: int) -> Case:
    return get_object_or_404(Case.objects.on_desks_of(user).select_related("region"), pk=pk)


def _shown(found: CaseQuerySet) -> CaseQuerySet:
    """With what a row shows. Reports are counted of the rows of the page alone: joined, of all there are."""
    said = Report.objects.filter(case=OuterRef("pk")).order_by().values("case")
    number = Subquery(said.annotate(number=Count("pk")).values("number"), output_field=IntegerField())
    return (
        found.annotate(report_number=Coalesce(number, 0))
        .select_related("region", "decided_by")
        .prefetch_related("target")
    )


def _on_desk(found: Case) -> str:
    return reverse("office:item", args=[found.item.KIND, found.target_id]) + "#laporan"


case_urls = [
    path("laporan-warga/", cases, name="cases"),
    path("laporan-warga/<int:pk>/", case, name="case"),
    path("laporan-warga/<int:pk>/putusan/", decide_case, name="decide_case"),
]
