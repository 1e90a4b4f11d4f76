"""Which region a reader sees first."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from home.reader_region import COOKIE, COOKIE_AGE
from tests.factories import LOMBOK_TENGAH, MUSI_BANYUASIN, TOMAN, make_user, region

pytestmark = pytest.mark.django_db


def seen(client: Client) -> str | None:
    chosen = client.get(reverse("home:front")).context["front"].chosen
    return chosen.code if chosen else None


@pytest.mark.parametrize("code", ["16", MUSI_BANYUASIN, "16.06.06", TOMAN])
def test_a_region_of_any_level_is_remembered_for_a_year(code: str, client: Client) -> None:
    response = client.post(reverse("home:choose_region"), {"wilayah": code})
    cookie = response.cookies[COOKIE]
    assert (response.url, cookie.value, cookie["max-age"], cookie["httponly"]) == (
        reverse("home:front"), code, COOKIE_AGE, True,
    )  # fmt: skip
    assert seen(client) == code


def test_a_region_is_chosen_by_typing_its_name_without_javascript(client: Client) -> None:
    client.post(reverse("home:choose_region"), {"wilayah_text": "Kabupaten Musi Banyuasin"})
    assert seen(client) == MUSI_BANYUASIN


def test_a_step_of_the_cascade_chooses_nothing_yet(client: Client) -> None:
    response = client.post(
        reverse("home:choose_region"), {"wilayah_1": "16", "wilayah_step": "next-region-step"}
    )
    assert (response.status_code, COOKIE in response.cookies) == (200, False)
    assert "Musi Banyuasin" in response.content.decode()


def test_all_of_indonesia_can_be_chosen(client: Client) -> None:
    client.cookies[COOKIE] = MUSI_BANYUASIN
    client.post(reverse("home:choose_region"), {"seluruh": "1"})
    assert seen(client) is None


@pytest.mark.parametrize(
    "sent", [{}, {"wilayah": "99.99"}, {"wilayah": "16\x00"}, {"wilayah_text": "zzzqqq"}]
)
def test_what_is_no_region_is_answered_at_the_field(sent: dict, client: Client) -> None:
    response = client.post(reverse("home:choose_region"), sent)
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["wilayah"])
    assert COOKIE not in response.cookies


def test_the_home_region_of_the_account_holds_until_another_is_chosen(client: Client) -> None:
    client.force_login(make_user(home_region=region(LOMBOK_TENGAH)))
    before = seen(client)
    client.post(reverse("home:choose_region"), {"wilayah": MUSI_BANYUASIN})
    assert (before, seen(client)) == (LOMBOK_TENGAH, MUSI_BANYUASIN)


def test_choosing_all_of_indonesia_outweighs_the_account(client: Client) -> None:
    client.force_login(make_user(home_region=region(LOMBOK_TENGAH)))
    client.post(reverse("home:choose_region"), {"seluruh": "1"})
    assert seen(client) is None


def test_choosing_leaves_the_account_alone(client: Client) -> None:
    user = make_user(home_region=region(LOMBOK_TENGAH))
    client.force_login(user)
    client.post(reverse("home:choose_region"), {"wilayah": MUSI_BANYUASIN})
    user.refresh_from_db()
    assert user.home_region_id == LOMBOK_TENGAH


@pytest.mark.parametrize("value", ["99", "16.06.06.2001.1", "<script>", "'; drop", "x" * 4000, "16.06\x00"])
def test_a_cookie_that_is_no_region_counts_as_none(value: str, client: Client) -> None:
    client.cookies[COOKIE] = value
    assert seen(client) is None
