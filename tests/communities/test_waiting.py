"""What an applicant is told while the application waits."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Office
from communities.models import Community
from communities.waiting import stand_of, wait_of
from moderation.states import Status
from tests.factories import (
    LOMBOK_TENGAH,
    MUSI_BANYUASIN,
    SUMATERA_SELATAN,
    make_community,
    make_officer,
    region,
)

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def _sent(hours: int, **fields) -> Community:
    return make_community(Status.SUBMITTED, due_at=NOW + timedelta(hours=hours), **fields)


def test_the_place_is_by_deadline_among_what_waits_with_the_office():
    make_officer()
    _sent(1)
    mine = _sent(2)
    _sent(3, village="16.06.06.2009")
    _sent(1, village="52.02.01.1001")
    make_community(Status.RETURNED, due_at=NOW)
    wait = wait_of(mine)
    assert (wait.place, wait.number, wait.region.pk) == (2, 3, MUSI_BANYUASIN)


def test_two_of_one_deadline_have_two_places():
    first, second = (_sent(2) for _number in range(2))
    assert [wait_of(first).place, wait_of(second).place] == [1, 2]


def test_the_office_is_the_one_that_decides_with_its_contacts():
    make_officer(SUMATERA_SELATAN)
    Office.objects.create(region_id=SUMATERA_SELATAN, name="Diskominfo Sumsel", phone="0711")
    Office.objects.create(region_id=LOMBOK_TENGAH, name="Bukan ini")
    wait = wait_of(_sent(2))
    assert (wait.decider.name, wait.decider.office.phone) == ("Diskominfo Sumsel", "0711")
    assert wait.region == region(MUSI_BANYUASIN)  # others of the province wait elsewhere


def test_the_usual_time_is_in_whole_days_upwards():
    for days in (1, 1.2, 7):
        at = timezone.now() - timedelta(days=2)
        done = make_community()
        Community.objects.filter(pk=done.pk).update(
            submitted_at=at - timedelta(days=days), decided_at=at, verified_at=at
        )
    wait = wait_of(_sent(2))
    assert wait.usual == timedelta(days=1.2)
    assert "2" in wait.usual_words
    assert wait_of(_sent(2, village="52.02.01.1001")).usual_words == ""


@pytest.mark.parametrize(
    ("status", "shown"),
    [
        (Status.DRAFT, {"progress", "moves"}),
        (Status.RETURNED, {"progress", "moves"}),
        (Status.SUBMITTED, {"wait"}),
        (Status.REJECTED, set()),
        (Status.APPROVED, set()),
    ],
)
def test_what_is_shown_follows_the_state(status, shown):
    assert set(stand_of(make_community(status))) == shown


def test_the_own_page_says_it_to_the_applicant_alone(client):
    make_officer()
    community = _sent(2)
    client.force_login(community.created_by)
    assert "wait" in client.get(community.get_absolute_url()).context
    client.force_login(make_officer())
    assert "wait" not in client.get(community.get_absolute_url()).context


def test_it_asks_no_more_than_the_page_may(client, django_assert_max_num_queries):
    make_officer()
    community = _sent(2)
    client.force_login(community.created_by)
    with django_assert_max_num_queries(15):
        client.get(community.get_absolute_url())
