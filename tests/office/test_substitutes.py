"""Substitutes do the work of another posting from one day to another; nobody has to end it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

import moderation.rules
from accounts import rules
from accounts.errors import PostingRefused
from accounts.models import Posting, User
from accounts.roles import Role
from activity.models import Activity
from moderation.states import Status
from office import posting_actions
from tests.factories import (
    LOMBOK_TENGAH,
    MUSI_BANYUASIN,
    SUMATERA_SELATAN,
    make_community,
    make_officer,
    make_user,
)

pytestmark = pytest.mark.django_db
JAKARTA = ZoneInfo("Asia/Jakarta")


def day(later: int = 0):
    return timezone.now().astimezone(JAKARTA).date() + timedelta(days=later)


def name(posting: Posting, person: User, by: User, first: int = 0, last: int = 7) -> Posting:
    return posting_actions.name_substitute(
        posting, email=person.email, first_day=day(first), last_day=day(last), by=by
    )


def anew(user: User) -> User:
    """As the next request sees them."""
    return User.objects.get(pk=user.pk)


def let_run_out(posting: Posting) -> None:
    now = timezone.now()
    Posting.objects.filter(pk=posting.pk).update(
        started_at=now - timedelta(days=9), ends_at=now - timedelta(minutes=1)
    )


@pytest.fixture
def head():
    return make_officer(role=Role.HEAD, name="Amrul")


@pytest.fixture
def verifier():
    return make_officer(role=Role.VERIFIER, name="Wati")


def test_a_substitute_does_what_the_posting_allows(head, verifier):
    moderator = make_officer(role=Role.MODERATOR, name="Deni")
    community = make_community(Status.SUBMITTED)
    assert not moderation.rules.may_decide(moderator, community)
    substitute = name(verifier.postings.get(), moderator, head)
    assert (substitute.role, substitute.region_id) == (Role.VERIFIER, MUSI_BANYUASIN)
    assert moderation.rules.may_decide(anew(moderator), community)
    assert moderation.rules.may_decide(anew(verifier), community)


def test_it_ends_by_itself_at_the_end_of_the_last_day(head, verifier):
    person = make_user()
    substitute = name(verifier.postings.get(), person, head, last=2)
    assert substitute.ends_at == datetime.combine(day(3), datetime.min.time(), tzinfo=JAKARTA)
    assert anew(person).is_officer
    let_run_out(substitute)
    assert not anew(person).is_officer
    assert not Posting.objects.get(pk=substitute.pk).is_current


def test_it_begins_on_the_first_day(head, verifier):
    person = make_user()
    name(verifier.postings.get(), person, head, first=3)
    assert not anew(person).is_officer
    assert [posting.user for posting in Posting.objects.upcoming()] == [person]


def test_the_sweep_notes_the_end_once(head, verifier):
    substitute = name(verifier.postings.get(), make_user(), head)
    let_run_out(substitute)
    assert [posting_actions.end_run_out(), posting_actions.end_run_out()] == [1, 0]
    substitute.refresh_from_db()
    assert (substitute.ended_at, substitute.ended_by) == (substitute.ends_at, head)
    assert [(row.verb, row.actor) for row in Activity.objects.of(substitute)] == [
        ("posting.substitute", head),
        ("posting.end", None),
    ]


def test_the_same_colleague_may_stand_in_again(head, verifier):
    person, posting = make_user(), verifier.postings.get()
    let_run_out(name(posting, person, head))
    assert name(posting, person, head).is_current


def test_the_same_colleague_stands_in_once_at_a_time(head, verifier):
    person, posting = make_user(), verifier.postings.get()
    name(posting, person, head)
    with pytest.raises(PostingRefused):
        name(posting, person, head, first=9, last=12)


@pytest.mark.parametrize(("first", "last"), [(-1, 3), (4, 3), (0, 93)])
def test_the_days_make_sense(head, verifier, first, last):
    with pytest.raises(PostingRefused):
        name(verifier.postings.get(), make_user(), head, first, last)


def test_nobody_stands_in_for_themselves_or_names_themselves(head, verifier):
    for person in (head, verifier):
        with pytest.raises(PostingRefused):
            name(verifier.postings.get(), person, head)


def test_a_head_names_their_own_substitute_and_others_do_not(head, verifier):
    assert name(head.postings.get(), verifier, head).role == Role.HEAD
    for stranger in (verifier, make_officer(LOMBOK_TENGAH, role=Role.HEAD), make_user()):
        with pytest.raises(PermissionDenied):
            name(head.postings.get(), make_user(), stranger)


def test_a_substitute_has_no_substitute(head, verifier):
    substitute = name(verifier.postings.get(), make_user(), head)
    assert not rules.may_name_substitute(head, substitute)


def test_a_substitute_is_no_lasting_head(head):
    substitute = make_user()
    name(head.postings.get(), substitute, head)
    with pytest.raises(PostingRefused):
        posting_actions.end(head.postings.get(), by=head)


def test_the_end_of_a_posting_ends_its_substitutes(head, verifier):
    person = make_user()
    name(verifier.postings.get(), person, head)
    posting_actions.end(verifier.postings.get(), by=head)
    assert not anew(person).is_officer


def test_a_leave_is_called_off_before_it_begins(head, verifier):
    substitute = name(verifier.postings.get(), make_user(), head, first=5)
    assert posting_actions.end(substitute, by=head).ended_by == head


def test_a_posting_may_have_a_last_day(head):
    person = make_user()
    posting = posting_actions.appoint(
        email=person.email, role=Role.OFFICER, region=head.postings.get().region, by=head, last_day=day(30)
    )
    let_run_out(posting)
    assert not anew(person).is_officer
    again = posting_actions.appoint(
        email=person.email, role=Role.VIEWER, region=head.postings.get().region, by=head
    )
    assert again.is_current
    with pytest.raises(PostingRefused):
        posting_actions.appoint(
            email=make_user().email, role=Role.VIEWER, region=again.region, by=head, last_day=day(-1)
        )


def test_the_database_wants_an_end_for_each_substitute(head, verifier):
    with pytest.raises(IntegrityError), transaction.atomic():
        Posting.objects.create(
            user=make_user(),
            role=Role.VERIFIER,
            region_id=MUSI_BANYUASIN,
            stands_in_for=verifier.postings.get(),
        )


def test_a_head_names_a_substitute_on_the_page(client, head, verifier):
    person, url = make_user("Dewi Lestari"), reverse("office:substitute", args=[verifier.postings.get().pk])
    client.force_login(head)
    assert client.get(url).status_code == 200
    wrong = client.post(url, {"email": person.email, "first_day": day(3), "last_day": day(1)})
    assert wrong.context["form"].non_field_errors()
    data = {"email": person.email, "first_day": day(), "last_day": day(7)}
    assert client.post(url, data).url == reverse("office:postings")
    listed = client.get(reverse("office:postings"), {"saat": "pengganti"}).context["rows"]
    assert [posting.user for posting, _ in listed] == [person]


def test_the_page_is_closed_to_others(client, verifier):
    url = reverse("office:substitute", args=[verifier.postings.get().pk])
    expected = {Role.OFFICER: (MUSI_BANYUASIN, 403), Role.HEAD: (LOMBOK_TENGAH, 404)}
    for role, (code, status) in expected.items():
        client.force_login(make_officer(code, role=role))
        assert client.get(url).status_code == status


def test_the_list_narrows_by_role_reach_and_time(client, head, verifier):
    province = make_officer(SUMATERA_SELATAN, role=Role.HEAD)
    gone = make_officer(MUSI_BANYUASIN)
    posting_actions.end(gone.postings.get(), by=head)
    client.force_login(province)

    def people(**asked):
        rows = client.get(reverse("office:postings"), asked).context["rows"]
        return {posting.user for posting, _ in rows}

    assert people() == {province, head, verifier}
    assert people(kantor="sendiri") == {province}
    assert people(kantor="bawah") == {head, verifier}
    assert people(peran="verifier") == {verifier}
    assert people(saat="berakhir") == {gone}
    assert people(saat="nanti") == set()
