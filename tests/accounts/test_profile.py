"""The account page: name, home region, language, mail; and a changed address."""

import pytest
from django.urls import reverse

from accounts.models import User
from tests.factories import MUSI_BANYUASIN, PASSWORD, make_user, region

pytestmark = pytest.mark.django_db
PROFILE = {"name": "Rina O.", "home_region": MUSI_BANYUASIN, "language": "en"}


def test_a_person_changes_what_they_say_of_themselves(client):
    user = make_user()
    client.force_login(user)
    response = client.post(reverse("accounts:profile"), PROFILE)
    assert response.url == reverse("accounts:profile")
    user.refresh_from_db()
    assert (user.name, user.home_region_id, user.language, user.wants_email) == (
        "Rina O.",
        MUSI_BANYUASIN,
        "en",
        False,
    )


def test_a_region_that_is_not_known_is_named_and_nothing_is_lost(client):
    user = make_user()
    client.force_login(user)
    response = client.post(reverse("accounts:profile"), {**PROFILE, "home_region": "99.99"})
    assert list(response.context["form"].errors) == ["home_region"]
    assert "Rina O." in response.content.decode()
    user.refresh_from_db()
    assert user.name == "Rina Oktavia"


def test_a_step_of_the_region_picker_saves_nothing(client):
    user = make_user()
    client.force_login(user)
    data = {**PROFILE, "home_region": "", "home_region_1": "16", "home_region_step": "next-region-step"}
    response = client.post(reverse("accounts:profile"), data)
    assert response.status_code == 200
    user.refresh_from_db()
    assert user.name == "Rina Oktavia"


def test_nobody_raises_their_own_rights_here(client):
    user = make_user()
    client.force_login(user)
    client.post(
        reverse("accounts:profile"),
        {**PROFILE, "is_staff": "on", "is_superuser": "on", "email": "x@y.example"},
    )
    user.refresh_from_db()
    assert (user.is_staff, user.is_superuser) == (False, False)
    assert user.email != "x@y.example"


def test_a_changed_address_counts_once_its_link_is_opened(client, mailoutbox):
    user = make_user(home_region=region(MUSI_BANYUASIN))
    old = user.email
    client.force_login(user)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.post(reverse("account_email"), {"email": "Baru@contoh.example", "action_add": "1"})
    user.refresh_from_db()
    assert user.email == old
    assert [message.to for message in mailoutbox] == [["baru@contoh.example"]]
    assert "baru@contoh.example" in client.get(reverse("account_email")).content.decode()

    link = next(line for line in mailoutbox[0].body.splitlines() if line.startswith("http"))
    assert client.post(link.split("testserver", 1)[1]).url == reverse("accounts:profile")
    user.refresh_from_db()
    assert user.email == "baru@contoh.example"
    assert list(user.emailaddress_set.values_list("email", "verified", "primary")) == [
        ("baru@contoh.example", True, True)
    ]
    assert mailoutbox[-1].to == [old], "the old address is told"


def test_changing_the_address_asks_for_the_password_first(client):
    client.force_login(make_user())
    response = client.post(reverse("account_email"), {"email": "baru@contoh.example", "action_add": "1"})
    assert response.url.startswith(reverse("account_reauthenticate"))


def test_an_address_that_somebody_took_meanwhile_is_refused_in_words(client, mailoutbox):
    user = make_user()
    old = user.email
    client.force_login(user)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.post(reverse("account_email"), {"email": "baru@contoh.example", "action_add": "1"})
    User.objects.create_user("baru@contoh.example", PASSWORD, name="Lain")
    link = next(line for line in mailoutbox[0].body.splitlines() if line.startswith("http"))
    assert client.post(link.split("testserver", 1)[1]).status_code in (200, 302)
    user.refresh_from_db()
    assert user.email == old


@pytest.mark.parametrize(
    "name", ["accounts:profile", "accounts:terms", "accounts:erase", "account_email", "mfa_index"]
)
def test_the_pages_of_the_account_are_for_who_is_signed_in(client, name):
    page = reverse(name)
    assert client.get(page).url == f"{reverse('account_login')}?next={page}"
    client.force_login(make_user())
    assert client.get(page).status_code == 200


@pytest.mark.parametrize(
    "name",
    ["account_login", "account_signup", "account_reset_password", "account_reset_password_done",
     "account_reset_password_from_key_done", "account_email_verification_sent", "account_inactive"],
)  # fmt: skip
def test_the_pages_of_signing_in_are_for_everybody(client, name):
    response = client.get(reverse(name))
    assert response.status_code == 200
    assert "<h1>" in response.content.decode()


def test_spoilt_links_are_answered_in_words(client):
    confirm = client.get(reverse("account_confirm_email", args=["rusak"]))
    reset = client.get(reverse("account_reset_password_from_key", args=["x", "rusak"]))
    assert (confirm.status_code, reset.status_code) == (200, 200)
    assert "<form" not in confirm.content.decode().split("<main")[1].split("</main>")[0]
    assert reset.context["token_fail"]
