"""The list on the desk: narrowed, searched and sorted by its address alone."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from moderation import claims
from moderation.states import Status
from office import narrowing
from office.narrowing import Narrowing
from tests.factories import (
    LOMBOK_TENGAH,
    SUMATERA_SELATAN,
    make_article,
    make_community,
    make_event,
    make_officer,
)

pytestmark = pytest.mark.django_db
DESK = reverse("office:desk")
NOW = timezone.now()
ELSEWHERE = "16.06.01.1009"  # another district of Musi Banyuasin


@pytest.fixture
def officer(client):
    user = make_officer()
    client.force_login(user)
    return user


def listed(client, query):
    return [row.name for row in client.get(f"{DESK}?{query}").context["rows"]]


@pytest.fixture
def three(officer):
    """An old overdue article, a new event in another district, an application."""
    article = make_article(
        Status.SUBMITTED,
        title="Sungai bersih",
        community=make_community(name="KIM Melati"),
        due_at=NOW - timedelta(days=1),
    )
    type(article).objects.update(submitted_at=NOW - timedelta(days=8))
    event = make_event(
        Status.SUBMITTED,
        title="Pasar murah",
        community=make_community(name="KIM Sungai Hijau", village=ELSEWHERE),
        due_at=NOW + timedelta(days=1),
    )
    community = make_community(Status.SUBMITTED, name="KIM Baru", due_at=NOW + timedelta(days=2))
    type(community).objects.filter(pk=community.pk).update(submitted_at=NOW - timedelta(days=2))
    return {"article": article.pk, "event": event.pk, "community": community.pk}


@pytest.mark.parametrize(
    ("query", "kinds"),
    [
        ("", ["article", "event", "community"]),
        ("jenis=event", ["event"]),
        ("q=sungai", ["article", "event"]),
        ("q=kim+baru", ["community"]),
        ("kim=melati", ["article"]),
        ("kim=sungai", ["event"]),
        ("wilayah=16.06.06", ["article", "community"]),
        ("wilayah=16.06.01", ["event"]),
        ("wilayah=52.02", []),
        ("usia=1", ["article", "community"]),
        ("usia=7", ["article"]),
        ("terlambat=1", ["article"]),
        ("milik=giliran", ["article", "event", "community"]),
        ("milik=ambil", []),
        ("urut=baru", ["event", "community", "article"]),
        ("urut=lama", ["article", "community", "event"]),
        ("q=sungai&terlambat=1&wilayah=16.06.06&urut=baru", ["article"]),
        ("status=returned", []),
    ],
)
def test_each_filter_alone_and_together(client, three, query, kinds):
    assert listed(client, query) == [(kind, three[kind]) for kind in kinds]


def test_taken_by_me_is_not_taken_by_another(client, officer):
    mine, theirs = make_article(Status.SUBMITTED), make_article(Status.SUBMITTED)
    claims.take(mine, by=officer)
    claims.take(theirs, by=make_officer(name="Budi"))
    assert listed(client, "milik=ambil") == [("article", mine.pk)]


def test_my_turn_leaves_out_what_another_office_decides(client, officer):
    item = make_article(Status.SUBMITTED)
    client.force_login(make_officer(SUMATERA_SELATAN))
    assert listed(client, "") == [("article", item.pk)]
    assert listed(client, "milik=giliran") == []


def test_a_filter_never_shows_what_lies_elsewhere(client, three):
    client.force_login(make_officer(LOMBOK_TENGAH))
    assert listed(client, "q=sungai") == listed(client, "wilayah=16.06") == []


@pytest.mark.parametrize(
    "query",
    [
        "usia=2",
        "usia=x",
        "wilayah=16%25",
        "wilayah=%27",
        "milik=x",
        "urut=x",
        "terlambat=x",
        "q=%00",
        "kim=%25",
    ],
)
def test_what_makes_no_sense_is_passed_over(client, officer, query):
    make_article(Status.SUBMITTED)
    assert client.get(f"{DESK}?{query}").status_code == 200


def test_a_look_is_the_same_after_a_round_through_its_address():
    from django.http import QueryDict

    look = Narrowing("approved", "article", "air bersih", "KIM A&B", "16.06", 7, True, "giliran", "baru", 3)
    assert narrowing.read(QueryDict(look.query)) == look
    assert narrowing.read(QueryDict("")).query == ""


def test_items_lists_and_forms_carry_the_look_on(client, officer):
    item = make_article(Status.SUBMITTED, title="Sungai bersih")
    query = "jenis=article&q=sungai&urut=baru"
    page = client.get(f"{DESK}?{query}").content.decode()
    url = reverse("office:item", args=["article", item.pk])
    escaped = query.replace("&", "&amp;")
    assert f'href="{url}?{escaped}"' in page
    opened = client.get(f"{url}?{query}").content.decode()
    for action in (
        reverse(f"office:{name}", args=["article", item.pk]) for name in ("decide", "take", "note")
    ):
        assert f'action="{action}?{escaped}"' in opened
    assert f'href="{DESK}?{escaped}"' in opened


def test_the_form_offers_the_districts_of_the_regency(client, officer):
    codes = [code for code, _label in client.get(DESK).context["filters"].fields["wilayah"].choices]
    assert codes[0] == ""
    assert "16.06.06" in codes
    assert all(len(code) == 8 and code.startswith("16.06.") for code in codes[1:])


def test_a_province_goes_down_step_by_step(client):
    client.force_login(make_officer(SUMATERA_SELATAN))
    shown = client.get(f"{DESK}?wilayah=16.06").context["filters"].fields["wilayah"].choices
    codes = [code for code, _label in shown]
    assert {"16.01", "16.06", "16.06.06"} <= set(codes)
    assert "16.01.01" not in codes


@pytest.mark.parametrize("query", ["", "q=ke&usia=1&wilayah=16.06.06&urut=baru&milik=giliran"])
def test_thirty_rows_ask_no_more_than_one(client, officer, query):
    def asked():
        with CaptureQueriesContext(connection) as captured:
            client.get(f"{DESK}?{query}")
        return len(captured)

    community = make_community()
    items = [make_article(Status.SUBMITTED, community=community)]
    type(items[0]).objects.update(submitted_at=NOW - timedelta(days=2))
    claims.take(items[0], by=officer)
    asked()
    one = asked()
    items += [make_article(Status.SUBMITTED, community=community) for _ in range(15)]
    items += [make_event(Status.SUBMITTED, community=community) for _ in range(14)]
    for item in items[1:5]:
        claims.take(item, by=officer)
    type(items[0]).objects.update(submitted_at=NOW - timedelta(days=2))
    assert asked() == one <= 15
