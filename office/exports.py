"""Every list of the office as CSV and XLSX: rows leave as they are read, each export is in the history."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING

from django.db import transaction
from django.http import FileResponse, Http404, HttpResponseBase, StreamingHttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

import activity.actions
from accounts.requests import SignedInRequest
from figures import listings
from figures.lists import LISTS, NamedList
from figures.periods import Period
from figures.spreadsheets import Book, csv_lines
from figures.verbs import EXPORT
from office.guard import office_view
from office.scope import code_of, posting_over, region_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from regions.models import Region

CSV, XLSX = "csv", "xlsx"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@office_view
@require_safe
def export(request: SignedInRequest, code: str, name: str, ending: str) -> HttpResponseBase:
    """One list of a region as a file."""
    region = region_of(request.user, code)
    if name not in LISTS or ending not in (CSV, XLSX):
        raise Http404
    named = LISTS[name]
    period = Period.read(request.GET.get("bulan"), region) or Period.current(region)
    listing, rows = named.find(region, period)
    if request.method == "GET":
        _record(request, region, named, period, ending)
    name = f"{slugify(named.slug)}-{code_of(region)}"
    return file_answer(listing, rows, title=str(named.label), name=name, ending=ending)


def file_answer(
    listing: listings.Listing, rows: QuerySet, *, title: str, name: str, ending: str
) -> HttpResponseBase:
    """The rows as a file to keep, named with the day."""
    filename = f"{name}-{timezone.localdate():%Y%m%d}.{ending}"
    answer = _as_csv(listing, rows) if ending == CSV else _as_xlsx(title, listing, rows)
    answer["Content-Disposition"] = f'attachment; filename="{filename}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _as_csv(listing: listings.Listing, rows: QuerySet) -> HttpResponseBase:
    lines = csv_lines(listing.labels, listing.stream(rows))
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")


def _as_xlsx(title: str, listing: listings.Listing, rows: QuerySet) -> HttpResponseBase:
    book = Book()
    book.add(title, listing.labels, listing.stream(rows))
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
    book.save(file)
    file.seek(0)
    return FileResponse(file, content_type=XLSX_TYPE)


def _record(
    request: SignedInRequest, region: Region | None, named: NamedList, period: Period, ending: str
) -> None:
    details = {"list": named.slug, "region": code_of(region), "period": period.slug, "as": ending}
    with transaction.atomic():
        activity.actions.record(
            EXPORT, posting_over(request.user, region), by=request.user, region=region, details=details
        )


export_urls = [path("unduh/<str:code>/<slug:name>.<slug:ending>", export, name="export")]
