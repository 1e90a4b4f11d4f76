"""What rows do not know of the past is kept when a month ends, by three clocks, once, and never too late."""

import threading
from datetime import UTC, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from figures import report_files, reporting, snapshots
from figures.counting import count
from figures.definitions import FIGURES
from figures.models import Snapshot, Tally
from figures.periods import Period
from figures.tasks import keep_month
from kimportal.demo.clock import StoppedClock
from moderation.states import Status
from regions.models import Level, Region, TimeZone
from tests.factories import (
    LOMBOK_TENGAH,
    MUSI_BANYUASIN,
    SUMATERA_SELATAN,
    TOMAN,
    make_article,
    make_community,
    make_officer,
    region,
)

pytestmark = pytest.mark.django_db
BABAT_TOMAN = TOMAN[:8]
NEVER = "16.06.01"  # a district where nothing waits
# The turn of October 2026 by each clock.
TURNS = {
    TimeZone.WIT: datetime(2026, 9, 30, 15, tzinfo=UTC),
    TimeZone.WITA: datetime(2026, 9, 30, 16, tzinfo=UTC),
    TimeZone.WIB: datetime(2026, 9, 30, 17, tzinfo=UTC),
}


@pytest.fixture
def clock():
    """Puts the portal's clock to a moment."""
    with StoppedClock(TURNS[TimeZone.WIT]) as stopped:
        yield lambda moment: setattr(stopped, "moment", moment)


@pytest.fixture
def waiting():
    """Two registrations and one overdue article wait here, one registration waits far away."""
    here = make_community()
    make_article(Status.SUBMITTED, community=here, due_at=datetime(2026, 9, 1, tzinfo=UTC))
    for village in (TOMAN, "16.06.02.2001", "52.02.01.2010"):
        make_community(Status.SUBMITTED, village=village, due_at=datetime(2126, 1, 1, tzinfo=UTC))


def places(zone):
    return Region.objects.open().filter(level__lt=Level.VILLAGE, time_zone=zone).count()


def of(place, period="2026-09"):
    return Snapshot.objects.get(place=place, period=period).numbers


def month(slug, code=None):
    place = region(code) if code else None
    return place, Period.read(slug, place)


@pytest.mark.parametrize("zone", list(TURNS))
def test_the_month_turns_by_each_clock(clock, zone):
    zones_before = [other for other in TURNS if TURNS[other] < TURNS[zone]]
    clock(TURNS[zone] - timedelta(seconds=1))
    snapshots.take_due()
    assert Snapshot.objects.filter(period="2026-09").count() == sum(map(places, zones_before))
    clock(TURNS[zone])
    own = places(zone) + (zone == settings.TIME_ZONE)
    assert (snapshots.take_due(), snapshots.take_due()) == (own, 0)


def test_every_place_has_one_in_the_end_and_a_second_run_changes_nothing(clock, waiting):
    clock(TURNS[TimeZone.WIB] + timedelta(minutes=4))
    keep_month()
    kept = list(Snapshot.objects.order_by("pk").values())
    assert len(kept) == 1 + Region.objects.open().filter(level__lt=Level.VILLAGE).count()
    make_community(Status.SUBMITTED, village="16.06.02.2002")
    keep_month()
    assert list(Snapshot.objects.order_by("pk").values()) == kept


@pytest.mark.parametrize("late", [timedelta(hours=23, minutes=30), timedelta(days=1, seconds=1)])
def test_a_missed_run_is_made_up_for_within_a_day(clock, late):
    clock(TURNS[TimeZone.WIB] + late)
    snapshots.take_due()
    # By the eastern clocks it is an hour, and two, later.
    expected = 1 + places(TimeZone.WIB) if late < timedelta(days=1) else 0
    assert Snapshot.objects.count() == expected


def test_it_asks_nothing_on_the_other_days(clock, django_assert_num_queries):
    clock(TURNS[TimeZone.WIB] + timedelta(days=2))
    with django_assert_num_queries(0):
        keep_month()


