"""Who reads which announcement, and who may do what with it."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from accounts.models import User
from accounts.roles import Role
from announcements import actions, rules
from announcements.models import Announcement
from communities.models import Kind
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
ELSEWHERE = "52.02.02.2010"


def sees(user: User | AnonymousUser, announcement: Announcement) -> bool:
    return Announcement.objects.visible_to(user).filter(pk=announcement.pk).exists()


def may_read(announcement: Announcement, people: dict[str, User | AnonymousUser]) -> set[str]:
    return {name for name, person in people.items() if sees(person, announcement)}


@pytest.fixture
def people() -> dict[str, User | AnonymousUser]:
    """Everybody whom an announcement may concern, or not."""
    return {
        "visitor": AnonymousUser(),
        "reader": make_user(home_region_id=TOMAN),
        "member": make_member(make_community()),
        "artist": make_member(make_community(kind=Kind.TRADITIONAL_MEDIA)),
        "elsewhere": make_member(make_community(village=ELSEWHERE)),
        "of a dissolved one": make_member(make_community(Status.SUSPENDED)),
        "officer": make_officer(MUSI_BANYUASIN),
        "officer above": make_officer(SUMATERA_SELATAN),
        "ministry": make_officer(None),
        "officer beside": make_officer("16.07"),
        "officer elsewhere": make_officer(LOMBOK_TENGAH),
    }


OVERSEERS = {"officer", "officer above", "ministry"}


def test_members_beneath_the_office_read_it_and_the_offices_that_oversee_it(people):
    assert may_read(make_announcement(), people) == {"member", "artist"} | OVERSEERS


def test_everybody_reads_what_is_for_everybody(people):
    assert may_read(make_announcement(audience="readers"), people) == set(people)


def test_one_of_the_ministry_reaches_all_members_and_all_offices(people):
    everyone = set(people) - {"visitor", "reader", "of a dissolved one"}
    assert may_read(make_announcement(None), people) == everyone


def test_kinds_narrow_it_down(people):
    announcement = make_announcement(kinds=[Kind.TRADITIONAL_MEDIA])
    assert may_read(announcement, people) == {"artist"} | OVERSEERS


def test_regions_narrow_it_down_for_members_and_for_offices(people):
    announcement = make_announcement(None, places=["52"])
    assert may_read(announcement, people) == {"elsewhere", "officer elsewhere", "ministry"}


def test_an_office_above_the_chosen_place_sees_what_comes_into_its_region(people):
    announcement = make_announcement(None, places=[TOMAN])
    assert may_read(announcement, people) == {"member", "artist"} | OVERSEERS


def test_a_region_whose_code_only_begins_alike_is_another_one(people):
    neighbour = make_announcement("16.07", places=["16.07.06.2008"])
    assert may_read(neighbour, people) == {"officer beside", "officer above", "ministry"}


def test_drafts_stay_in_their_office(people):
    draft = make_announcement(sent=False)
    assert may_read(draft, people) == {"officer"}
    assert not sees(make_officer(MUSI_BANYUASIN, role=Role.VERIFIER), draft)


def test_who_has_left_reads_it_no_longer():
    member = make_member(make_community())
    announcement = make_announcement()
    assert sees(member, announcement)
    membership = member.memberships.get()
    membership.ended_at, membership.ended_by = membership.accepted_at, member
    membership.save()
    assert not sees(member, announcement)


def test_a_withdrawn_one_can_still_be_read(people):
    announcement = make_announcement()
    actions.withdraw(announcement, by=announcement.sent_by, reason="Tanggalnya keliru.")
    assert sees(people["member"], announcement)


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.HEAD, True),
        (Role.OFFICER, True),
        (Role.MODERATOR, True),
        (Role.VERIFIER, False),
        (Role.VIEWER, False),
    ],
)
def test_some_roles_speak_for_their_office(role, may):
    assert rules.may_announce(make_officer(MUSI_BANYUASIN, role=role), region(MUSI_BANYUASIN)) == may


@pytest.mark.parametrize("code", [None, SUMATERA_SELATAN, LOMBOK_TENGAH])
def test_nobody_speaks_for_another_office(code):
    officer = make_officer(code, role=Role.HEAD)
    announcement = make_announcement(sent=False)
    assert not rules.may_announce(officer, announcement.region)
    for act in (
        lambda: actions.save_draft(announcement, by=officer),
        lambda: actions.send(announcement, by=officer, people=3),
        lambda: actions.discard_draft(announcement, by=officer),
        lambda: actions.withdraw(make_announcement(), by=officer, reason="Salah."),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_those_whom_it_is_for_confirm_it(people):
    announcement = make_announcement()
    assert {name for name, person in people.items() if rules.may_confirm(person, announcement)} == {
        "member", "artist",
    }  # fmt: skip
    for_everybody = make_announcement(audience="readers")
    assert {name for name, person in people.items() if rules.may_confirm(person, for_everybody)} == (
        set(people) - {"visitor"}
    )
