"""Once a day offices hear how much is overdue on their desk and beneath it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from accounts.models import Posting
from accounts.roles import Role
from activity.models import Activity
from moderation.states import Status
from notifications import fanout
from notifications.links import path_of
from notifications.models import Notification
from notifications.wording import line
from office import overdue
from tests.factories import (
    LOMBOK_TENGAH,
    MUSI_BANYUASIN,
    SUMATERA_SELATAN,
    make_article,
    make_aspiration,
    make_community,
    make_event,
    make_officer,
)

pytestmark = pytest.mark.django_db
LATE = timezone.now() - timedelta(hours=1)


def told():
    """Who was told of how many: on the own desk, and beneath it."""
    return {
        activity.target.user.name: (activity.details["own"], activity.details["number"])
        for activity in Activity.objects.filter(verb="desk.overdue")
    }


def test_the_office_and_the_next_one_above_are_told_the_number_and_nobody_else():
    make_officer(MUSI_BANYUASIN, name="Kabupaten")
    make_officer(SUMATERA_SELATAN, name="Provinsi")
    make_officer(None, name="Kementerian")
    make_officer(LOMBOK_TENGAH, name="Lombok")
    make_article(Status.SUBMITTED, due_at=LATE)
    make_event(Status.SUBMITTED, due_at=LATE)
    make_community(Status.SUBMITTED, due_at=LATE)
    make_article(Status.SUBMITTED)
    make_article(Status.RETURNED, due_at=LATE)
    overdue.tell()
    assert told() == {"Kabupaten": (3, 0), "Provinsi": (0, 3)}


def test_an_empty_office_is_passed_over():
    make_officer(MUSI_BANYUASIN, name="Kabupaten")
    make_officer(None, name="Kementerian")
    make_article(Status.SUBMITTED, due_at=LATE)
    overdue.tell()
    assert told() == {"Kabupaten": (1, 0), "Kementerian": (0, 1)}


def test_what_the_province_decides_is_told_to_the_ministry():
    make_officer(SUMATERA_SELATAN, name="Provinsi")
    make_officer(None, name="Kementerian")
    make_article(Status.SUBMITTED, due_at=LATE)
    overdue.tell()
    assert told() == {"Provinsi": (1, 0), "Kementerian": (0, 1)}


def test_where_nobody_stands_above_the_office_itself_is_told():
    make_officer(MUSI_BANYUASIN, name="Kabupaten")
    make_article(Status.SUBMITTED, due_at=LATE)
    overdue.tell()
    assert told() == {"Kabupaten": (1, 0)}


def test_where_nobody_is_posted_nobody_is_told():
    make_article(Status.SUBMITTED, due_at=LATE)
    assert overdue.tell() == 0


def test_what_is_late_on_the_own_desk_and_beneath_is_one_line():
    above = make_officer(SUMATERA_SELATAN, name="Provinsi")
    make_officer(MUSI_BANYUASIN, name="Kabupaten")
    for _ in range(2):
        make_article(Status.SUBMITTED, due_at=LATE)
    make_aspiration("forwarded", desk_id=SUMATERA_SELATAN, received_at=None, received_by=None, due_at=LATE)
    overdue.tell()
    assert told() == {"Kabupaten": (2, 0), "Provinsi": (1, 2)}
    activity = Activity.objects.get(verb="desk.overdue", details__number=2)
    with translation.override("en"):
        assert line(activity, above) == (
            "1 item on your desk is past its deadline. 2 items wait too long in the offices beneath yours."
        )


def test_roles_hear_of_what_they_decide():
    make_officer(MUSI_BANYUASIN)
    make_officer(SUMATERA_SELATAN, name="Verifikator", role=Role.VERIFIER)
    make_officer(SUMATERA_SELATAN, name="Pengamat", role=Role.VIEWER)
    make_officer(SUMATERA_SELATAN, name="Moderator", role=Role.MODERATOR)
    make_article(Status.SUBMITTED, due_at=LATE)
    make_event(Status.SUBMITTED, due_at=LATE)
    make_community(Status.SUBMITTED, due_at=LATE)
    overdue.tell()
    assert told() == {"Wati": (3, 0), "Verifikator": (0, 1), "Moderator": (0, 2)}


def test_an_ended_posting_is_told_nothing():
    make_officer(MUSI_BANYUASIN, name="Kabupaten")
    away = make_officer(SUMATERA_SELATAN)
    Posting.objects.filter(user=away).update(ended_at=timezone.now(), ended_by=away)
    make_article(Status.SUBMITTED, due_at=LATE)
    overdue.tell()
    assert told() == {"Kabupaten": (1, 0)}


def test_it_is_told_once_a_day():
    make_officer(MUSI_BANYUASIN)
    make_officer(SUMATERA_SELATAN)
    make_article(Status.SUBMITTED, due_at=LATE)
    assert [overdue.tell(), overdue.tell()] == [2, 0]


def test_the_day_after_it_is_told_again(monkeypatch):
    make_officer(MUSI_BANYUASIN)
    make_officer(SUMATERA_SELATAN)
    make_article(Status.SUBMITTED, due_at=LATE)
    overdue.tell()
    tomorrow = timezone.now() + timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    assert overdue.tell() == 2


def test_one_line_leads_to_the_overdue_items(client):
    make_officer(MUSI_BANYUASIN)
    above = make_officer(SUMATERA_SELATAN)
    items = [make_article(Status.SUBMITTED, due_at=LATE) for _ in range(2)]
    overdue.tell()
    fanout.fan_out_waiting()
    notification = Notification.objects.get(recipient=above)
    assert "2" in line(notification.activity, above)
    client.force_login(above)
    listed = client.get(path_of(notification.activity)).context["rows"]
    assert {row.pk for row in listed} == {item.pk for item in items}


def test_the_work_does_not_grow_with_the_items():
    def asked():
        with CaptureQueriesContext(connection) as captured:
            overdue.late_items(list(Posting.objects.current().select_related("region")))
        return len(captured)

    make_officer(MUSI_BANYUASIN)
    make_officer(SUMATERA_SELATAN)
    community = make_community()
    make_article(Status.SUBMITTED, community=community, due_at=LATE)
    few = asked()
    for _ in range(20):
        make_article(Status.SUBMITTED, community=community, due_at=LATE)
        make_officer(SUMATERA_SELATAN)
    assert asked() == few


def test_aspirations_count_with_the_office_that_has_them():
    make_officer(MUSI_BANYUASIN, name="Kabupaten")
    make_officer(SUMATERA_SELATAN, name="Provinsi")
    make_officer(None, name="Kementerian")
    make_aspiration(due_at=LATE)
    make_aspiration("working", due_at=LATE)
    make_aspiration("answered")
    make_aspiration("forwarded", desk_id=SUMATERA_SELATAN, received_at=None, received_by=None, due_at=LATE)
    make_aspiration("forwarded", desk_id=None, received_at=None, received_by=None, due_at=LATE)
    overdue.tell()
    assert told() == {"Kabupaten": (2, 0), "Provinsi": (1, 2), "Kementerian": (1, 1)}
    paths = {path_of(activity) for activity in Activity.objects.filter(verb="desk.overdue")}
    assert paths == {"/kantor/aspirasi/?terlambat=1"}


def test_the_desk_is_where_both_are_late():
    make_officer(MUSI_BANYUASIN)
    make_officer(SUMATERA_SELATAN)
    make_aspiration(due_at=LATE)
    make_article(Status.SUBMITTED, due_at=LATE)
    overdue.tell()
    own, beneath = Activity.objects.filter(verb="desk.overdue").order_by("details__number")
    assert own.details == {"number": 0, "own": 2, "aspirations": 1}
    assert beneath.details == {"number": 2, "own": 0, "aspirations": 1}
    assert [path_of(one) for one in (own, beneath)] == ["/kantor/?terlambat=1"] * 2
