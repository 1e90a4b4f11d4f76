"""Signing up: name, address, one password, consent; the link of the mail; and a second try."""

import re
import threading
from smtplib import SMTPException

import pytest
from allauth.account.models import EmailAddress
from anymail.exceptions import AnymailRecipientsRefused
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.models import Consent, User
from accounts.terms import PRIVACY_VERSION, TERMS_VERSION
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db

FORM = {"name": "Siti Aminah", "email": "Siti.Aminah@contoh.example", "password1": PASSWORD, "agreed": "on"}


def sign_up(client: Client, **changes: str):
    return client.post(reverse("account_signup"), {**FORM, **changes})


def link_in(message) -> str:
    return re.search(r"https?://[^/\s]+(/\S+)", message.body).group(1)


def signed_in_id(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def test_a_person_signs_up_confirms_and_is_signed_in(client, mailoutbox):
    response = sign_up(client)
    assert response.url == reverse("account_email_verification_sent")
    assert [message.to for message in mailoutbox] == [["siti.aminah@contoh.example"]]
    assert signed_in_id(client) is None

    link = link_in(mailoutbox[0])
    page = client.get(link)
    assert page.status_code == 200
    assert not EmailAddress.objects.get().verified, "a mail scanner that opens the link confirms nothing"

    client.post(link)
    user = User.objects.get()
    assert (user.name, user.email) == ("Siti Aminah", "siti.aminah@contoh.example")
    assert user.has_confirmed_address
    assert signed_in_id(client) == str(user.pk)


def test_who_confirms_on_another_device_signs_in_there(client, mailoutbox):
    sign_up(client)
    other = Client()
    response = other.post(link_in(mailoutbox[0]))
    assert response.url == reverse("account_login")
    assert EmailAddress.objects.get().verified
    assert signed_in_id(other) is None


def test_the_consent_is_on_record_by_version(client):
    sign_up(client)
    kept = set(Consent.objects.values_list("user__email", "document", "version"))
    assert kept == {
        ("siti.aminah@contoh.example", "terms", TERMS_VERSION),
        ("siti.aminah@contoh.example", "privacy", PRIVACY_VERSION),
    }


def test_without_consent_there_is_no_account_and_the_typed_words_stay(client):
    response = sign_up(client, agreed="")
    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["agreed"]
    assert "Siti Aminah" in response.content.decode()
    assert User.objects.count() == 0


def test_the_form_links_to_the_texts(client):
    page = client.get(reverse("account_signup")).content.decode()
    assert reverse("home:about", args=["ketentuan"]) in page
    assert reverse("home:about", args=["privasi"]) in page


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "x" * 121),
        ("name", "a\0b"),
        ("email", "siti"),
        ("password1", "12345678"),
        ("password1", ""),
    ],
)
def test_bad_input_names_its_field(client, field, value):
    response = sign_up(client, **{field: value})
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert User.objects.count() == 0


def test_a_taken_address_answers_alike_and_tells_its_owner(client, mailoutbox):
    make_user(email="siti.aminah@contoh.example")
    response = sign_up(client)
    assert response.url == reverse("account_email_verification_sent")
    assert User.objects.count() == 1
    assert len(mailoutbox) == 1
    assert reverse("account_reset_password") in mailoutbox[0].body


def test_the_mails_greet_nobody_by_a_name_that_a_stranger_typed(client, mailoutbox):
    sign_up(client, name="Menangkan hadiah di jahat.example")
    assert "jahat.example" not in mailoutbox[0].body + mailoutbox[0].subject


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_account_keeps_the_language_of_its_first_page(client, language):
    client.cookies["django_language"] = language
    sign_up(client)
    assert User.objects.get().language == language


@pytest.mark.parametrize("problem", [SMTPException("down"), AnymailRecipientsRefused("inactive recipient")])
def test_a_mail_server_that_is_down_costs_the_mail_and_not_the_account(
    client, monkeypatch, settings, mailoutbox, problem: Exception
):
    def refuse(*args, **kwargs):
        raise problem

    settings.ANYMAIL = {"WEBHOOK_SECRET": "tukang:pos"}
    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", refuse)
    response = sign_up(client)
    assert response.url == reverse("account_email_verification_sent")
    monkeypatch.undo()

    client.post(reverse("account_login"), {"login": FORM["email"], "password": PASSWORD})
    assert len(mailoutbox) == 1, "signing in sends the link again"


def test_links_lead_to_the_portals_own_address_in_production(client, settings, mailoutbox):
    settings.PRODUCTION = True
    settings.PORTAL_URL = "https://portal.example.id"
    client.post(reverse("account_signup"), FORM, HTTP_HOST="testserver:4444")
    assert "https://portal.example.id/akun/email/konfirmasi/" in mailoutbox[0].body
    assert "4444" not in mailoutbox[0].body


def test_the_mails_speak_the_language_of_the_page(client, mailoutbox):
    with translation.override("en"):
        client.cookies["django_language"] = "en"
        sign_up(client)
    assert mailoutbox[0].subject == "Confirm your address for Portal KIM"
    assert "Hello," in mailoutbox[0].body


def test_a_double_click_makes_one_account(committed_db, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    start = threading.Barrier(2)
    answers = []

    def click() -> None:
        start.wait(timeout=10)
        answers.append(sign_up(Client()).status_code)
        connection.close()

    clicks = [threading.Thread(target=click) for _ in range(2)]
    for thread in clicks:
        thread.start()
    for thread in clicks:
        thread.join(timeout=20)
    assert answers == [302, 302]
    assert User.objects.count() == 1
    assert Consent.objects.count() == 2
    assert len(mail.outbox) == 2
