"""Deadlines count office hours, and the clock stops while the author repairs."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import moderation.actions
from accounts.models import Holiday, Office
from accounts.office_hours import OfficeClock, Week
from accounts.offices import JAKARTA
from moderation import deadlines
from moderation.states import Status
from tests.factories import MUSI_BANYUASIN, SUMATERA_SELATAN, TOMAN, make_article, make_officer, region

pytestmark = pytest.mark.django_db
WEEK = Week.read([*[["08:00", "16:00"]] * 5, None, None])
CLOCK = OfficeClock(WEEK, JAKARTA, {date(2026, 11, 17)})
DAY, LIMIT = WEEK.day_length, 2 * WEEK.day_length


def at(day: int, hour: int) -> datetime:
    """In November 2026; the 23rd is a Monday."""
    return datetime(2026, 11, day, hour, tzinfo=JAKARTA)


@pytest.fixture
def officer():
    return make_officer()


@pytest.fixture
def article():
    return make_article(Status.DRAFT)


def move(item, name, by, moment):
    return moderation.actions.move(item, name, by=by, reason="Mohon foto yang tajam.", at=moment)


def test_an_article_has_two_working_days(article):
    assert move(article, "submit", article.created_by, at(20, 15)).due_at == at(24, 15)


def test_the_region_may_work_otherwise(article):
    Office.objects.create(
        region_id=MUSI_BANYUASIN,
        name="Dinkominfo",
        review_days={"article": 1},
        hours=[*[["07:00", "13:00"]] * 6, None],
    )
    assert move(article, "submit", article.created_by, at(20, 12)).due_at == at(21, 12)


def test_a_holiday_of_the_province_moves_the_deadline(article):
    Holiday.objects.create(region_id=SUMATERA_SELATAN, day=date(2026, 11, 24), name="Hari jadi")
    assert move(article, "submit", article.created_by, at(23, 10)).due_at == at(26, 10)


def test_the_clock_stops_while_the_author_repairs(article, officer):
    writer = article.created_by
    sent = move(article, "submit", writer, at(23, 8))
    returned = move(sent, "return", officer, at(23, 12))
    assert move(returned, "submit", writer, at(27, 8)).due_at == at(30, 12)  # 12 of 16 hours were left


def test_a_second_repair_goes_on_with_the_rest(article, officer):
    writer, moments = article.created_by, [at(23, 8), at(23, 10), at(24, 8), at(24, 10), at(26, 8)]
    for name, moment in zip(["submit", "return", "submit", "return", "submit"], moments, strict=True):
        article = move(article, name, officer if name == "return" else writer, moment)
    assert article.due_at == at(27, 12)  # 12 hours: two twice were used


def test_who_gets_it_back_has_a_working_day_at_least(article, officer):
    writer = article.created_by
    sent = move(article, "submit", writer, at(16, 8))
    returned = move(sent, "return", officer, at(20, 12))  # overdue for long
    assert move(returned, "submit", writer, at(23, 9)).due_at == at(24, 9)


def test_what_was_taken_back_begins_anew(article):
    writer = article.created_by
    sent = move(article, "submit", writer, at(23, 8))
    taken = move(sent, "withdraw", writer, at(24, 8))
    assert move(taken, "submit", writer, at(25, 8)).due_at == at(26, 16)


def test_what_is_left_is_nothing_after_the_deadline():
    place = region(TOMAN)
    assert deadlines.left_at(place, at(23, 8), at(23, 10)) == timedelta(hours=2)
    assert deadlines.left_at(place, at(24, 8), at(23, 10)) == timedelta()


minutes = st.integers(0, 60 * 24 * 40).map(lambda count: at(1, 8) + timedelta(minutes=count))


@given(minutes, minutes, minutes)
def test_a_repair_neither_gives_nor_takes_office_time(one, other, third):
    sent, returned, back = sorted([one, other, third])
    due = CLOCK.after(sent, LIMIT)
    left = deadlines.rest(CLOCK, LIMIT, DAY, returned_at=returned, was_due_at=due)
    used = CLOCK.between(sent, min(returned, due))
    assert left == max(LIMIT - used, DAY)
    assert CLOCK.between(back, CLOCK.after(back, left)) == left
