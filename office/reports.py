"""Monthly and yearly reports of an office: ask, watch, read, download."""

from __future__ import annotations

from django import forms
from django.db import transaction
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

import activity.actions
from accounts.requests import SignedInRequest
from figures import report_files, reporting
from figures.lists import OF_OFFICE
from figures.models import Report
from figures.periods import Period
from figures.verbs import REPORT_VIEW
from office.exports import XLSX_TYPE
from office.guard import office_view
from office.overview import frame
from office.scope import code_of, region_of
from regions.models import Level, Region

SHOWN = 50
# How many months back the form offers; older ones by their year.
MONTHS, YEARS = 18, 5
ENDINGS = {"xlsx": ("spreadsheet", XLSX_TYPE), "pdf": ("document", "application/pdf")}


class ReportForm(forms.Form):
    """For which month or year."""

    form_key = forms.UUIDField(widget=forms.HiddenInput)
    period = forms.ChoiceField(label=_("month or year"))

    def __init__(self, region: Region | None, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["period"].choices = [(period.slug, str(period)) for period in periods(region)]  # type: ignore[attr-defined]


def periods(region: Region | None) -> list[Period]:
    """What a report may be about: last month first, then those before and this one, then years."""
    current = Period.current(region)
    months = [current.before]
    while len(months) < MONTHS:
        months.append(months[-1].before)
    years = [Period(current.year - back, 0, current.zone) for back in range(YEARS)]
    return [*months, current, *years]


@office_view
@require_http_methods(["GET", "HEAD", "POST"])
def reports(request: SignedInRequest, code: str) -> HttpResponse:
    """The reports of a region, the form for a new one, and every list to take along."""
    region = region_of(request.user, code)
    if region and region.level == Level.VILLAGE:
        raise Http404
    if request.method == "POST":
        form = ReportForm(region, request.POST)
        if form.is_valid():
            period = Period.read(form.cleaned_data["period"], region) or Period.current(region)
            report = reporting.ask(region, period, by=request.user, form_key=form.cleaned_data["form_key"])
            return redirect(report)
    else:
        form = ReportForm(region, initial={"form_key": Report._meta.get_field("form_key").get_default()})
    context = {
        **frame(request, region, Period.current(region)),
        "form": form,
        "reports": Report.objects.filter(region=region)
        .select_related("region", "asked_by")
        .order_by("-pk")[:SHOWN],
        "lists": OF_OFFICE,
    }
    return render(request, "office/reports.html", context, status=422 if form.errors else 200)


@office_view
@require_safe
def report(request: SignedInRequest, pk: int) -> HttpResponse:
    """How far a report is; once it is ready, the report as a page that prints well."""
    found = _find(request, pk)
    period = Period.read(found.period, found.region) or Period.current(found.region)
    context = {**frame(request, found.region, period), "report": found, "code": code_of(found.region)}
    if found.state == Report.State.DONE:
        context |= {
            "summary": report_files.summary(found),
            "heads": report_files.heads(),
            "rows": report_files.by_region(found),
        }
    return render(request, "office/report.html", context)


@office_view
@require_safe
def report_file(request: SignedInRequest, pk: int, ending: str) -> HttpResponseBase:
    """A report as XLSX or PDF."""
    found = _find(request, pk)
    if ending not in ENDINGS or found.state != Report.State.DONE:
        raise Http404
    field, content_type = ENDINGS[ending]
    try:
        content = getattr(found, field).open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    if request.method == "GET":
        with transaction.atomic():
            details = {"period": found.period, "as": ending}
            activity.actions.record(REPORT_VIEW, found, by=request.user, region=found.region, details=details)
    filename = f"laporan-kim-{slugify(found.place)}-{found.period}.{ending}"
    answer = FileResponse(content, as_attachment=True, filename=filename, content_type=content_type)
    answer["Cache-Control"] = "private, no-store"
    return answer


def _find(request: SignedInRequest, pk: int) -> Report:
    visible = Report.objects.visible_to(request.user).select_related("region", "asked_by")
    return get_object_or_404(visible, pk=pk)


report_urls = [
    path("laporan/isi/<int:pk>/", report, name="report"),
    path("laporan/isi/<int:pk>/berkas.<slug:ending>", report_file, name="report_file"),
    path("laporan/<str:code>/", reports, name="reports"),
]
