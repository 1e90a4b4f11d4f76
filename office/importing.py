"""The pages under /kantor/impor/: upload, match the columns, look at the dry run, apply, invite, undo."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from imports import actions, claims, wording
from imports.errors import ImportRefused
from imports.forms import MatchForm, UploadForm, registrar_regions
from imports.models import Import, ImportRow, Outcome, State
from office.guard import office_view

ON_A_PAGE = 50
# What is shown: which rows a tab holds.
SHOWN = {
    "salah": (Outcome.WRONG, Outcome.KEPT),
    "siap": (Outcome.READY,),
    "sudah": (Outcome.SAME,),
    "jadi": (Outcome.MADE, Outcome.UNDONE),
    "semua": tuple(Outcome.values),
}


def _found(request: SignedInRequest, pk: int) -> Import:
    visible = Import.objects.visible_to(request.user).select_related("region", "made_by", "applied_by")
    return get_object_or_404(visible, pk=pk)


def _sent(request: SignedInRequest) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


@office_view
@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: SignedInRequest) -> HttpResponse:
    """What the office has imported, and the form for the next spreadsheet."""
    if not registrar_regions(request.user):
        raise PermissionDenied
    form = UploadForm(*_sent(request), by=request.user)
    if form.is_valid():
        data = form.cleaned_data
        upload = actions.upload(data["file"], region=form.region, form_key=data["form_key"], by=request.user)
        return redirect("office:match_import", upload.pk)
    found = Import.objects.visible_to(request.user).select_related("region", "made_by").order_by("-pk")
    page = Paginator(found.defer("samples", "headings"), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page_obj": page, "nav": "office:imports"}
    return render(request, "office/imports.html", context, status=422 if form.is_bound else 200)


@office_view
@require_http_methods(["GET", "HEAD", "POST"])
def match(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say which column holds what, and begin the dry run."""
    upload = _found(request, pk)
    if request.method != "POST" and not upload.is_matchable:
        return redirect("office:import", upload.pk)
    form = MatchForm(*_sent(request), upload=upload)
    if form.is_valid():
        return _do(request, upload, lambda: actions.check(upload, form.mapping, by=request.user))
    context = {"upload": upload, "form": form, "nav": "office:imports"}
    return render(request, "office/import_match.html", context, status=422 if form.is_bound else 200)