def test_who_is_killed_leaves_nothing(clock, monkeypatch):
    clock(TURNS[TimeZone.WIT])
    monkeypatch.setattr(snapshots, "WRITTEN_AT_ONCE", 100)
    write = type(Snapshot.objects).bulk_create

    def killed(self, rows, **options):
        write(self, rows[:150], **options)
        raise SystemExit

    monkeypatch.setattr(type(Snapshot.objects), "bulk_create", killed)
    with pytest.raises(SystemExit):
        snapshots.take_due()
    assert Snapshot.objects.count() == 0
    monkeypatch.setattr(type(Snapshot.objects), "bulk_create", write)
    assert snapshots.take_due() == places(TimeZone.WIT)


@pytest.mark.parametrize(
    ("place", "waits", "overdue"),
    [("", 4, 1), (SUMATERA_SELATAN, 3, 1), (MUSI_BANYUASIN, 3, 1), (BABAT_TOMAN, 2, 1), ("16.06.02", 1, 0),
     (LOMBOK_TENGAH, 1, 0), (NEVER, 0, 0)],
)  # fmt: skip
def test_each_place_keeps_what_waits_in_it_and_beneath(clock, waiting, place, waits, overdue):
    clock(TURNS[TimeZone.WIB])
    snapshots.take_due()
    kept = of(place)
    assert (kept["waiting"], kept["overdue"]) == (waits, overdue)
    assert set(kept) == {figure.name for figure in FIGURES.values() if not figure.has_before}


@pytest.mark.parametrize("code", [None, SUMATERA_SELATAN, MUSI_BANYUASIN, BABAT_TOMAN, LOMBOK_TENGAH])
def test_it_keeps_what_the_overview_counts(waiting, code):
    place = region(code) if code else None
    period = Period.current(place)
    counted = count(place, period).total
    kept = snapshots.count_everywhere(period)[code or ""]
    assert kept == {name: counted[name][0] for name in kept}


def test_it_asks_as_often_for_all_places_as_for_one(clock, waiting, django_assert_num_queries):
    period = Period.at(TURNS[TimeZone.WIB], ZoneInfo(TimeZone.WIB)).before
    clock(TURNS[TimeZone.WIB])
    with django_assert_num_queries(4):
        snapshots.count_everywhere(period)


