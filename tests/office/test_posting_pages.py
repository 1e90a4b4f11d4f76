"""The pages of postings, and the command that appoints the first head."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse

from accounts import rules
from accounts.models import Posting
from accounts.roles import Role
from office.posting_forms import AppointForm
from tests.factories import (
    LOMBOK_TENGAH,
    MUSI_BANYUASIN,
    SUMATERA_SELATAN,
    make_officer,
    make_user,
)
from tests.office.test_postings import MINISTRY

pytestmark = pytest.mark.django_db


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
    assert response.status_code == 422
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
