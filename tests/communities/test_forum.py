"""Forum KIM: what the rows may hold, how one joins and leaves, and who decides on a forum."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

import moderation.actions
from activity.models import Activity
from communities import change_actions, forum_actions, life_actions
from communities.models import Community, ForumMembership, Kind
from communities.registration import next_number
from moderation import rules
from moderation.errors import TransitionRefused
from moderation.states import Status
from tests.communities.life import asked, at_once
from tests.factories import (
    LOMBOK_TENGAH,
    MUSI_BANYUASIN,
    SUMATERA_SELATAN,
    TOMAN,
    make_community,
    make_decree,
    make_forum,
    make_forum_member,
    make_officer,
    make_user,
    region,
)

pytestmark = pytest.mark.django_db

A_VILLAGE_OF_LOMBOK = "52.02.01.1001"
BABAT_TOMAN = "16.06.06"


def refused(call) -> bool:
    """Whether the database says no."""
    try:
        with transaction.atomic():
            call()
    except IntegrityError:
        return True
    return False


def history_of(membership: ForumMembership) -> list[str]:
    return [row.verb for row in Activity.objects.of(membership)]


# What rows may hold


@pytest.mark.parametrize(
    ("kind", "code", "holds"),
    [
        (Kind.FORUM, MUSI_BANYUASIN, True),
        (Kind.FORUM, SUMATERA_SELATAN, True),
        (Kind.FORUM, BABAT_TOMAN, False),
        (Kind.FORUM, TOMAN, False),
        (Kind.KIM, TOMAN, True),
        (Kind.KIM, MUSI_BANYUASIN, False),
        (Kind.STRATEGIC_GROUP, SUMATERA_SELATAN, False),
    ],
)
def test_a_forum_lives_in_a_regency_or_a_province_and_every_other_kind_in_a_village(kind, code, holds):
    assert refused(lambda: make_community(Status.DRAFT, village=code, kind=kind)) == (not holds)


def test_a_forum_has_communities_as_members_and_no_forum():
    forum, above, kim = make_forum(), make_forum(SUMATERA_SELATAN), make_community()
    assert refused(lambda: make_forum_member(above, forum))
    assert refused(lambda: make_forum_member(kim, make_community()))
    assert refused(lambda: make_forum_member(forum, forum))
    assert not refused(lambda: make_forum_member(forum, kim))


def test_a_pair_is_current_once_and_may_come_again():
    forum, kim = make_forum(), make_community()
    first = make_forum_member(forum, kim)
    assert refused(lambda: make_forum_member(forum, kim))
    forum_actions.end(first, by=forum.created_by)
    assert not refused(lambda: make_forum_member(forum, kim))


@pytest.mark.parametrize("name", ["accepted_at", "ended_at"])
def test_a_time_comes_with_its_person(name):
    row = {"is_invitation": False, "asked_by": make_user(), name: timezone.now()}
    forum, kim = make_forum(), make_community()
    assert refused(lambda: ForumMembership.objects.create(forum=forum, community=kim, **row))


# Its place in the register


@pytest.mark.parametrize(
    ("code", "numbers"),
    [
        (MUSI_BANYUASIN, ["160600000001", "160600000002"]),
        (SUMATERA_SELATAN, ["160000000001", "160000000002"]),
    ],
)
def test_a_number_is_the_code_with_zeros_and_a_sequence(code, numbers):
    make_community(registry_number="160606200801")
    assert next_number(region(code)) == numbers[0]
    make_forum(code, registry_number=numbers[0])
    assert next_number(region(code)) == numbers[1]
    assert next_number(region(TOMAN)) == "160606200802"


def applied(code: str) -> Community:
    forum = make_forum(code, Status.SUBMITTED, applicant=make_user())
    make_decree(forum)
    return forum


def is_turn_of(user, item) -> bool:
    """By the rule, and by its twin in SQL, which must agree."""
    by_rule = rules.may_decide(user, item)
    rows = Community.objects.filter(pk=item.pk).on_desks_of(user).with_turn_of(user)
    assert by_rule == any(row.is_my_turn for row in rows)
    return by_rule


@pytest.mark.parametrize(("code", "turns"), [(MUSI_BANYUASIN, [True, False, False, False]),
                                             (SUMATERA_SELATAN, [False, True, False, False])])  # fmt: skip
def test_the_office_of_its_own_level_decides(code, turns):
    offices = [make_officer(place) for place in (MUSI_BANYUASIN, SUMATERA_SELATAN, None, LOMBOK_TENGAH)]
    forum = applied(code)
    assert [is_turn_of(officer, forum) for officer in offices] == turns
    decided = moderation.actions.move(forum, "approve", by=offices[turns.index(True)])
    assert (decided.status, decided.registry_number) == (
        "approved",
        code.replace(".", "").ljust(10, "0") + "01",
    )
    assert decided.verifying_region_id == code
    assert decided.has_manager(forum.created_by)


def test_where_its_level_has_nobody_the_next_one_above_decides():
    above, ministry = make_officer(SUMATERA_SELATAN), make_officer(None)
    assert [is_turn_of(each, applied(MUSI_BANYUASIN)) for each in (above, ministry)] == [True, False]


def test_what_a_village_sends_is_not_the_turn_of_the_province_for_a_forum_there():
    province, regency = make_officer(SUMATERA_SELATAN), make_officer(MUSI_BANYUASIN)
    kim = make_community(Status.SUBMITTED, applicant=make_user())
    assert [is_turn_of(each, kim) for each in (province, regency)] == [False, True]


def test_it_is_not_asked_what_a_village_is_asked():
    forum = make_forum(status=Status.DRAFT, member_count=None)
    make_decree(forum)
    assert forum.problems_before_submitting() == []
    kim = make_community(Status.DRAFT, member_count=None)
    make_decree(kim)
    assert len(kim.problems_before_submitting()) == 1


# Joining and leaving


def test_a_community_asks_and_the_forum_takes_it_in():
    forum, kim = make_forum(), make_community()
    wish = forum_actions.ask(kim, forum, by=kim.created_by)
    assert list(ForumMembership.objects.shown()) == []
    member = forum_actions.accept(wish, by=forum.created_by)
    assert list(ForumMembership.objects.shown()) == [member]
    assert history_of(wish) == ["forum.ask", "forum.join"]
    assert (member.asked_by, member.accepted_by) == (kim.created_by, forum.created_by)


def test_a_forum_invites_and_the_community_accepts():
    forum, kim = make_forum(SUMATERA_SELATAN), make_community()
    wish = forum_actions.invite(forum, kim, by=forum.created_by)
    forum_actions.accept(wish, by=kim.created_by)
    assert list(Community.objects.in_forum(forum)) == [kim]
    assert history_of(wish) == ["forum.invite", "forum.join"]


def test_asking_twice_is_asking_once():
    forum, kim = make_forum(), make_community()
    wishes = [forum_actions.ask(kim, forum, by=kim.created_by) for _ in range(2)]
    assert wishes[0] == wishes[1]
    assert history_of(wishes[0]) == ["forum.ask"]
    for _ in range(2):
        forum_actions.accept(wishes[0], by=forum.created_by)
    assert history_of(wishes[0]) == ["forum.ask", "forum.join"]
    assert forum_actions.invite(forum, kim, by=forum.created_by) == wishes[0]
    assert history_of(wishes[0]) == ["forum.ask", "forum.join"]


@pytest.mark.parametrize("first", ["ask", "invite"])
def test_who_both_wish_it_have_agreed(first):
    forum, kim = make_forum(), make_community()
    ask = {
        "ask": lambda: forum_actions.ask(kim, forum, by=kim.created_by),
        "invite": lambda: forum_actions.invite(forum, kim, by=forum.created_by),
    }
    wish = ask.pop(first)()
    agreed = ask.popitem()[1]()
    assert agreed == wish
    assert agreed.accepted_at is not None
    assert history_of(wish) == [f"forum.{first}", "forum.join"]


@pytest.mark.parametrize(
    ("first", "by", "verb"),
    [
        ("ask", "forum", "forum.decline"),
        ("ask", "kim", "forum.withdraw"),
        ("invite", "kim", "forum.decline"),
        ("invite", "forum", "forum.withdraw"),
    ],
)
def test_the_other_side_declines_and_ones_own_takes_back(first, by, verb):
    forum, kim = make_forum(), make_community()
    if first == "ask":
        wish = forum_actions.ask(kim, forum, by=kim.created_by)
    else:
        wish = forum_actions.invite(forum, kim, by=forum.created_by)
    forum_actions.end(wish, by={"forum": forum, "kim": kim}[by].created_by)
    assert history_of(wish) == [f"forum.{first}", verb]
    with pytest.raises(TransitionRefused):
        forum_actions.accept(wish, by={"ask": forum, "invite": kim}[first].created_by)
    assert list(ForumMembership.objects.current()) == []


@pytest.mark.parametrize("by", ["forum", "kim"])
def test_either_side_ends_it_at_once(by):
    forum, kim = make_forum(), make_community()
    member = make_forum_member(forum, kim)
    forum_actions.end(member, by={"forum": forum, "kim": kim}[by].created_by)
    assert list(ForumMembership.objects.shown()) == []
    assert history_of(member) == ["forum.end"]
    with pytest.raises(TransitionRefused):
        forum_actions.end(member, by=forum.created_by)


def test_nobody_answers_for_the_other_side_and_strangers_for_none():
    forum, kim = make_forum(), make_community()
    stranger, officer = make_user(), make_officer()
    for by in (stranger, officer, forum.created_by):
        with pytest.raises(PermissionDenied):
            forum_actions.ask(kim, forum, by=by)
    for by in (stranger, officer, kim.created_by):
        with pytest.raises(PermissionDenied):
            forum_actions.invite(forum, kim, by=by)
    wish = forum_actions.ask(kim, forum, by=kim.created_by)
    for by in (stranger, officer, kim.created_by):
        with pytest.raises(PermissionDenied):
            forum_actions.accept(wish, by=by)
    for by in (stranger, officer):
        with pytest.raises(PermissionDenied):
            forum_actions.end(wish, by=by)
    assert history_of(wish) == ["forum.ask"]


def test_only_what_lies_in_the_region_of_the_forum_and_is_no_forum_can_join():
    forum, above = make_forum(), make_forum(SUMATERA_SELATAN)
    elsewhere, waiting = make_community(village=A_VILLAGE_OF_LOMBOK), make_community(Status.SUBMITTED)
    ended = make_community(dissolved_at=timezone.now(), dissolved_on="2026-01-01", dissolved_by=make_user())
    for community in (elsewhere, waiting, ended, above, forum):
        with pytest.raises((TransitionRefused, PermissionDenied)):
            forum_actions.invite(forum, community, by=forum.created_by)
    kim = make_community()
    with pytest.raises(TransitionRefused):
        forum_actions.ask(kim, make_community(), by=kim.created_by)
    assert ForumMembership.objects.count() == 0


def test_a_member_that_is_dissolved_suspended_or_moved_away_is_not_shown():
    forum, kim, officer = make_forum(), make_community(), make_officer()
    make_forum_member(forum, kim)
    assert list(Community.objects.in_forum(forum)) == [kim]
    suspended = moderation.actions.move(kim, "suspend", by=officer, reason="Melanggar.")
    assert list(Community.objects.in_forum(forum)) == []
    moderation.actions.move(suspended, "restore", by=officer)
    assert list(Community.objects.in_forum(forum)) == [kim]
    Community.objects.filter(pk=kim.pk).update(region=A_VILLAGE_OF_LOMBOK)
    assert list(Community.objects.in_forum(forum)) == []
    Community.objects.filter(pk=kim.pk).update(region=TOMAN)
    life_actions.dissolve(kim, on=timezone.localdate(), reason="Bubar.", by=officer)
    assert list(Community.objects.in_forum(forum)) == []


def test_members_of_a_forum_that_has_ended_are_not_shown():
    forum, kim, officer = make_forum(), make_community(), make_officer()
    make_forum_member(forum, kim)
    life_actions.dissolve(forum, on=timezone.localdate(), reason="Bubar.", by=officer)
    assert list(ForumMembership.objects.shown()) == []


@pytest.mark.django_db(transaction=True)
def test_of_two_who_answer_at_once_one_is_first():
    forum, kim = make_forum(), make_community()
    wish = forum_actions.ask(kim, forum, by=kim.created_by)
    forum_by, kim_by = forum.created_by, kim.created_by
    at_once(
        lambda: forum_actions.accept(wish, by=forum_by),
        lambda: forum_actions.end(wish, by=kim_by),
    )
    assert history_of(wish) in (["forum.ask", "forum.join", "forum.end"], ["forum.ask", "forum.withdraw"])


@pytest.mark.django_db(transaction=True)
def test_both_sides_that_ask_at_once_have_agreed():
    forum, kim = make_forum(), make_community()
    forum_by, kim_by = forum.created_by, kim.created_by
    answers = at_once(
        lambda: forum_actions.ask(kim, forum, by=kim_by),
        lambda: forum_actions.invite(forum, kim, by=forum_by),
    )
    assert answers[0] == answers[1]
    assert ForumMembership.objects.current().count() == 1
    assert history_of(answers[0])[1:] == ["forum.join"]


# Change requests


def test_a_forum_moves_to_a_region_of_its_level_and_gets_a_new_sk():
    forum, officer = make_forum(), make_officer()
    change = asked(forum, "change", village=region(SUMATERA_SELATAN), name="Forum KIM Sumatera Selatan")
    assert rules.may_decide(officer, change)
    moderation.actions.move(change, "approve", by=officer)
    forum.refresh_from_db()
    assert (forum.region_id, forum.name) == (SUMATERA_SELATAN, "Forum KIM Sumatera Selatan")
    assert refused(lambda: Community.objects.filter(pk=forum.pk).update(region=TOMAN))


def test_a_forum_moves_to_no_village_and_changes_its_kind_with_nobody():
    forum, kim = make_forum(), make_community()
    for community, wanted in (
        (forum, {"village": region(TOMAN)}),
        (forum, {"kind": Kind.KIM}),
        (kim, {"village": region(MUSI_BANYUASIN)}),
        (kim, {"kind": Kind.FORUM}),
    ):
        with pytest.raises(TransitionRefused) as refusal:
            asked(community, "change", **wanted)
        assert len(refusal.value.problems) == 1
        community.changes.all().delete()


def test_what_a_forum_asks_for_is_called_by_its_own_words():
    forum, kim = make_forum(), make_community()
    for community, code in ((forum, SUMATERA_SELATAN), (kim, "16.06.06.2009")):
        change = asked(community, "change", village=region(code))
        community.label = str(change.rows()[0][0])
    assert forum.label != kim.label
    assert change_actions.open_request(forum) is not None
