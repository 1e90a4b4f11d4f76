"""A person adds the passkey of their device and signs in with it alone, under the strict policy."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from django.utils.translation import gettext
from playwright.sync_api import Browser, expect

from tests.factories import PASSWORD, make_user
from tests.journeys.person import LAPTOP, PHONE, Device, Person
from tests.journeys.steps import sign_in

pytestmark = pytest.mark.browser
DEVICE_WITH_A_FINGER = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def put_finger_reader_into(person: Person, *, recognises: bool = True) -> None:
    """What a phone has, simulated by Chromium itself."""
    tools = person.page.context.new_cdp_session(person.page)
    tools.send("WebAuthn.enable")
    options = {**DEVICE_WITH_A_FINGER, "isUserVerified": recognises}
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


@pytest.mark.parametrize("device", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_a_passkey_is_added_and_signs_in_alone(
    browser: Browser, live_server, committed_db: None, device: Device
) -> None:
    user = make_user("Siti Aminah")
    siti = Person(browser, live_server.url, device, name="siti", journey="passkey")
    put_finger_reader_into(siti)
    sign_in(siti, user.email)
    siti.open("/akun/langkah-kedua/kunci-sandi/tambah/")
    siti.fill(password=PASSWORD)
    siti.press("Go on")
    siti.press("Add the passkey")
    assert Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN).count() == 1
    siti.follow(gettext("I have kept them: go on"))

    siti.open("/akun/keluar/")
    siti.press("Sign out")
    siti.open("/akun/masuk/")
    siti.press("Sign in with a passkey")
    siti.open("/akun/")
    siti.sees(user.email)
    complaints = siti.complaints
    siti.leave()
    assert complaints == []


def test_a_device_that_does_not_recognise_its_person_is_answered_in_words(
    browser: Browser, live_server, committed_db: None
) -> None:
    siti = Person(browser, live_server.url, PHONE, name="siti", journey="passkey-refused")
    put_finger_reader_into(siti, recognises=False)
    siti.open("/akun/masuk/")
    siti.page.locator("#passkey-login").click()
    expect(siti.page.locator("[data-passkey-trouble]")).to_be_visible()
    complaints = siti.complaints
    siti.leave()
    assert complaints == []
