"""How far an announcement has come down: every number is that of real people and communities."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from announcements import actions, results
from announcements.models import Announcement, Receipt
from announcements.results import Numbers, result_in
from communities.models import Community, Kind, Membership
from moderation.states import Status
from tests.factories import (
    LOMBOK_TENGAH,
    MUSI_BANYUASIN,
    SUMATERA_SELATAN,
    TOMAN,
    make_announcement,
    make_community,
    make_member,
    make_officer,
    make_user,
    region,
)

pytestmark = pytest.mark.django_db
SEKAYU = "16.06.01.1011"
SUKARARA = "52.02.02.2010"


def read(announcement: Announcement, *people: User) -> None:
    for person in people:
        Receipt.objects.create(announcement=announcement, user=person)


def rows(announcement: Announcement, code: str | None) -> dict[str, Numbers]:
    result = result_in(announcement, region(code) if code else None)
    return {child.pk: numbers for child, numbers in result.rows}


@pytest.fixture
def toman() -> Community:
    """With its manager and two more."""
    community = make_community(village=TOMAN)
    make_member(community)
    make_member(community)
    return community


@pytest.fixture
def sekayu() -> Community:
    return make_community(village=SEKAYU)


def test_each_region_has_its_own_numbers(toman, sekayu):
    sukarara = make_community(village=SUKARARA)
    announcement = make_announcement(None, people=5, communities=3)
    read(announcement, toman.created_by, sukarara.created_by)
    assert rows(announcement, None) == {
        SUMATERA_SELATAN: Numbers(communities=2, reading=1, people=4, read=1),
        "52": Numbers(communities=1, reading=1, people=1, read=1),
    }
    assert rows(announcement, MUSI_BANYUASIN) == {
        "16.06.01": Numbers(communities=1, people=1),
        "16.06.06": Numbers(communities=1, reading=1, people=3, read=1),
    }
    assert result_in(announcement, None).total == Numbers(3, 2, 5, 2, 0)


def test_who_belongs_to_two_regions_stands_in_both_and_once_in_the_sum(toman, sekayu):
    make_member(sekayu, user=toman.created_by)
    announcement = make_announcement(people=4, communities=2)
    read(announcement, toman.created_by)
    assert [numbers.read for numbers in rows(announcement, MUSI_BANYUASIN).values()] == [1, 1]
    assert result_in(announcement, region(MUSI_BANYUASIN)).total == Numbers(2, 2, 4, 1, 0)


def test_only_what_it_was_for_is_counted(toman, sekayu):
    make_community(kind=Kind.TRADITIONAL_MEDIA)
    make_community(Status.SUSPENDED)
    announcement = make_announcement(kinds=[Kind.KIM], places=["16.06.06"])
    assert rows(announcement, MUSI_BANYUASIN) == {"16.06.06": Numbers(communities=1, people=3)}


def test_who_comes_later_was_not_told(toman):
    announcement = make_announcement()
    make_member(toman)
    make_community(verified_at=timezone.now())
    assert rows(announcement, MUSI_BANYUASIN) == {"16.06.06": Numbers(communities=1, people=3)}


def test_who_left_afterwards_was_told(toman):
    announcement = make_announcement()
    later = timezone.now() + timedelta(minutes=1)
    Membership.objects.filter(community=toman).update(ended_at=later, ended_by=toman.created_by)
    assert rows(announcement, MUSI_BANYUASIN)["16.06.06"].people == 3


def test_the_office_itself_is_not_among_those_told(toman):
    officer = make_officer()
    make_member(toman, user=officer)
    announcement = make_announcement(by=officer)
    assert rows(announcement, MUSI_BANYUASIN)["16.06.06"].people == 3


def test_of_one_for_everybody_people_are_counted_where_they_live(toman):
    reader = make_user(home_region_id=SEKAYU)
    make_user(home_region_id=MUSI_BANYUASIN)
    make_user(home_region_id=SUKARARA)
    announcement = make_announcement(audience="readers", people=5, communities=1)
    read(announcement, reader, toman.created_by)
    assert rows(announcement, MUSI_BANYUASIN) == {
        MUSI_BANYUASIN: Numbers(people=1),
        "16.06.01": Numbers(people=1, read=1),
        "16.06.06": Numbers(communities=1, reading=1),
    }
    assert result_in(announcement, region(MUSI_BANYUASIN)).total == Numbers(1, 1, 5, 2, 0)


def test_the_rows_say_which_have_not_read_it(toman, sekayu):
    announcement = make_announcement()
    actions.confirm_reading(announcement, by=toman.created_by)
    told = results.communities_told(announcement, region(MUSI_BANYUASIN))
    assert set(told) == {toman, sekayu}
    assert list(results.nobody_read(announcement, told)) == [sekayu]
    numbers = results.with_numbers(announcement, told).order_by("region_id")
    assert [(each.told, each.read, each.article) for each in numbers] == [(1, 0, None), (3, 1, None)]


@pytest.mark.parametrize("audience", ["communities", "readers"])
def test_it_asks_as_much_for_many_regions_as_for_one(toman, audience):
    announcement = make_announcement(None, audience=audience)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            result_in(announcement, None)
        return len(queries)

    few = asked()
    for village in (SEKAYU, SUKARARA, "11.01.01.2001", "31.71.01.1001"):
        make_user(home_region_id=village)
        make_community(village=village, verified_at=announcement.sent_at)
    assert asked() == few
    assert few <= 8


def test_an_office_of_another_region_has_no_numbers_in_it(toman):
    announcement = make_announcement(None)
    assert rows(announcement, LOMBOK_TENGAH) == {}
