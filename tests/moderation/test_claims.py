"""An officer takes an item: no other decides it meanwhile, and nobody keeps it for ever."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

import moderation.actions
from accounts import actions as account_actions
from accounts.roles import Role
from moderation import claims
from moderation.errors import TransitionRefused
from moderation.reviewing import Claim
from moderation.states import Status
from tests.factories import LOMBOK_TENGAH, SUMATERA_SELATAN, make_article, make_item, make_officer
from tests.moderation.test_races import _at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def item():
    return make_article(Status.SUBMITTED)


@pytest.fixture
def wati():
    return make_officer(name="Wati")


@pytest.fixture
def budi():
    return make_officer(name="Budi Santoso")


def let_lapse(claim):
    Claim.objects.filter(pk=claim.pk).update(
        taken_at=timezone.now() - timedelta(minutes=20), lapses_at=timezone.now() - timedelta(seconds=1)
    )


@pytest.mark.parametrize("kind", ["community", "article", "event"])
def test_while_one_officer_has_it_another_neither_takes_nor_decides_it(kind, wati, budi):
    item = make_item(kind, Status.SUBMITTED)
    claims.take(item, by=wati)
    for attempt in (
        lambda: claims.take(item, by=budi),
        lambda: moderation.actions.move(item, "return", by=budi, reason="Mohon dilengkapi."),
    ):
        with pytest.raises(TransitionRefused) as refused:
            attempt()
        assert "Wati" in str(refused.value.message)
    item.refresh_from_db()
    assert (item.status, claims.current(item).taken_by) == (Status.SUBMITTED, wati)


def test_the_refusal_says_until_when_by_the_clock_of_the_region(item, wati, budi):
    claim = claims.take(item, by=wati)
    with pytest.raises(TransitionRefused) as refused:
        claims.require_free(item, by=budi)
    local = claim.lapses_at.astimezone(item.region.zone)
    assert f"{local:%H.%M} WIB" in str(refused.value.message)


def test_a_claim_lapses_after_fifteen_idle_minutes(item, wati, budi):
    claim = claims.take(item, by=wati)
    assert claim.lapses_at - claim.taken_at == timedelta(minutes=15)
    let_lapse(claim)
    assert claims.current(item) is None
    assert claims.take(item, by=budi).taken_by == budi


def test_a_lapsed_claim_hinders_no_decision(item, wati, budi):
    let_lapse(claims.take(item, by=wati))
    assert moderation.actions.move(item, "approve", by=budi).status == Status.APPROVED
    assert not Claim.objects.exists()


def test_touching_it_again_keeps_it_for_another_quarter_of_an_hour(item, wati):
    claim = claims.take(item, by=wati)
    Claim.objects.update(
        taken_at=timezone.now() - timedelta(hours=1), lapses_at=timezone.now() + timedelta(minutes=1)
    )
    again = claims.take(item, by=wati)
    assert again.pk == claim.pk
    assert again.lapses_at > timezone.now() + timedelta(minutes=14)


def test_it_is_given_back_by_hand_and_only_by_who_has_it(item, wati, budi):
    claims.take(item, by=wati)
    claims.release(item, by=budi)
    assert claims.current(item) is not None
    claims.release(item, by=wati)
    assert claims.current(item) is None


def test_a_head_takes_over_and_an_officer_does_not(item, wati, budi):
    claims.take(item, by=wati)
    with pytest.raises(PermissionDenied):
        claims.take(item, by=budi, over=True)
    head = make_officer(role=Role.HEAD, name="Ibu Kepala")
    assert claims.take(item, by=head, over=True).taken_by == head
    with pytest.raises(TransitionRefused):
        moderation.actions.move(item, "approve", by=wati)


@pytest.mark.parametrize("code", [LOMBOK_TENGAH, SUMATERA_SELATAN])
def test_who_may_not_decide_it_may_not_take_it(item, wati, code):
    with pytest.raises(PermissionDenied):
        claims.take(item, by=make_officer(code, role=Role.HEAD), over=True)


@pytest.mark.parametrize("status", [Status.RETURNED, Status.APPROVED, Status.REJECTED])
def test_what_does_not_wait_is_not_taken(wati, status):
    with pytest.raises(PermissionDenied):
        claims.take(make_article(status), by=wati)


def test_reading_on_gives_back_what_was_taken_by_reading(item, wati):
    other, third = make_article(Status.SUBMITTED), make_article(Status.SUBMITTED)
    claims.take(item, by=wati, by_hand=True)
    claims.take(other, by=wati, by_hand=False)
    claims.take(third, by=wati, by_hand=False)
    assert [bool(claims.current(one)) for one in (item, other, third)] == [True, False, True]


def test_the_author_takes_an_item_back_while_it_is_reviewed(item, wati):
    claims.take(item, by=wati)
    assert moderation.actions.move(item, "withdraw", by=item.created_by).status == Status.DRAFT
    assert not Claim.objects.exists()


def test_the_claims_of_a_list_come_in_one_query(wati, django_assert_num_queries):
    items = [make_item(kind, Status.SUBMITTED) for kind in ("article", "event", "community")]
    for item in items:
        claims.take(item, by=wati)
    claims.of_rows([])  # the content types are known from now on
    with django_assert_num_queries(1):
        found = claims.of_rows([(item.KIND, item.pk) for item in items])
    assert {claim.taken_by for claim in found.values()} == {wati}
    assert set(found) == {(item.KIND, item.pk) for item in items}


def test_whoever_goes_gives_everything_back(item, wati):
    claims.take(item, by=wati)
    wati.postings.all().delete()
    account_actions.erase(wati)
    assert not Claim.objects.exists()


@pytest.mark.usefixtures("committed_db")
def test_two_officers_take_it_at_once_and_one_has_it():
    item = make_article(Status.SUBMITTED)
    officers = [make_officer(name=name) for name in ("Wati", "Budi")]
    answers = _at_once(*[lambda by=by: claims.take(item, by=by) for by in officers])
    assert {type(answer) for answer in answers} == {Claim, TransitionRefused}
    assert Claim.objects.count() == 1
