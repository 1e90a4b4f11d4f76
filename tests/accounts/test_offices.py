"""What an office has not set itself, it takes from the office above, then from the portal."""

from datetime import date, datetime

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts import offices
from accounts.models import Holiday, Office, SavedReply
from tests.factories import LOMBOK_TENGAH, MUSI_BANYUASIN, SUMATERA_SELATAN, TOMAN, region

pytestmark = pytest.mark.django_db
NATION = None


def office(code, **fields):
    return Office.objects.create(region_id=code, name=f"Diskominfo {code}", **fields)


def test_without_any_office_the_portal_decides():
    found = offices.settings_of(region(TOMAN))
    assert (found.minimum_members, found.dormant_months) == (3, 6)
    assert found.days("community") == settings.MODERATION_DAYS["community"]
    assert len(found.week.open_days) == 5


def test_the_nearest_office_that_says_something_decides():
    office(NATION, minimum_members=8, dormant_months=4)
    office(SUMATERA_SELATAN, minimum_members=10)
    office(MUSI_BANYUASIN, dormant_months=12)
    assert offices.setting_for(region(TOMAN), "minimum_members") == 10
    assert offices.setting_for(region(TOMAN), "dormant_months") == 12
    assert offices.setting_for(region(LOMBOK_TENGAH), "minimum_members") == 8
    assert offices.setting_for(NATION, "dormant_months") == 4


def test_time_limits_are_inherited_kind_by_kind():
    office(SUMATERA_SELATAN, review_days={"article": 4, "community": 9})
    office(MUSI_BANYUASIN, review_days={"article": 1})
    days = [offices.days_for(region(TOMAN), kind) for kind in ("article", "community", "event")]
    assert days == [1, 9, settings.MODERATION_DAYS["event"]]


def test_all_settings_of_a_region_are_one_question():
    office(SUMATERA_SELATAN, minimum_members=10)
    place = region(TOMAN)
    with CaptureQueriesContext(connection) as asked:
        found = offices.settings_of(place)
        found.days("article"), found.minimum_members, found.week
    assert len(asked) == 1


@pytest.mark.parametrize("code", [TOMAN, MUSI_BANYUASIN, LOMBOK_TENGAH])
def test_the_table_for_jobs_says_the_same(code):
    office(NATION, dormant_months=4)
    office(MUSI_BANYUASIN, dormant_months=12)
    values = offices.own_values("dormant_months")
    assert offices.resolve(values, region(code)) == offices.setting_for(region(code), "dormant_months")


def test_holidays_are_those_of_the_region_and_above():
    for code, day in [(NATION, 17), (SUMATERA_SELATAN, 18), (MUSI_BANYUASIN, 19), (LOMBOK_TENGAH, 20)]:
        Holiday.objects.create(region_id=code, day=date(2026, 8, day), name="Libur")
    assert [holiday.day.day for holiday in offices.holidays_of(region(TOMAN))] == [17, 18, 19]
    monday = datetime(2026, 8, 17, 2, tzinfo=offices.JAKARTA)
    assert offices.clock_of(region(TOMAN), monday).holidays == {date(2026, 8, day) for day in (17, 18, 19)}


def test_saved_replies_are_those_of_the_office_and_above():
    for code in (NATION, MUSI_BANYUASIN, LOMBOK_TENGAH):
        SavedReply.objects.create(office=office(code), title=f"Balasan {code}", text="Mohon dilengkapi.")
    found = [reply.office.region_id for reply in offices.replies_of(region(TOMAN))]
    assert sorted(found, key=str) == [MUSI_BANYUASIN, NATION]


@pytest.mark.parametrize("wrong", [{"minimum_members": 0}, {"dormant_months": 61}])
def test_the_database_refuses_nonsense(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        office(MUSI_BANYUASIN, **wrong)
