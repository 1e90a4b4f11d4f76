"""Likely doubles: pointed out to applicant and officer, each of whom sees no more than they may."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from communities import doubles
from communities.models import Community
from moderation.states import Status
from tests.communities.applying import address
from tests.factories import LOMBOK_TENGAH, make_community, make_officer, make_user

pytestmark = pytest.mark.django_db
NEXT_VILLAGE, OTHER_REGENCY = "16.06.06.2009", "16.07.01.2001"


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("KIM Surya Gambo", "KIM SURYA  GAMBO", True),
        ("KIM Surya Gambo", "Kelompok Informasi Masyarakat “Surya-Gambo”", True),
        ("KIM Surya Gambo", "KIM Suria Gambo", True),
        ("KIM Surya Gambo", "KIM Surya Gambo Toman", True),
        ("KIM Surya", "KIM Surya Jaya", True),
        ("KIM Toman", "KIM Desa Toman", True),
        ("KIM Toman", "KIM Toman Jaya", False),
        ("KIM Surya Toman", "KIM Bina Toman", False),
        ("KIM Surya", "KIM Suria", True),
        ("KIM Bina Tani", "KIM Bina Taru", False),
        ("KIM Cahaya", "KIM Bina Tani", False),
        ("KIM Toman", "", False),
    ],
)
def test_names_are_alike_by_the_words_that_tell_groups_apart(one, other, alike):
    assert doubles.are_alike(one, other, "Toman") == alike
    assert doubles.are_alike(other, one, "Toman") == alike


def _applied(**fields) -> Community:
    return make_community(Status.DRAFT, name="KIM Surya Gambo", **{"decree_number": "141/12", **fields})


def _named(found: list) -> list[str]:
    return [getattr(each, "community", each).name for each in found]


def test_an_alike_name_in_the_village_is_a_double_and_the_rest_are_neighbours():
    make_community(name="KIM Suria Gambo", decree_number="9")
    make_community(name="KIM Bina Tani", decree_number="10")
    make_community(name="KIM Surya Gambo", village=NEXT_VILLAGE, decree_number="11")
    seen = doubles.seen_by_applicant(_applied())
    assert (_named(seen.doubles), _named(seen.others)) == (["KIM Suria Gambo"], ["KIM Bina Tani"])


def test_the_same_sk_number_is_a_double_in_the_whole_regency_however_it_is_written():
    make_community(name="KIM Lain", village=NEXT_VILLAGE, decree_number="141 / 12")
    make_community(name="KIM Jauh", village=OTHER_REGENCY, decree_number="141/12")
    (double,) = doubles.seen_by_applicant(_applied()).doubles
    assert (double.community.name, double.has_alike_name, double.has_same_decree) == ("KIM Lain", False, True)


def test_no_number_is_no_same_number():
    make_community(name="KIM Lain", village=NEXT_VILLAGE, decree_number="")
    assert doubles.seen_by_applicant(_applied(decree_number=" - ")).doubles == []


def test_of_what_is_not_public_an_applicant_learns_only_that_it_waits():
    for status in (Status.SUBMITTED, Status.RETURNED, Status.DRAFT, Status.REJECTED, Status.SUSPENDED):
        make_community(status, name="KIM Surya Gambo", slug=f"rahasia-{status}")
    seen = doubles.seen_by_applicant(_applied())
    assert (seen.doubles, seen.others, seen.waiting) == ([], [], 2)


def test_one_that_has_ended_is_no_double():
    ended = make_community(name="KIM Surya Gambo")
    Community.objects.filter(pk=ended.pk).update(
        dissolved_at=timezone.now(), dissolved_by=ended.created_by, dissolved_on=timezone.localdate()
    )
    assert doubles.seen_by_applicant(_applied()).doubles == []


def test_an_officer_sees_what_waits_and_what_is_suspended_but_no_drafts_of_others():
    for status in (Status.SUBMITTED, Status.DRAFT, Status.REJECTED, Status.SUSPENDED, Status.APPROVED):
        make_community(status, name="KIM Surya Gambo", slug=f"sama-{status}")
    application = make_community(Status.SUBMITTED, name="KIM Surya Gambo")
    seen = doubles.seen_by_officer(application, make_officer())
    assert {double.community.status for double in seen.doubles} == {
        Status.SUBMITTED, Status.SUSPENDED, Status.APPROVED,
    }  # fmt: skip


def test_an_officer_of_another_region_sees_nothing_of_it():
    make_community(name="KIM Lain", village=NEXT_VILLAGE, decree_number="141/12")
    application = make_community(Status.SUBMITTED, decree_number="141/12")
    assert len(doubles.seen_by_officer(application, make_officer()).doubles) == 1
    assert doubles.seen_by_officer(application, make_officer(LOMBOK_TENGAH)).doubles == []


def test_it_is_one_question(django_assert_num_queries):
    for number in range(5):
        make_community(name=f"KIM Surya {number}")
    application = _applied()
    application.region.parent  # noqa: B018 - asked before
    with django_assert_num_queries(1):
        doubles.seen_by_applicant(application)


@pytest.mark.parametrize("step", ["tempat", "sk", "periksa"])
def test_the_applicant_is_told_on_the_steps(client, step):
    applicant = make_user()
    other = make_community(name="KIM Surya Gambo")
    hidden = make_community(Status.SUBMITTED, name="KIM Surya Gambo Rahasia")
    client.force_login(applicant)
    page = client.get(address(_applied(applicant=applicant), step)).content.decode()
    assert other.get_absolute_url() in page
    assert hidden.slug not in page
    assert hidden.name not in page


def test_the_officer_is_told_on_the_desk_with_links(client, settings):
    settings.OFFICE_REQUIRES_MFA = False
    waiting = make_community(Status.SUBMITTED, name="KIM Surya Gambo", slug="surya-satu")
    neighbour = make_community(name="KIM Bina Tani", decree_number="77")
    application = make_community(Status.SUBMITTED, name="KIM Surya Gambo", slug="surya-dua")
    client.force_login(make_officer())
    page = client.get(reverse("office:item", args=["community", application.pk])).content.decode()
    for other in (waiting, neighbour):
        assert reverse("office:item", args=["community", other.pk]) in page