@office_view
@require_safe
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    """How far it is; what is wrong, row by row; and what can be done next."""
    upload = _found(request, pk)
    if upload.state == State.UPLOADED and upload.is_matchable:
        return redirect("office:match_import", upload.pk)
    counts = upload.counts()
    tab = _tab(request, counts)
    page = Paginator(_rows(upload, tab), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "upload": upload,
        "problem": wording.problem(upload.problem) if upload.problem else "",
        "counts": counts,
        "percent": min(100, upload.done_count * 100 // max(1, _todo(upload, counts))),
        "tab": tab,
        "tabs": [(name, sum(counts[each] for each in outcomes)) for name, outcomes in SHOWN.items()],
        "page_obj": page,
        "rows": [] if upload.is_busy else [_shown(row) for row in page],
        "can_undo": actions.can_be_undone(upload),
        "invited": _invited(upload),
        "nav": "office:imports",
    }
    return render(request, "office/import.html", context)


def _tab(request: SignedInRequest, counts: dict[str, int]) -> str:
    asked = request.GET.get("baris", "")
    if asked in SHOWN:
        return asked
    return "salah" if counts[Outcome.WRONG] + counts[Outcome.KEPT] else "semua"


def _rows(upload: Import, tab: str) -> QuerySet[ImportRow]:
    rows = upload.rows.select_related("community", "village").order_by("number")
    return rows if tab == "semua" else rows.filter(outcome__in=SHOWN[tab])


def _todo(upload: Import, counts: dict[str, int]) -> int:
    if upload.state == State.APPLYING:
        return counts[Outcome.READY] + upload.done_count
    if upload.state == State.UNDOING:
        return counts[Outcome.MADE] + upload.done_count
    return upload.row_count


def _shown(row: ImportRow) -> dict[str, Any]:
    return {
        "row": row,
        "title": row.values.get("name") or "—",
        "errors": [(wording.label(field), wording.sentence(code, more)) for field, code, more in row.errors],
        "hints": [(wording.label(field), wording.sentence(code, more)) for field, code, more in row.hints],
    }


def _invited(upload: Import) -> dict[str, int]:
    if upload.state != State.APPLIED:
        return {}
    found = upload.claims
    return {
        "all": found.count(),
        "mailed": found.exclude(mailed_at=None).count(),
        "claimed": found.exclude(claimed_at=None).count(),
    }


@office_view
@require_safe
def errors(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """The rows with errors as CSV, with what is wrong in the last column: to be mended and imported again."""
    upload = _found(request, pk)
    if upload.forgotten_at:
        raise Http404
    if request.method == "GET":
        actions.note_opened(upload, "errors", by=request.user)
    answer = StreamingHttpResponse(_error_lines(upload), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="impor-{upload.pk}-kesalahan.csv"'
    answer["Cache-Control"] = "private, no-store"
    return answer


class _Echo:
    """What csv.writer writes to is what it answers."""

    def write(self, line: str) -> str:
        return line


def _error_lines(upload: Import) -> Iterator[str]:
    # The signature lets Excel read it as UTF-8; it separates by semicolons in Indonesia.
    writer = csv.writer(_Echo(), delimiter=";")
    yield "\ufeff" + writer.writerow([*map(_safe, upload.headings), _("Row"), _("What is wrong")])
    for row in _rows(upload, "salah").iterator(chunk_size=1000):
        shown = _shown(row)
        words = " ".join(f"{label}: {sentence}" for label, sentence in shown["errors"])
        cells = [*row.cells, *[""] * (len(upload.headings) - len(row.cells))]
        yield writer.writerow([*map(_safe, cells), row.number, _safe(words)])


def _safe(text: str) -> str:
    """A cell that no spreadsheet takes for a formula. A telephone number may begin with its plus."""
    is_number = text[:1] == "+" and text[1:].isdigit()
    return (
        f"'{text}"
        if text[:1] in ("=", "+", "-", "@", "\t", "\r") and not is_number and len(text) > 1
        else text
    )


@office_view
@require_POST
def apply(request: SignedInRequest, pk: int) -> HttpResponse:
    """Register what is right."""
    upload = _found(request, pk)
    return _do(request, upload, lambda: actions.apply(upload, by=request.user))


@office_view
@require_POST
def undo(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take it all back, within a day."""
    upload = _found(request, pk)
    return _do(request, upload, lambda: actions.undo(upload, by=request.user))


@office_view
@require_POST
def invite(request: SignedInRequest, pk: int) -> HttpResponse:
    """Invite the imported KIM to claim their pages."""
    upload = _found(request, pk)

    def invited() -> None:
        number = claims.invite(upload, by=request.user)
        messages.success(
            request,
            ngettext("%(number)s new invitation.", "%(number)s new invitations.", number)
            % {"number": number},
        )

    return _do(request, upload, invited)


@office_view
@require_safe
def letters(request: SignedInRequest, pk: int) -> HttpResponse:
    """The links of those that have no e-mail address, or do not answer: to be printed and handed over."""
    upload = _found(request, pk)
    if request.method == "GET":
        actions.note_opened(upload, "letters", by=request.user)
    waiting = upload.claims.filter(claimed_at=None).select_related("community__region__parent")
    if request.GET.get("semua") != "1":
        waiting = waiting.filter(community__email="")
    page = Paginator(waiting.order_by("community__region", "pk"), ON_A_PAGE).get_page(request.GET.get("page"))
    links = [(claim, claims.link_of(claim)) for claim in page]
    context = {"upload": upload, "page_obj": page, "links": links, "nav": "office:imports"}
    answer = render(request, "office/import_letters.html", context)
    answer["Cache-Control"] = "private, no-store"
    return answer


def _do(request: SignedInRequest, upload: Import, step: Callable[[], object]) -> HttpResponse:
    try:
        step()
    except ImportRefused as refused:
        messages.error(request, wording.problem(refused.code))
    return redirect("office:import", upload.pk)


import_urls = [
    path("impor/", imports, name="imports"),
    path("impor/<int:pk>/", show, name="import"),
    path("impor/<int:pk>/kolom/", match, name="match_import"),
    path("impor/<int:pk>/kesalahan.csv", errors, name="import_errors"),
    path("impor/<int:pk>/terapkan/", apply, name="apply_import"),
    path("impor/<int:pk>/batalkan/", undo, name="undo_import"),
    path("impor/<int:pk>/undang/", invite, name="invite_imported"),
    path("impor/<int:pk>/surat/", letters, name="import_letters"),
]
