"""Every page of the account, signed in and not, on a phone and a laptop: each is looked at closely."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Browser

from accounts.roles import Role
from tests.factories import PASSWORD, make_officer
from tests.journeys.person import LAPTOP, PHONE, Device, Person
from tests.journeys.steps import sign_in

pytestmark = pytest.mark.browser
BEFORE = [
    "account_signup",
    "account_login",
    "account_reset_password",
    "account_reset_password_done",
    "account_email_verification_sent",
    "account_inactive",
]
WITHIN = [
    "accounts:profile",
    "accounts:terms",
    "accounts:erase",
    "accounts:second_factor",
    "account_email",
    "account_change_password",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "office:postings",
    "office:appoint",
]


@pytest.mark.parametrize("device", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_every_page_of_the_account_passes(
    browser: Browser, live_server, committed_db: None, device: Device
) -> None:
    head = make_officer(role=Role.HEAD, name="Wati Kusuma")
    make_officer(name="Budi Santoso")
    wati = Person(browser, live_server.url, device, name="wati", journey="account")
    for name in BEFORE:
        wati.open(reverse(name))
    sign_in(wati, head.email)
    wati.open(reverse("account_reauthenticate"))
    wati.fill(password=PASSWORD)
    wati.press("Go on")
    for name in WITHIN:
        wati.open(reverse(name))
    complaints = wati.complaints
    wati.leave()
    assert complaints == []
