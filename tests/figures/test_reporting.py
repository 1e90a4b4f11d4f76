"""Reports: made in the background, frozen, kept, and seen by their own office only."""

import io
from uuid import uuid4

import openpyxl
import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.urls import reverse

from activity.models import Activity
from figures import reporting
from figures.models import Report
from figures.periods import Period
from tests.factories import (
    LOMBOK_TENGAH,
    MUSI_BANYUASIN,
    SUMATERA_SELATAN,
    make_article,
    make_community,
    make_officer,
    region,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    user = make_officer()
    client.force_login(user)
    return user


@pytest.fixture
def report(officer):
    make_article(community=make_community(name="KIM Gerbang"))
    place = region(MUSI_BANYUASIN)
    return reporting.ask(place, Period.current(place), by=officer, form_key=uuid4())


def test_a_report_is_asked_for_once_however_often_one_clicks(client, officer):
    address = reverse("office:reports", args=[MUSI_BANYUASIN])
    form = client.get(address).context["form"]
    data = {"form_key": form.initial["form_key"], "period": Period.current(None).before.slug}
    first, second = client.post(address, data), client.post(address, data)
    assert (first.url, Report.objects.count()) == (second.url, 1)
    assert Report.objects.get().state == Report.State.WAITING
    assert client.get(first.url).status_code == 200
    assert Activity.objects.filter(verb="report.ask").count() == 1


def test_it_is_made_with_what_the_screen_shows(client, report):
    assert reporting.make_waiting() == 1
    report.refresh_from_db()
    assert (report.state, report.progress) == (Report.State.DONE, 100)
    screen = client.get(reverse("office:overview", args=[MUSI_BANYUASIN])).context
    shown = {one.figure.name: one.now for _label, group in screen["groups"] for one in group}
    assert {name: report.content["total"][name][0] for name in shown} == shown
    assert client.get(report.get_absolute_url()).status_code == 200


def test_its_files_hold_the_figures_and_their_rows(client, officer, report):
    reporting.make_waiting()
    book = client.get(reverse("office:report_file", args=[report.pk, "xlsx"]))
    sheets = openpyxl.load_workbook(io.BytesIO(b"".join(book.streaming_content))).worksheets
    assert [row[0] for row in sheets[2].iter_rows(min_row=2, values_only=True)] == ["KIM Gerbang"]
    page = client.get(reverse("office:report_file", args=[report.pk, "pdf"]))
    assert b"".join(page.streaming_content).startswith(b"%PDF-")
    assert Activity.objects.filter(verb="report.download", actor=officer).count() == 2


def test_what_a_killed_worker_left_is_made_by_the_next_sweep(report):
    Report.objects.update(state=Report.State.WORKING, progress=35, attempts=1)
    assert reporting.make_waiting() == 1
    assert Report.objects.get().state == Report.State.DONE
    assert reporting.make_waiting() == 0


def _wait_until_nobody_makes_one():
    """The server notices a closed connection a moment later."""
    held = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND classid = %s AND granted"
    for _turn in range(200):
        with connection.cursor() as cursor:
            cursor.execute(held, [reporting.LOCK])
            if cursor.fetchone()[0] == 0:
                return
            cursor.execute("SELECT pg_sleep(0.02)")


def test_one_that_is_being_made_is_left_alone(report):
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s, %s)", [reporting.LOCK, report.pk])
        assert reporting.make_waiting() == 0
    finally:
        other.close()  # as a killed worker's connection does
    _wait_until_nobody_makes_one()
    assert reporting.make_waiting() == 1


def test_one_that_cannot_be_made_says_so_and_does_not_hold_up_the_next(report, officer, monkeypatch):
    monkeypatch.setattr(reporting, "write_pdf", lambda *_: 1 / 0)
    for _turn in range(reporting.ATTEMPTS + 1):
        assert reporting.make_waiting() == 0
    assert Report.objects.get().state == Report.State.FAILED
    monkeypatch.undo()
    reporting.ask(None, Period.current(None), by=officer, form_key=uuid4())
    assert reporting.make_waiting() == 1


@pytest.mark.parametrize(("office", "status"), [(LOMBOK_TENGAH, 404), (SUMATERA_SELATAN, 200)])
def test_another_regions_officer_does_not_find_it(client, report, office, status):
    reporting.make_waiting()
    client.force_login(make_officer(office))
    addresses = [
        report.get_absolute_url(),
        reverse("office:report_file", args=[report.pk, "xlsx"]),
        reverse("office:report_file", args=[report.pk, "pdf"]),
    ]
    answers = [client.get(address) for address in addresses]
    assert {answer.status_code for answer in answers} == {status}
    for answer in answers:
        answer.close()


def test_there_is_no_file_before_it_is_ready(client, report):
    assert client.get(reverse("office:report_file", args=[report.pk, "pdf"])).status_code == 404
    assert not default_storage.exists(f"reports/{report.pk}")
