"""What runs in the background or takes its time: exports, reports, daily work, an import. Time and memory."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import transaction

STATUS, CLEAR = Path("/proc/self/status"), Path("/proc/self/clear_refs")


def measure_jobs() -> list[dict[str, Any]]:
    """Each once, in a transaction that is taken back."""
    return [_measured(name, job) for name, job in JOBS.items()]


def _measured(name: str, job: Callable[[], object]) -> dict[str, Any]:
    before = _peak_mb(begin=True)
    began = time.perf_counter()
    with transaction.atomic():
        job()
        seconds = time.perf_counter() - began
        transaction.set_rollback(True)
    return {
        "job": name,
        "seconds": round(seconds, 2),
        "grown_mb": round(_peak_mb() - before, 1),
    }


def _peak_mb(*, begin: bool = False) -> float:
    """The most memory that this process has had since the last begin; nothing where Linux does not say."""
    if not CLEAR.exists():
        return 0.0
    if begin:
        CLEAR.write_text("5")
    line = next(line for line in STATUS.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def _export(ending: str, name: str) -> Callable[[], object]:
    def write() -> None:
        from figures.lists import LISTS
        from figures.periods import Period
        from figures.spreadsheets import Book, csv_lines

        listing, rows = LISTS[name].find(None, Period.current(None))
        if ending == "csv":
            for _line in csv_lines(listing.labels, listing.stream(rows)):
                pass
            return
        book = Book()
        book.add(name, listing.labels, listing.stream(rows))
        with io.BytesIO() as file:
            book.save(file)

    return write


def _report() -> object:
    from accounts.models import Posting
    from figures import reporting
    from figures.models import Report
    from figures.periods import Period

    officer = Posting.objects.filter(region=None).earliest("pk").user
    report = Report.objects.create(period=Period.current(None).before.slug, asked_by=officer)
    if not reporting.make(report.pk):
        raise RuntimeError("The report was not made.")
    report.refresh_from_db()
    for file in (report.spreadsheet, report.document):
        file.delete(save=False)
    return report


def _look_after() -> object:
    from communities.life import look_after

    return look_after()


def _tell_of_overdue() -> object:
    from office.overdue import tell

    return tell()


def _import() -> object:
    from benchmarks.imports import measure

    return measure(1000)


def _snapshot() -> object:
    from datetime import timedelta
    from unittest import mock

    from django.utils import timezone

    from figures import snapshots
    from figures.periods import Period

    turn = Period.current(None).start + timedelta(minutes=1)
    with mock.patch.object(timezone, "now", return_value=turn):
        return snapshots.take_due()


JOBS: dict[str, Callable[[], object]] = {
    "communities of the nation as CSV": _export("csv", "komunitas"),
    "communities of the nation as XLSX": _export("xlsx", "komunitas"),
    "news of the nation as CSV": _export("csv", "berita"),
    "queue of the nation as CSV": _export("csv", "antrean"),
    "report of the nation over a month": _report,
    "reminders, warnings, proposals of a day": _look_after,
    "telling of what is overdue": _tell_of_overdue,
    "snapshot of the month, three clocks": _snapshot,
    "import of 1,000 rows": _import,
}
