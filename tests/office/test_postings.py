"""Postings: from above and in the own office, each only within its own region."""

import threading
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from accounts import rules
from accounts.errors import PostingRefused
from accounts.models import Posting, User
from accounts.roles import Role
from activity.models import Activity
from office import posting_actions
from office.posting_forms import AppointForm
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
    rows = Activity.objects.of(posting).values_list("verb", "actor", "region", "details__role")
    assert list(rows) == [
        ("posting.appoint", head.pk, MUSI_BANYUASIN, "head"),
        ("posting.end", head.pk, MUSI_BANYUASIN, "head"),
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


def test_the_form_offers_only_what_the_person_may_give():
    province = make_officer(SUMATERA_SELATAN, role=Role.HEAD)
    codes = [code for code, _ in AppointForm(by=province).fields["office"].choices]
    assert codes[0] == SUMATERA_SELATAN
    assert MUSI_BANYUASIN in codes
    assert all(code.startswith("16") and len(code) <= 5 for code in codes)
    ministry = make_officer(MINISTRY, role=Role.HEAD)
    assert len(AppointForm(by=ministry).fields["office"].choices) == 1 + 38
    regency = make_officer(MUSI_BANYUASIN, role=Role.HEAD)
    assert [code for code, _ in AppointForm(by=regency).fields["office"].choices] == [MUSI_BANYUASIN]


def test_a_head_appoints_on_the_page(client):
    head = make_officer(SUMATERA_SELATAN, role=Role.HEAD)
    person = make_user("Dewi Lestari")
    client.force_login(head)
    assert client.get(reverse("office:appoint")).status_code == 200
    data = {"email": person.email.upper(), "role": "head", "office": MUSI_BANYUASIN}
    response = client.post(reverse("office:appoint"), data)
    assert response.url == reverse("office:postings")
    assert person.postings.get().region_id == MUSI_BANYUASIN
    assert "Dewi Lestari" in client.get(response.url).content.decode()


def test_the_page_says_what_is_wrong_and_keeps_what_was_typed(client):
    client.force_login(make_officer(SUMATERA_SELATAN, role=Role.HEAD))
    data = {"email": "tidak.ada@contoh.example", "role": "head", "office": MUSI_BANYUASIN}
    response = client.post(reverse("office:appoint"), data)
    assert list(response.context["form"].errors) == ["email"]
    assert 'value="tidak.ada@contoh.example"' in response.content.decode()


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"office": LOMBOK_TENGAH}, "office"),
        ({"office": "99.99"}, "office"),
        ({"office": ""}, "office"),
        ({"role": "king"}, "role"),
        ({"office": SUMATERA_SELATAN, "role": "head"}, "role"),
        ({"email": "bukan alamat"}, "email"),
    ],
)
def test_the_page_refuses_what_the_person_may_not_give(client, changes, wrong):
    client.force_login(make_officer(SUMATERA_SELATAN, role=Role.HEAD))
    data = {"email": make_user().email, "role": "officer", "office": MUSI_BANYUASIN, **changes}
    response = client.post(reverse("office:appoint"), data)
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [wrong]
    assert Posting.objects.count() == 1


def test_an_officer_sees_postings_of_the_own_region_only(client):
    here = make_officer(MUSI_BANYUASIN, name="Wati")
    make_officer(LOMBOK_TENGAH, name="Lalu Ahmad")
    make_officer(SUMATERA_SELATAN, name="Yusuf Provinsi")
    client.force_login(here)
    page = client.get(reverse("office:postings")).content.decode()
    main = page.split("<main")[1]
    assert "Wati" in main
    assert "Lalu Ahmad" not in main
    assert "Yusuf Provinsi" not in main


def test_the_ministry_sees_and_searches_all(client):
    client.force_login(make_officer(MINISTRY))
    make_officer(LOMBOK_TENGAH, name="Lalu Ahmad")
    make_officer(MUSI_BANYUASIN, name="Wati Susanti")
    found = client.get(reverse("office:postings"), {"q": "lombok"})
    assert [posting.user.name for posting, _ in found.context["rows"]] == ["Lalu Ahmad"]
    none = client.get(reverse("office:postings"), {"q": "tidak ada orang ini"})
    assert none.context["rows"] == []
    assert none.status_code == 200


def test_an_officer_cannot_open_the_appointing_page(client):
    client.force_login(make_officer())
    assert client.get(reverse("office:appoint")).status_code == 403


def test_a_stranger_and_a_member_stay_outside(client):
    assert client.get(reverse("office:postings")).status_code == 302
    client.force_login(make_user())
    assert client.get(reverse("office:postings")).status_code == 403


def test_a_head_ends_a_posting_on_the_page(client):
    head = make_officer(role=Role.HEAD)
    posting = make_officer().postings.get()
    client.force_login(head)
    assert client.get(reverse("office:end_posting", args=[posting.pk])).status_code == 405
    assert client.post(reverse("office:end_posting", args=[posting.pk])).url == reverse("office:postings")
    posting.refresh_from_db()
    assert posting.ended_by == head
    again = client.post(reverse("office:end_posting", args=[posting.pk]), follow=True)
    assert again.status_code == 200
    assert [message.level_tag for message in again.context["messages"]] == ["success", "error"]


def test_a_posting_elsewhere_is_not_found(client):
    posting = make_officer(LOMBOK_TENGAH).postings.get()
    client.force_login(make_officer(role=Role.HEAD))
    assert client.post(reverse("office:end_posting", args=[posting.pk])).status_code == 404


def test_an_officer_may_not_end_a_colleague(client):
    posting = make_officer().postings.get()
    client.force_login(make_officer())
    assert client.post(reverse("office:end_posting", args=[posting.pk])).status_code == 403


def test_who_leaves_the_last_posting_goes_to_the_front_page(client):
    officer = make_officer()
    client.force_login(officer)
    response = client.post(reverse("office:end_posting", args=[officer.postings.get().pk]))
    assert response.url == reverse("home:front")


def test_the_list_asks_as_much_for_thirty_as_for_one(client):
    from django.test.utils import CaptureQueriesContext

    head = make_officer(MUSI_BANYUASIN, role=Role.HEAD)
    client.force_login(head)
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("office:postings"))
    for _ in range(29):
        make_officer(MUSI_BANYUASIN)
    with CaptureQueriesContext(connection) as many:
        client.get(reverse("office:postings"))
    assert len(many) == len(few)
    assert len(many) <= 15


def test_buttons_and_rules_agree(client):
    head = make_officer(role=Role.HEAD)
    make_officer(role=Role.HEAD)
    make_officer()
    client.force_login(head)
    rows = client.get(reverse("office:postings")).context["rows"]
    assert [may_end for _, may_end in rows] == [rules.may_end(head, posting) for posting, _ in rows]
    assert [may_end for _, may_end in rows].count(True) == 2


def test_a_fresh_installation_gets_its_first_head():
    person = make_user(email="menteri@contoh.example")
    out = StringIO()
    call_command("appoint_ministry", "Menteri@contoh.example", stdout=out)
    posting = person.postings.get()
    assert (posting.role, posting.region, posting.started_by) == (Role.HEAD, None, None)
    assert "menteri@contoh.example" in out.getvalue()


def test_the_command_says_what_to_do_for_an_unknown_address():
    with pytest.raises(CommandError, match=r"tidak\.ada@contoh\.example"):
        call_command("appoint_ministry", "tidak.ada@contoh.example")
