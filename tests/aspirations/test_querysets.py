"""Questions about many aspirations: a list finds the same as the condition it stands for."""

import pytest

from accounts.models import Posting
from aspirations.models import Aspiration
from tests.factories import (
    LOMBOK_TENGAH,
    MUSI_BANYUASIN,
    SUMATERA_SELATAN,
    make_aspiration,
    make_community,
    make_member,
    make_officer,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("code", [None, SUMATERA_SELATAN, MUSI_BANYUASIN, LOMBOK_TENGAH])
def test_the_list_of_an_office_holds_what_its_desk_holds(code):
    make_aspiration()
    make_aspiration(desk_id=SUMATERA_SELATAN)
    make_aspiration(desk_id=LOMBOK_TENGAH)
    make_aspiration(region_id="52.02.01.1001")
    officer = make_officer(code)
    expected = sorted(Aspiration.objects.on_desks_of(officer).values_list("pk", flat=True))
    found = Aspiration.objects.listed_on_desks_of(officer).values_list("pk", flat=True)
    assert sorted(found) == expected
    assert len(expected) == {None: 4, SUMATERA_SELATAN: 3, MUSI_BANYUASIN: 3, LOMBOK_TENGAH: 2}[code]


def test_of_two_postings_each_aspiration_is_listed_once():
    make_aspiration()
    officer = make_officer(MUSI_BANYUASIN)
    Posting.objects.create(user=officer, region_id=SUMATERA_SELATAN, role="officer")
    assert Aspiration.objects.listed_on_desks_of(officer).count() == 1


def test_who_has_no_posting_has_no_list():
    make_aspiration()
    assert list(Aspiration.objects.listed_on_desks_of(make_user())) == []


def test_ones_own_are_those_written_and_those_of_a_managed_community():
    person, community = make_user(), make_community()
    make_member(community, user=person, role="manager")
    own, of_community = make_aspiration(author=person), make_aspiration(community=community)
    make_aspiration()
    assert sorted(Aspiration.objects.authored_by(person), key=lambda one: one.pk) == [own, of_community]
