"""Postings: from above and in the own office, each only within its own region."""

import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from accounts.errors import PostingRefused
from accounts.models import Posting, User
from accounts.roles import Role
from activity.models import Activity
from office import posting_actions
from tests.factories import (
    LOMBOK_TENGAH,
    MUSI_BANYUASIN,
    PASSWORD,
    SUMATERA_SELATAN,
    TOMAN,
    make_officer,
    make_user,
    region,
)

pytestmark = pytest.mark.django_db
MINISTRY = None
NUSA_TENGGARA_BARAT = "52"
BABAT_TOMAN = "16.06.06"
BANYUASIN = "16.07"


def place(code: str | None):
    return region(code) if code else None


def appoint(
    by: User | None, code: str | None, role: str = Role.OFFICER, person: User | None = None
) -> Posting:
    person = person or make_user()
    return posting_actions.appoint(email=person.email, role=role, region=place(code), by=by)


ALLOWED = [
    (MINISTRY, SUMATERA_SELATAN, Role.HEAD),
    (MINISTRY, SUMATERA_SELATAN, Role.OFFICER),
    (MINISTRY, MINISTRY, Role.OFFICER),
    (MINISTRY, MINISTRY, Role.HEAD),
    (SUMATERA_SELATAN, MUSI_BANYUASIN, Role.HEAD),
    (SUMATERA_SELATAN, MUSI_BANYUASIN, Role.OFFICER),
    (SUMATERA_SELATAN, SUMATERA_SELATAN, Role.OFFICER),
    (MUSI_BANYUASIN, MUSI_BANYUASIN, Role.OFFICER),
]
FORBIDDEN = [
    (MINISTRY, MUSI_BANYUASIN, Role.HEAD),
    (SUMATERA_SELATAN, SUMATERA_SELATAN, Role.HEAD),
    (SUMATERA_SELATAN, NUSA_TENGGARA_BARAT, Role.HEAD),
    (SUMATERA_SELATAN, LOMBOK_TENGAH, Role.OFFICER),
    (SUMATERA_SELATAN, MINISTRY, Role.OFFICER),
    (MUSI_BANYUASIN, MUSI_BANYUASIN, Role.HEAD),
    (MUSI_BANYUASIN, BANYUASIN, Role.OFFICER),
    (MUSI_BANYUASIN, SUMATERA_SELATAN, Role.OFFICER),
    (MUSI_BANYUASIN, BABAT_TOMAN, Role.OFFICER),
    (MUSI_BANYUASIN, TOMAN, Role.OFFICER),
]


@pytest.mark.parametrize(("own", "where", "role"), ALLOWED)
def test_a_head_appoints_one_level_down_and_in_the_own_office(own, where, role):
    head = make_officer(own, role=Role.HEAD)
    posting = appoint(head, where, role)
    assert (posting.region_id, posting.role, posting.started_by) == (where, role, head)


@pytest.mark.parametrize(("own", "where", "role"), FORBIDDEN)
def test_a_head_appoints_nowhere_else(own, where, role):
    head = make_officer(own, role=Role.HEAD)
    with pytest.raises(PermissionDenied):
        appoint(head, where, role)
    assert Posting.objects.count() == 1


def test_an_officer_appoints_nobody():
    with pytest.raises(PermissionDenied):
        appoint(make_officer(SUMATERA_SELATAN), MUSI_BANYUASIN)


def test_who_has_no_posting_appoints_nobody():
    with pytest.raises(PermissionDenied):
        appoint(make_user(), MUSI_BANYUASIN)


def test_what_a_posting_allowed_ends_with_it():
    ministry = make_officer(MINISTRY, role=Role.HEAD)
    head = make_officer(SUMATERA_SELATAN, role=Role.HEAD)
    posting_actions.end(head.postings.get(), by=ministry)
    with pytest.raises(PermissionDenied):
        appoint(User.objects.get(pk=head.pk), MUSI_BANYUASIN)


def test_appointing_and_ending_stand_in_the_history():
    head = make_officer(SUMATERA_SELATAN, role=Role.HEAD)
    posting = appoint(head, MUSI_BANYUASIN, Role.HEAD)
    posting_actions.end(posting, by=head)
    rows = Activity.objects.of(posting).values_list("verb", "actor", "posting", "region", "details")
    office = head.postings.get().pk
    assert list(rows) == [
        ("posting.appoint", head.pk, office, MUSI_BANYUASIN, {"after": {"role": "head"}}),
        ("posting.end", head.pk, office, MUSI_BANYUASIN, {"before": {"role": "head"}}),
    ]


def test_an_unknown_address_is_told_to_sign_up_first():
    head = make_officer(role=Role.HEAD)
    with pytest.raises(PostingRefused, match=r"tidak\.ada@contoh\.example"):
        posting_actions.appoint(
            email="tidak.ada@contoh.example", role=Role.OFFICER, region=place(MUSI_BANYUASIN), by=head
        )


def test_an_address_that_nobody_confirmed_gets_no_power():
    head = make_officer(role=Role.HEAD)
    squatter = User.objects.create_user("kepala@contoh.example", PASSWORD, name="Bukan Kepala")
    with pytest.raises(PostingRefused):
        appoint(head, MUSI_BANYUASIN, person=squatter)
    assert squatter.postings.count() == 0


