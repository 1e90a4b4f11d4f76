"""Reports: asked for in a moment, made in the background, kept for download.

Whoever makes one holds a lock of its session in PostgreSQL. A worker that is killed loses it, and the sweep
of the next minute begins that report again: nothing of a half-made one is shown.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, transaction
from django.utils import timezone, translation

import activity.actions
from common import broker
from figures.counting import Counted, count
from figures.models import Report
from figures.periods import Period
from figures.report_files import write_pdf, write_xlsx
from figures.verbs import REPORT_ASK
from regions.models import Region

if TYPE_CHECKING:
    from accounts.models import User

logger = logging.getLogger(__name__)
ATTEMPTS = 3
# The first half of an advisory lock's key: these locks are about reports.
LOCK = 7319


def ask(region: Region | None, period: Period, *, by: User, form_key: UUID) -> Report:
    """Ask for a report; a second click of the same form finds the first one's."""
    try:
        with transaction.atomic():
            report = Report.objects.create(region=region, period=period.slug, asked_by=by, form_key=form_key)
            activity.actions.record(REPORT_ASK, report, by=by, region=region, details={"period": period.slug})
            transaction.on_commit(_offer_sweep, robust=True)
    except IntegrityError:
        return Report.objects.get(form_key=form_key, asked_by=by)
    return report


def _offer_sweep() -> None:
    from figures import tasks

    broker.offer(tasks.make_reports)


def make_waiting() -> int:
    """Make every report that nobody makes at this moment. Returns how many became ready."""
    return sum(make(pk) for pk in Report.objects.to_make().values_list("pk", flat=True))


def make(pk: int) -> bool:
    """Make one report; False where another worker does, or where it cannot be made."""
    with _alone(pk) as is_mine:
        if not is_mine:
            return False
        report = Report.objects.to_make().select_related("region").filter(pk=pk).first()
        if report is None:
            return False
        return _try(report)


def _try(report: Report) -> bool:
    report.attempts += 1
    if report.attempts > ATTEMPTS:
        _keep(report, state=Report.State.FAILED)
        return False
    _keep(report, state=Report.State.WORKING, progress=5)
    try:
        with translation.override(settings.LANGUAGE_CODE):
            _make(report)
    except Exception:
        logger.exception("Report %s could not be made (attempt %s).", report.pk, report.attempts)
        return False
    return True


def _make(report: Report) -> None:
    period = Period.read(report.period, report.region)
    if period is None:
        raise ValueError(report.period)
    found = count(report.region, period)
    report.content = _content(report.region, period, found)
    _keep(report, progress=35)
    book, page = io.BytesIO(), io.BytesIO()
    write_xlsx(report, period, book)
    _keep(report, progress=80)
    write_pdf(report, page)
    _remove_files(report)
    report.spreadsheet.save("report.xlsx", ContentFile(book.getvalue()), save=False)
    report.document.save("report.pdf", ContentFile(page.getvalue()), save=False)
    report.finished_at = timezone.now()
    _keep(report, state=Report.State.DONE, progress=100)


def _content(region: Region | None, period: Period, found: Counted) -> dict[str, Any]:
    children = Region.objects.open().children_of(region)
    return {
        "counted_at": found.counted_at.isoformat(),
        "is_complete": not period.is_current,
        "total": found.total,
        "children": [[child.code, child.label, found.of(child.code)] for child in children],
    }


def _keep(report: Report, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(report, name, value)
    report.save()


def _remove_files(report: Report) -> None:
    for file in (report.spreadsheet, report.document):
        if file:
            file.delete(save=False)


@contextmanager
def _alone(pk: int) -> Iterator[bool]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [LOCK, pk])
        is_mine = bool(cursor.fetchone()[0])
    try:
        yield is_mine
    finally:
        if is_mine:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCK, pk])
