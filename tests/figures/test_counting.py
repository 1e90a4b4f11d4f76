"""Each figure: the number is the number of the rows behind it, at every level."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from communities.models import Community
from figures.counting import count, counted
from figures.definitions import FIGURES
from figures.models import Tally
from figures.periods import Period
from moderation.states import Status
from regions.models import Level, Region
from tests.factories import (
    LOMBOK_TENGAH,
    MUSI_BANYUASIN,
    SUMATERA_SELATAN,
    TOMAN,
    make_article,
    make_aspiration,
    make_community,
    make_event,
    region,
)

pytestmark = pytest.mark.django_db
BABAT_TOMAN = TOMAN[:8]


@pytest.fixture
def network():
    """Something of everything: here, in the neighbourhood, and far away."""
    now = timezone.now()
    here = make_community()
    sleeping = make_community(village="16.06.01.2001", verified_at=now - timedelta(days=400))
    Community.objects.filter(pk=sleeping.pk).update(dormant_at=now, dormant_by=sleeping.created_by)
    elsewhere = make_community(village="52.02.01.2010")
    for status in (Status.SUBMITTED, Status.RETURNED, Status.REJECTED, Status.SUSPENDED, Status.DRAFT):
        make_community(status, village="16.06.02.2001")
    make_article(community=here)
    make_article(community=elsewhere)
    make_article(Status.SUBMITTED, community=here, due_at=now - timedelta(hours=1))
    make_article(Status.RETURNED, community=here)
    make_event(community=here)
    make_event(Status.DRAFT, community=here)
    late = now - timedelta(hours=1)
    for status, due_at in (("sent", late), ("working", now + timedelta(days=1)), ("answered", None)):
        make_aspiration(status, community=here, due_at=due_at)
    make_aspiration("withdrawn", community=here)
    make_aspiration("answered", region_id="52.02.01.2010", answered_at=now - timedelta(days=45))
    return here, sleeping, elsewhere


def numbers(code):
    place = region(code) if code else None
    return {name: now for name, (now, _before) in count(place, Period.current(place)).total.items()}


@pytest.mark.parametrize("code", [None, SUMATERA_SELATAN, MUSI_BANYUASIN, BABAT_TOMAN, LOMBOK_TENGAH])
def test_every_number_is_the_number_of_its_rows(network, code):
    place = region(code) if code else None
    period = Period.current(place)
    found = count(place, period)
    for figure in FIGURES.values():
        rows = sum(queryset.count() for queryset in figure.rows(place, period).values())
        if not figure.is_median:
            assert (figure.name, found.total[figure.name][0]) == (figure.name, rows)
            assert (figure.name, sum(child[figure.name][0] for child in found.children.values())) == (
                figure.name,
                rows,
            )


@pytest.mark.parametrize("code", [None, MUSI_BANYUASIN])
def test_the_month_before_is_counted_by_the_same_condition(network, code):
    place = region(code) if code else None
    period = Period.current(place)
    found = count(place, period)
    for figure in FIGURES.values():
        if figure.has_before and not figure.is_median:
            rows = sum(queryset.count() for queryset in figure.rows(place, period.before).values())
            assert (figure.name, found.total[figure.name][1]) == (figure.name, rows)


def test_the_figures_of_a_regency(network):
    found = numbers(MUSI_BANYUASIN)
    assert {
        name: found[name] for name in ("verified", "active", "dormant", "status_submitted", "articles")
    } == {
        "verified": 2,
        "active": 1,
        "dormant": 1,
        "status_submitted": 1,
        "articles": 1,
    }
    assert (found["events"], found["overdue"], found["waiting"], found["villages_with"]) == (1, 1, 2, 2)
    assert [found[f"aspirations_{name}"] for name in ("waiting", "overdue", "answered")] == [2, 1, 1]
    assert found["villages"] == found["villages_with"] + found["villages_without"]


def test_the_median_is_that_of_all_and_not_of_the_parts():
    now = timezone.now()
    sent = {1: TOMAN, 2: TOMAN, 9: "16.06.01.2001"}
    for hours, village in sent.items():
        make_article(
            Status.RETURNED,
            community=make_community(village=village, verified_at=now - timedelta(days=90)),
            submitted_at=now - timedelta(hours=hours),
        )
    found = count(region(MUSI_BANYUASIN), Period.current(None))
    hours = found.total["median"][0]
    # The communities of the article were decided at another moment than verified: they do not count.
    assert round(hours, 1) == 2.0
    assert round(found.of("16.06.01")["median"][0], 1) == 9.0
    assert found.of("16.06.03")["median"] == (None, None)


def test_how_long_aspirations_wait_for_their_answer_is_counted_by_itself():
    now = timezone.now()
    start = Period.current(None).start
    for hours, village in ((2, TOMAN), (4, TOMAN), (30, "16.06.01.2001")):
        make_aspiration("answered", region_id=village, answered_at=now, sent_at=now - timedelta(hours=hours))
    make_aspiration("answered", answered_at=start - timedelta(hours=1), sent_at=start - timedelta(hours=8))
    make_aspiration("working", sent_at=now - timedelta(days=20))
    found = count(region(MUSI_BANYUASIN), Period.current(None))
    here, before = found.total["aspirations_median"]
    assert (round(here, 1), round(before, 1)) == (4.0, 7.0)
    assert round(found.of("16.06.06")["aspirations_median"][0], 1) == 3.0
    assert found.total["median"] == (None, None)


def test_figures_kept_by_a_release_that_knew_fewer_are_counted_anew():
    place = region(MUSI_BANYUASIN)
    counted(place, Period.current(place))
    kept = Tally.objects.get()
    del kept.numbers["total"]["aspirations_median"]
    kept.save()
    assert counted(place, Period.current(place)).total["aspirations_median"] == (None, None)


def test_what_was_suspended_since_was_verified_the_month_before():
    long_ago = timezone.now() - timedelta(days=100)
    make_community(Status.SUSPENDED, verified_at=long_ago)
    make_community(verified_at=long_ago)
    found = count(region(MUSI_BANYUASIN), Period.current(None))
    assert found.total["verified"] == (1, 2)


def test_a_figure_is_at_most_a_minute_old():
    place = region(MUSI_BANYUASIN)
    period = Period.current(place)
    assert counted(place, period).total["verified"][0] == 0
    make_community()
    assert counted(place, period).total["verified"][0] == 0
    Tally.objects.update(counted_at=timezone.now() - timedelta(seconds=61))
    assert counted(place, period).total["verified"][0] == 1


def test_counting_asks_as_often_for_many_as_for_one(network):
    def asked(code):
        with CaptureQueriesContext(connection) as queries:
            count(region(code) if code else None, Period.current(None))
        return len([query for query in queries if "regions_region" not in query["sql"][:60]])

    few = asked(None)
    for village in Region.objects.within(MUSI_BANYUASIN).at(Level.VILLAGE)[:8]:
        make_article(community=make_community(village=village.code))
    assert asked(None) == few <= 5


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("2026-01", "2026-01"),
        ("2026", "2026"),
        ("2026-13", None),
        ("x", None),
        (None, None),
        ("2999-01", None),
    ],
)
def test_a_period_is_read_from_an_address(text, slug):
    found = Period.read(text, None)
    assert (found.slug if found else None) == slug


def test_the_month_before_january_lies_in_the_year_before():
    zone = ZoneInfo("Asia/Jakarta")
    january = Period(2026, 1, zone)
    assert (january.before.slug, january.before.end) == ("2025-12", january.start)
    assert Period(2025, 12, zone).end == january.start
    assert Period(2026, 0, zone).before.slug == "2025"
