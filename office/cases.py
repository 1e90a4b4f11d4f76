"""What readers have reported: the list by deadline, and one case beside its item on the desk.

It is decided on the page of the item: office.views.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.contenttypes.prefetch import GenericPrefetch
from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from common.fields import LinesField, SeenField
from common.pagination import paginate
from complaints.models import Case, CaseQuerySet, Report
from moderation.kinds import kinds, lines_of
from moderation.states import Status
from office.guard import office_view

if TYPE_CHECKING:
    from accounts.models import User
    from moderation.models import Moderated

# Only what is public or was can have been reported.
REPORTABLE = (Status.APPROVED, Status.SUSPENDED)


class CaseForm(forms.Form):
    """What the office says to those who reported."""

    words = LinesField(
        label=_("Words to those who reported"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Why it stays, or what was repaired. They read it; the author does not."),
    )
    outcome = forms.ChoiceField(
        choices=[(each, each.label) for each in (Case.Outcome.KEPT, Case.Outcome.REPAIRED)],
        widget=forms.HiddenInput,
    )
    # When the newest report on the officer's screen was sent.
    read_until = SeenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "laporan_%s", **kwargs})


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
    return redirect(on_desk(find_case(request.user, pk)))


def panel(found: Moderated, form: CaseForm | None = None, *, may_decide: bool) -> dict[str, Any]:
    """What readers have said about an item, while that waits; context of its page on the desk."""
    if found.status not in REPORTABLE:
        return {}
    open_case = Case.objects.open().of(found).values("pk")
    said = list(
        Report.objects.filter(case__in=open_case).select_related("case").order_by("reported_at", "pk")
    )
    if not said:
        return {}
    return {
        "case": said[0].case,
        "said": said,
        "read_until": said[-1].reported_at,
        "case_form": form or CaseForm(),
        "may_decide_case": may_decide,
    }


def find_case(user: User, pk: int) -> Case:
    """A case of the person's regions; 404 for others."""
    return get_object_or_404(Case.objects.on_desks_of(user).select_related("region"), pk=pk)


def _shown(found: CaseQuerySet) -> CaseQuerySet:
    """With what a row shows. Reports are counted of the rows of the page alone: joined, of all there are."""
    said = Report.objects.filter(case=OuterRef("pk")).order_by().values("case")
    number = Subquery(said.annotate(number=Count("pk")).values("number"), output_field=IntegerField())
    return (
        found.annotate(report_number=Coalesce(number, 0))
        .select_related("region", "decided_by")
        .prefetch_related(GenericPrefetch("target", lines_of(kinds().values())))
    )


def on_desk(found: Case) -> str:
    """Its place on the page of the item."""
    return reverse("office:item", args=[found.item.KIND, found.target_id]) + "#laporan"


case_urls = [
    path("laporan-warga/", cases, name="cases"),
    path("laporan-warga/<int:pk>/", case, name="case"),
]
