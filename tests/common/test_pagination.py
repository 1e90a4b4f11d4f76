from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs

import pytest
from django.contrib.sessions.models import Session
from django.test import RequestFactory

from common.pagination import AFTER, BEFORE, paginate

pytestmark = pytest.mark.django_db
START = datetime(2025, 11, 21, tzinfo=UTC)
NEWEST = ("-expire_date", "-pk")


@pytest.fixture
def rows():
    """Fifty rows, five of each moment: the key must decide."""
    Session.objects.bulk_create(
        Session(session_key=f"kunci-{n:02}", session_data="", expire_date=START + timedelta(hours=n // 5))
        for n in range(50)
    )
    return [session.pk for session in Session.objects.order_by(*NEWEST)]


def page(query="", order=NEWEST, per_page=8):
    return paginate(Session.objects.all(), RequestFactory().get(f"/berita/{query}"), order, per_page)


def keys(found):
    return [session.pk for session in found]


@pytest.mark.parametrize("order", [NEWEST, ("expire_date", "pk"), ("-expire_date", "pk"), ("-pk",)])
def test_walking_there_and_back_shows_every_row_once(rows, order):
    expected = [session.pk for session in Session.objects.order_by(*order)]
    here, forth, pages = page(order=order), [], []
    while True:
        forth += keys(here)
        pages.append(keys(here))
        if not here.next_query:
            break
        here = page(here.next_query, order)
    assert forth == expected
    assert len(pages) == 7

    for earlier in reversed(pages[:-1]):
        here = page(here.previous_query, order)
        assert keys(here) == earlier
    assert here.previous_query == ""


def test_a_page_takes_one_query_wherever_it_is(rows, django_assert_num_queries):
    query = page().next_query
    for wanted in ("", query, page(query).previous_query):
        with django_assert_num_queries(1) as counted:
            assert len(page(wanted)) == 8
        assert "COUNT" not in counted.captured_queries[0]["sql"]


def test_the_rest_of_the_query_stays(rows):
    here = page("?kategori=desa&kategori=ekonomi&q=padi%20%26%20jagung")
    there = page(here.next_query)
    assert parse_qs(there.next_query[1:])["kategori"] == ["desa", "ekonomi"]
    back = parse_qs(there.previous_query[1:])
    assert back.pop(BEFORE)
    assert back == {"kategori": ["desa", "ekonomi"], "q": ["padi & jagung"]}


def test_a_short_list_has_no_neighbours(rows):
    found = page(per_page=50)
    assert (len(found), found.previous_query, found.next_query) == (50, "", "")


def test_an_empty_list_is_an_empty_page():
    found = page()
    assert (found.object_list, found.previous_query, found.next_query) == ([], "", "")
    assert not found


@pytest.mark.parametrize("parameter", [AFTER, BEFORE])
@pytest.mark.parametrize("cursor", ["", "x", ":", "WyJ4Il0:abc", "%00", "%ff%fe", "é" * 3000, "1' OR 1=1"])
def test_a_made_up_cursor_gives_the_first_page(rows, parameter, cursor):
    assert keys(page(f"?{parameter}={cursor}")) == rows[:8]


def test_a_cursor_of_another_list_gives_the_first_page(rows):
    foreign = page(order=("-pk",)).next_query
    assert keys(page(foreign)) == rows[:8]


def test_when_rows_vanish_the_way_back_leads_to_the_beginning(rows):
    there = page(page().next_query)
    Session.objects.exclude(pk__in=rows[:3]).delete()
    gone = page(there.next_query)
    assert (gone.object_list, gone.previous_query, gone.next_query) == ([], "?", "")
    assert keys(page(there.previous_query)) == rows[:3]