@pytest.fixture
def october(clock, waiting):
    """September is kept; on the 10th of October one more waits here, and one where nothing did."""
    for turn in TURNS.values():
        clock(turn)
        snapshots.take_due()
    clock(datetime(2026, 10, 10, tzinfo=UTC))
    for village in ("16.06.02.2002", f"{NEVER}.2001"):
        make_community(Status.SUBMITTED, village=village, due_at=datetime(2126, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize("code", [None, SUMATERA_SELATAN, MUSI_BANYUASIN])
def test_the_month_before_is_known(october, code):
    found = count(*month("2026-10", code))
    before = of(code or "")
    assert found.total["waiting"] == (before["waiting"] + 2, before["waiting"])
    assert found.total["status_submitted"] == (before["status_submitted"] + 2, before["status_submitted"])
    assert found.total["overdue"] == (1, 1)
    assert found.is_remembered is False


def test_the_regions_beneath_know_it_too(october):
    found = count(*month("2026-10", MUSI_BANYUASIN))
    assert {code: found.of(code)["waiting"] for code in (BABAT_TOMAN, "16.06.02", NEVER, "16.06.03")} == {
        BABAT_TOMAN: (2, 2), "16.06.02": (2, 1), NEVER: (1, 0), "16.06.03": (0, 0),
    }  # fmt: skip


def test_a_month_that_has_ended_has_the_numbers_of_its_end(october):
    found = count(*month("2026-09", MUSI_BANYUASIN))
    assert (found.is_remembered, found.total["waiting"]) == (True, (3, None))
    assert (found.of("16.06.02")["waiting"], found.of(NEVER)["waiting"]) == ((1, None), (0, None))
    # No snapshot is of a village: what waited there is not known, and nobody makes it up.
    district = count(*month("2026-09", BABAT_TOMAN))
    assert (district.total["waiting"], district.of(TOMAN)["waiting"]) == ((2, None), (None, None))
    assert district.of(f"{BABAT_TOMAN}.2002")["waiting"] == (None, None)


def test_without_a_snapshot_no_change_is_told(october):
    Snapshot.objects.filter(place=MUSI_BANYUASIN).delete()
    found = count(*month("2026-10", MUSI_BANYUASIN))
    assert (found.total["waiting"], found.of("16.06.02")["waiting"]) == ((5, None), (2, 1))
    past = count(*month("2026-09", MUSI_BANYUASIN))
    assert (past.is_remembered, past.total["waiting"]) == (False, (5, None))


def test_a_year_ends_as_its_december_did(clock, waiting):
    clock(datetime(2025, 12, 31, 17, 1, tzinfo=UTC))
    snapshots.take_due()
    clock(datetime(2026, 10, 10, tzinfo=UTC))
    make_community(Status.SUBMITTED, village="16.06.02.2002")
    assert count(*month("2026", MUSI_BANYUASIN)).total["status_submitted"] == (3, 2)
    assert count(*month("2025", MUSI_BANYUASIN)).total["status_submitted"] == (2, None)


def shown(client, query=""):
    page = client.get(f"{reverse('office:overview', args=[MUSI_BANYUASIN])}{query}")
    found = {one.figure.name: one for _label, group in page.context["groups"] for one in group}
    return found, page.context["is_remembered"]


def test_the_screen_shows_the_change_and_the_numbers_of_then(client, october):
    client.force_login(make_officer())
    now, _is_remembered = shown(client)
    assert (now["waiting"].words, now["waiting"].change) == ("5", "+2")
    then, is_remembered = shown(client, "?bulan=2026-09")
    assert (then["waiting"].words, then["waiting"].change, is_remembered) == ("3", "", True)
    longer_ago, is_remembered = shown(client, "?bulan=2026-08")
    assert (longer_ago["waiting"].words, longer_ago["waiting"].change, is_remembered) == ("5", "", False)
    # What was kept for a minute says the same.
    assert Tally.objects.count() == 3
    assert [shown(client, "?bulan=2026-09")[1], shown(client)[0]["waiting"].change] == [True, "+2"]


def test_the_report_and_its_files_show_the_change(client, october):
    place, period = month("2026-10", MUSI_BANYUASIN)
    client.force_login(officer := make_officer())
    report = reporting.ask(place, period, by=officer, form_key=uuid4())
    reporting.make_waiting()
    report.refresh_from_db()
    label = str(FIGURES["waiting"].label)
    lines = {line[0]: line[1:] for line in report_files.summary(report)}
    assert lines[label] == ("5", "3", "+2")
    assert client.get(report.get_absolute_url()).status_code == 200
    with report.spreadsheet.open("rb") as file:
        sheet = openpyxl.load_workbook(file).worksheets[0]
        assert {row[0]: row[1:] for row in sheet.iter_rows(values_only=True)}[label] == (5, 3, 2)


def test_the_overview_counts_anew_within_fifteen_questions(client, october):
    client.force_login(make_officer())
    for query in ("", "?bulan=2026-09"):
        shown(client, query)
        Tally.objects.all().delete()
        with CaptureQueriesContext(connection) as asked:
            shown(client, query)
        assert len(asked) <= 15


@pytest.mark.django_db(transaction=True)
def test_two_that_take_it_in_the_same_moment_keep_one(clock):
    clock(TURNS[TimeZone.WIT])
    expected = places(TimeZone.WIT)

    def take():
        snapshots.take_due()
        connection.close()

    workers = [threading.Thread(target=take) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert Snapshot.objects.count() == expected