def test_an_inactive_account_gets_no_posting():
    with pytest.raises(PostingRefused):
        appoint(make_officer(role=Role.HEAD), MUSI_BANYUASIN, person=make_user(is_active=False))


def test_nobody_appoints_themselves():
    head = make_officer(SUMATERA_SELATAN, role=Role.HEAD)
    with pytest.raises(PostingRefused):
        appoint(head, MUSI_BANYUASIN, person=head)


def test_the_same_posting_is_given_once():
    head = make_officer(role=Role.HEAD)
    person = make_user()
    appoint(head, MUSI_BANYUASIN, person=person)
    with pytest.raises(PostingRefused):
        appoint(head, MUSI_BANYUASIN, person=person)
    assert person.postings.count() == 1


def test_a_new_role_in_the_same_office_ends_the_old_one():
    province = make_officer(SUMATERA_SELATAN, role=Role.HEAD)
    officer = make_officer(MUSI_BANYUASIN)
    appoint(province, MUSI_BANYUASIN, Role.HEAD, officer)
    assert list(officer.postings.order_by("pk").values_list("role", "ended_by")) == [
        ("officer", province.pk),
        ("head", None),
    ]


def test_a_head_cannot_make_a_fellow_head_an_officer():
    head, fellow = (make_officer(role=Role.HEAD) for _ in range(2))
    with pytest.raises(PermissionDenied):
        appoint(head, MUSI_BANYUASIN, Role.OFFICER, fellow)
    assert fellow.postings.get().ended_at is None


def test_a_person_may_hold_postings_in_two_offices():
    officer = make_officer(MUSI_BANYUASIN)
    appoint(make_officer(BANYUASIN, role=Role.HEAD), BANYUASIN, person=officer)
    assert officer.postings.current().count() == 2


def test_an_officer_may_leave():
    officer = make_officer()
    ended = posting_actions.end(officer.postings.get(), by=officer)
    assert ended.ended_by == officer


def test_the_last_head_cannot_leave_by_mistake():
    head = make_officer(role=Role.HEAD)
    with pytest.raises(PostingRefused):
        posting_actions.end(head.postings.get(), by=head)
    assert head.postings.get().ended_at is None


def test_a_head_may_leave_while_another_stays():
    head = make_officer(role=Role.HEAD)
    make_officer(role=Role.HEAD)
    assert posting_actions.end(head.postings.get(), by=head).ended_at is not None


def test_a_head_who_is_not_active_does_not_count_as_another():
    head, gone = (make_officer(role=Role.HEAD) for _ in range(2))
    User.objects.filter(pk=gone.pk).update(is_active=False)
    with pytest.raises(PostingRefused):
        posting_actions.end(head.postings.get(), by=head)


def test_the_level_above_ends_the_last_head():
    province = make_officer(SUMATERA_SELATAN, role=Role.HEAD)
    head = make_officer(role=Role.HEAD)
    assert posting_actions.end(head.postings.get(), by=province).ended_by == province


@pytest.mark.parametrize("own", [BANYUASIN, LOMBOK_TENGAH, NUSA_TENGGARA_BARAT, MINISTRY])
def test_nobody_else_ends_a_posting(own):
    officer = make_officer(MUSI_BANYUASIN)
    with pytest.raises(PermissionDenied):
        posting_actions.end(officer.postings.get(), by=make_officer(own, role=Role.HEAD))


def test_a_posting_ends_once():
    head = make_officer(role=Role.HEAD)
    posting = appoint(head, MUSI_BANYUASIN)
    posting_actions.end(posting, by=head)
    with pytest.raises(PostingRefused):
        posting_actions.end(posting, by=head)


def test_two_heads_who_leave_at_once_leave_one(committed_db):
    heads = [make_officer(role=Role.HEAD) for _ in range(2)]
    start = threading.Barrier(2)
    outcomes: list[str] = []

    def leave(head: User) -> None:
        start.wait(timeout=10)
        try:
            posting_actions.end(head.postings.get(), by=head)
            outcomes.append("left")
        except PostingRefused:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=leave, args=[head]) for head in heads]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert sorted(outcomes) == ["left", "refused"]
    assert Posting.objects.current().heads_of(place(MUSI_BANYUASIN)).count() == 1


def test_two_who_appoint_the_same_person_at_once_give_one_posting(committed_db):
    heads = [make_officer(role=Role.HEAD) for _ in range(2)]
    person = make_user()
    start = threading.Barrier(2)
    outcomes: list[str] = []

    def give(head: User) -> None:
        start.wait(timeout=10)
        try:
            appoint(head, MUSI_BANYUASIN, person=person)
            outcomes.append("given")
        except PostingRefused:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=give, args=[head]) for head in heads]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert sorted(outcomes) == ["given", "refused"]
    assert person.postings.count() == 1


@pytest.mark.parametrize("code", [BABAT_TOMAN, TOMAN])
def test_the_database_knows_no_office_beneath_the_regency(code):
    with pytest.raises(IntegrityError), transaction.atomic():
        Posting.objects.create(user=make_user(), region_id=code)
