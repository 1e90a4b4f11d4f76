"""The audit, for the head of an office: who did what, from which office, when, what was before and after."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

import activity.actions
from accounts.requests import SignedInRequest
from accounts.roles import Duty, Role
from activity.models import Activity
from common.pagination import paginate
from figures.listings import local
from figures.spreadsheets import Book, csv_lines
from figures.verbs import EXPORT
from office import audit_asked, audit_things, audit_words
from office.exports import CSV, XLSX, XLSX_TYPE
from office.guard import office_view
from office.names import office_name
from office.scope import code_of

if TYPE_CHECKING:
    from accounts.models import Posting, User
    from activity.models import ActivityQuerySet

ORDER = ("-happened_at", "-pk")
ON_A_PAGE = 30
CHUNK = 2000
COLUMNS = (
    gettext_lazy("When"), gettext_lazy("Time zone"), gettext_lazy("By whom"), gettext_lazy("Office"),
    gettext_lazy("Role"), gettext_lazy("What was done"), gettext_lazy("Kind"), gettext_lazy("About"),
    gettext_lazy("Before"), gettext_lazy("After"), gettext_lazy("Particulars"), gettext_lazy("Reason"),
    gettext_lazy("Region"), gettext_lazy("Region code"),
)  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """One act, as the page shows it."""

    act: Activity
    office: str
    role: str
    thing: str
    url: str
    changes: list[audit_words.Change]
    particulars: str

    @property
    def before(self) -> str:
        """What was, in one cell."""
        return "; ".join(": ".join(filter(None, (each.name, each.before))) for each in self.changes)

    @property
    def after(self) -> str:
        """What is since, in one cell."""
        return "; ".join(": ".join(filter(None, (each.name, each.after))) for each in self.changes)


@office_view
@require_safe
def audit(request: SignedInRequest) -> HttpResponse:
    """Search the history of one's region and what lies beneath."""
    asked = _asked(request)
    page = paginate(_with_names(asked.found()), request, order=ORDER, per_page=ON_A_PAGE)
    regions = audit_asked.regions_to_choose(request.user, asked.region)
    shown = {**request.GET.dict(), "wilayah": code_of(asked.region)}
    context = {
        "form": audit_asked.AuditForm(shown, regions=regions),
        "asked": asked,
        "page_obj": page,
        "entries": entries(page.object_list, request.user),
        "place": asked.region.label if asked.region else _("All of Indonesia"),
        "nav": "office:audit",
    }
    return render(request, "office/audit.html", context)


@office_view
@require_safe
def audit_file(request: SignedInRequest, ending: str) -> HttpResponseBase:
    """What a search finds, as a file; taking it along stands in the audit too."""
    asked = _asked(request)
    if ending not in (CSV, XLSX):
        raise Http404
    if request.method == "GET":
        _record(request, asked, ending)
    head = [str(label) for label in COLUMNS]
    rows = _rows(asked.found(), request.user)
    answer = _as_csv(head, rows) if ending == CSV else _as_xlsx(head, rows)
    filename = f"jejak-{code_of(asked.region)}-{timezone.localdate():%Y%m%d}.{ending}"
    answer["Content-Disposition"] = f'attachment; filename="{filename}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def entries(acts: list[Activity], user: User) -> list[Entry]:
    """The acts in words; what they are about with one query."""
    things = audit_things.things_of(acts)
    offices: dict[str | None, str] = {}
    return [_entry(act, things.get((act.target_type_id, act.target_id)), user, offices) for act in acts]


def _entry(
    act: Activity, thing: audit_things.Thing | None, user: User, offices: dict[str | None, str]
) -> Entry:
    taken = audit_words.list_name(act)
    return Entry(
        act=act,
        office=_office(act.posting, offices),
        role=str(Role(act.posting.role).label) if act.posting else "",
        thing=taken or audit_things.name_of(thing, act),
        url="" if taken else audit_things.url_of(thing, user),
        changes=audit_words.changes(act),
        particulars=audit_words.particulars(act),
    )


def _office(posting: Posting | None, offices: dict[str | None, str]) -> str:
    """The name of the office acted from; the ministry's is asked for once."""
    if posting is None:
        return ""
    if posting.region_id not in offices:
        offices[posting.region_id] = office_name(posting.region)
    return offices[posting.region_id]


def _asked(request: SignedInRequest) -> audit_asked.Asked:
    if not request.user.searches_the_audit:
        raise PermissionDenied
    return audit_asked.read(request.GET, request.user)


def _with_names(acts: ActivityQuerySet) -> ActivityQuerySet:
    return acts.select_related("actor", "region", "posting__region__office", "target_type")


def _rows(acts: ActivityQuerySet, user: User) -> Iterator[tuple[Any, ...]]:
    """Every act, a chunk at a time; each chunk begins where the one before ended."""
    ordered = _with_names(acts).order_by(*ORDER)
    chunk = list(ordered[:CHUNK])
    while chunk:
        for entry in entries(chunk, user):
            yield _cells(entry)
        last = chunk[-1]
        beyond = Q(happened_at__lt=last.happened_at) | Q(happened_at=last.happened_at, pk__lt=last.pk)
        chunk = list(ordered.filter(beyond, happened_at__lte=last.happened_at)[:CHUNK])


def _cells(entry: Entry) -> tuple[Any, ...]:
    act, region = entry.act, entry.act.region
    return (
        local(act.happened_at, region.time_zone if region else None),
        region.zone_abbreviation if region else "WIB",
        str(act.actor) if act.actor else str(_("the portal")),
        entry.office, entry.role, str(act.label),
        str(audit_words.groups()[audit_words.group_of(act.verb)]), entry.thing, entry.before, entry.after,
        entry.particulars, act.reason, region.full_name if region else "", region.pk if region else "",
    )  # fmt: skip


def _as_csv(head: list[str], rows: Iterator[tuple[Any, ...]]) -> HttpResponseBase:
    return StreamingHttpResponse(csv_lines(head, rows), content_type="text/csv; charset=utf-8")


def _as_xlsx(head: list[str], rows: Iterator[tuple[Any, ...]]) -> HttpResponseBase:
    book = Book()
    book.add(_("Audit"), head, rows)
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
    book.save(file)
    file.seek(0)
    return FileResponse(file, content_type=XLSX_TYPE)


def _record(request: SignedInRequest, asked: audit_asked.Asked, ending: str) -> None:
    posting = activity.actions.acting_posting(request.user, asked.region, Duty.AUDIT)
    assert posting  # noqa: S101 - the region lies beneath a posting with the duty
    details = {"list": "audit", "region": code_of(asked.region), "as": ending}
    with transaction.atomic():
        activity.actions.record(
            EXPORT, posting, by=request.user, region=asked.region, details=details, duty=Duty.AUDIT
        )


audit_urls = [
    path("jejak/", audit, name="audit"),
    path("jejak/unduh.<slug:ending>", audit_file, name="audit_file"),
]
