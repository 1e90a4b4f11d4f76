"""The log tells of replies too, and of nothing that a community's suspension has taken away."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

import moderation.actions
from articles.models import PublicChange
from communities.models import Community
from moderation.states import Status
from tests.factories import MUSI_BANYUASIN, make_amendment, make_fact_check, make_officer, make_reply

pytestmark = pytest.mark.django_db
PAGES = ("complaints:log", "complaints:feed")


def withdrawn_reply():
    """A reply that was withdrawn."""
    moderation.actions.move(make_reply(), "suspend", by=make_officer(), reason="Fitnah.", cited="slander")


def questions(client):
    """How often both pages ask the database."""
    with CaptureQueriesContext(connection) as found:
        for page in PAGES:
            assert client.get(reverse(page)).status_code == 200
    return len(found)


def test_it_asks_as_often_for_many_replies_as_for_one(client):
    withdrawn_reply()
    questions(client)
    once = questions(client)
    for _number in range(3):
        withdrawn_reply()
    assert questions(client) == once


def test_a_check_of_an_office_stands_in_it(client):
    check = make_fact_check(of_office=MUSI_BANYUASIN)
    moderation.actions.move(check, "suspend", by=make_officer(), reason="Keliru.", cited="untrue")
    for page in PAGES:
        assert check.title in client.get(reverse(page)).content.decode()


def test_it_repeats_no_correction_of_a_suspended_community(client):
    amendment = make_amendment()
    moderation.actions.move(amendment, "approve", by=make_officer())
    words = PublicChange.objects.get().was_wrong
    assert [words in client.get(reverse(page)).content.decode() for page in PAGES] == [True, True]
    Community.objects.update(
        status=Status.SUSPENDED, decided_at=timezone.now(), decided_by=amendment.created_by
    )
    assert [words in client.get(reverse(page)).content.decode() for page in PAGES] == [False, False]
