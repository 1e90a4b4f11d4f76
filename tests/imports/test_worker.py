"""Imports through a real Redis and a real worker, killed in the middle."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.utils import timezone

from common import broker
from communities.models import Community
from imports import actions, tasks, work
from imports.models import Import, ImportRow, Outcome, State
from regions.models import Level, Region
from tests.factories import make_officer, region
from tests.imports.sheets import a_row, as_csv

pytestmark = pytest.mark.usefixtures("committed_db")
PATIENCE_SECONDS = 60


@pytest.fixture(autouse=True)
def _no_memory_of_a_silent_queue(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(broker, "_rest_until", 0.0)


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "It did not come true."
        time.sleep(0.02)


def a_checked_import(count: int) -> Import:
    officer = make_officer()
    villages = Region.objects.within("16.06").at(Level.VILLAGE).order_by("pk").values_list("pk", flat=True)
    codes = list(villages)
    file = as_csv([a_row(f"KIM Kelompok {at}", codes[at % len(codes)]) for at in range(count)])
    made = actions.upload(file, region=region("16.06"), form_key=uuid.uuid4(), by=officer)
    actions.check(made, made.mapping, by=officer)
    work.work(made.pk)
    return Import.objects.get(pk=made.pk)


def state_of(made: Import) -> str:
    return Import.objects.values_list("state", flat=True).get(pk=made.pk)


def test_pressing_the_button_brings_it_through_the_queue(celery_worker_process):
    celery_worker_process()
    made = a_checked_import(30)
    actions.apply(made, by=made.made_by)
    until(lambda: state_of(made) == State.APPLIED)
    assert Community.objects.count() == 30


def test_a_worker_killed_in_the_middle_leaves_nobody_out_and_makes_nobody_twice(celery_worker_process):
    made = a_checked_import(1000)
    row = made.rows.order_by("number")[500]
    Import.objects.filter(pk=made.pk).update(
        state=State.APPLYING, applied_at=timezone.now(), applied_by=made.made_by
    )
    with transaction.atomic():
        # A lock on a row of the third step makes the worker wait in the middle of the file.
        ImportRow.objects.select_for_update().get(pk=row.pk)
        worker = celery_worker_process()
        tasks.go_on.delay(made.pk)
        until(_waits_for_a_lock)
        worker.kill()
    assert 0 < Community.objects.count() < 1000
    assert state_of(made) == State.APPLYING
    celery_worker_process()
    until(lambda: _sweep_is_through(made))
    assert Community.objects.count() == 1000
    assert Community.objects.values("name").distinct().count() == 1000
    assert made.rows.filter(outcome=Outcome.MADE).values("community").distinct().count() == 1000


def _waits_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' "
            "AND datname = current_database() AND query LIKE 'UPDATE \"imports_importrow\"%')"
        )
        return bool(cursor.fetchone()[0])


def _sweep_is_through(made: Import) -> bool:
    """The killed worker's session may hold its lock for a moment yet: then the next sweep does it."""
    if state_of(made) != State.APPLIED:
        tasks.sweep.delay()
        time.sleep(0.2)
    return state_of(made) == State.APPLIED


def test_two_workers_at_one_import_make_nothing_twice(celery_worker_process):
    made = a_checked_import(600)
    celery_worker_process(concurrency=2)
    actions.apply(made, by=made.made_by)
    for _time in range(4):
        tasks.go_on.delay(made.pk)
    until(lambda: state_of(made) == State.APPLIED)
    assert Community.objects.count() == 600
