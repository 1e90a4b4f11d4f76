"""The second step: an app's codes, passkeys' pages under the strict policy, and the way to the desk."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.contrib.auth import get_user
from django.test import Client, RequestFactory
from django.urls import reverse

from accounts.mfa import has_second_factor
from tests.factories import PASSWORD, make_officer, make_user

pytestmark = pytest.mark.django_db
EXECUTED = {"", "module", "text/javascript", "application/javascript", "importmap"}


def code_of(secret: str, *, steps: int = 0) -> str:
    """What an app shows now, or some half minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def with_app(user) -> str:
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def sign_in(client: Client, user):
    return client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})


def confirm_it_is_you(client: Client) -> None:
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


def is_signed_in(client: Client) -> bool:
    request = RequestFactory().get("/")
    request.session = client.session
    return get_user(request).is_authenticated


def test_setting_up_an_app_asks_for_the_password_and_gives_recovery_codes(client):
    user = make_user()
    client.force_login(user)
    assert client.get(reverse("mfa_activate_totp")).url.startswith(reverse("account_reauthenticate"))
    confirm_it_is_you(client)
    form = client.get(reverse("mfa_activate_totp")).context["form"]
    response = client.post(reverse("mfa_activate_totp"), {"code": code_of(form.secret)})
    assert response.url == reverse("mfa_view_recovery_codes")
    assert has_second_factor(user)
    assert len(client.get(response.url).context["unused_codes"]) == 10


def test_a_wrong_code_sets_up_nothing(client):
    user = make_user()
    client.force_login(user)
    confirm_it_is_you(client)
    client.get(reverse("mfa_activate_totp"))
    response = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert list(response.context["form"].errors) == ["code"]
    assert not has_second_factor(user)


def test_who_has_an_app_signs_in_with_password_and_code(client):
    user = make_user()
    secret = with_app(user)
    assert sign_in(client, user).url == reverse("mfa_authenticate")
    assert not is_signed_in(client)
    assert client.get(reverse("mfa_authenticate")).status_code == 200
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert is_signed_in(client)


def test_a_phone_half_a_minute_late_is_understood_and_five_minutes_is_not(client):
    user = make_user()
    secret = with_app(user)
    sign_in(client, user)
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret, steps=-10)})
    assert not is_signed_in(client)
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret, steps=-1)})
    assert is_signed_in(client)


def test_who_guesses_codes_is_locked_out(client):
    user = make_user()
    secret = with_app(user)
    sign_in(client, user)
    for _ in range(10):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert not is_signed_in(client)


def test_recovery_codes_alone_are_no_second_factor():
    user = make_user()
    Authenticator.objects.create(user=user, type=Authenticator.Type.RECOVERY_CODES, data={})
    assert not has_second_factor(user)


def test_a_changed_address_waits_while_a_second_step_protects_the_account(client):
    user = make_user()
    with_app(user)
    client.force_login(user)
    data = {"email": "baru@contoh.example", "action_add": "1"}
    response = client.post(reverse("account_email"), data)
    assert list(response.context["form"].errors) == ["email"]


def test_an_officer_without_a_second_step_is_led_to_one_and_back(client, settings):
    settings.OFFICE_REQUIRES_MFA = True
    officer = make_officer()
    client.force_login(officer)
    desk = reverse("office:desk")
    led = client.get(desk)
    assert led.url == f"{reverse('accounts:second_factor')}?next={desk.replace('/', '%2F')}"
    assert client.get(led.url).status_code == 200

    confirm_it_is_you(client)
    form = client.get(reverse("mfa_activate_totp")).context["form"]
    client.post(reverse("mfa_activate_totp"), {"code": code_of(form.secret)})
    codes = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    assert reverse("accounts:second_factor") in codes
    assert client.get(reverse("accounts:second_factor")).url == desk
    assert client.get(desk).status_code == 200


def test_a_setting_relaxes_it(client, settings):
    settings.OFFICE_REQUIRES_MFA = False
    client.force_login(make_officer())
    assert client.get(reverse("office:desk")).status_code == 200


def test_the_way_back_stays_within_the_portal(client):
    client.force_login(make_user())
    page = reverse("accounts:second_factor")
    client.get(f"{page}?next=https://jahat.example/")
    assert "after_second_factor" not in client.session


def pages_with_passkeys(client: Client) -> dict[str, str]:
    user = make_user()
    pages = {"sign in": client.get(reverse("account_login")).content.decode()}
    client.force_login(user)
    confirm_it_is_you(client)
    pages["add"] = client.get(reverse("mfa_add_webauthn")).content.decode()
    client.logout()
    with_app(user)
    sign_in(client, user)
    pages["second step"] = client.get(reverse("mfa_authenticate")).content.decode()
    return pages


def test_pages_with_passkeys_hold_no_inline_script(client):
    for name, page in pages_with_passkeys(client).items():
        scripts = re.findall(r"<script([^>]*)>(.*?)</script>", page, re.DOTALL)
        inline = [
            body
            for attributes, body in scripts
            if body.strip() and (re.findall(r'type="([^"]*)"', attributes) or [""])[0] in EXECUTED
        ]
        assert inline == [], name
        assert not re.search(r'\s(style|on[a-z]+)="', page), name
        assert 'src="/static/mfa/js/webauthn.js"' in page, name


def test_the_policy_lets_no_inline_script_run(client):
    policy = client.get(reverse("account_login")).headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


def test_the_browser_is_asked_for_a_passkey_of_this_portal(client):
    client.force_login(make_user())
    confirm_it_is_you(client)
    data = client.get(reverse("mfa_add_webauthn")).context["js_data"]
    assert data["creation_options"]["publicKey"]["rp"] == {"name": "Portal KIM", "id": "testserver"}


@pytest.mark.parametrize("credential", ["", "no json", "{}", '{"id": "x"}', "[]", "null"])
def test_a_made_up_passkey_is_refused_in_words(client, credential):
    response = client.post(reverse("mfa_login_webauthn"), {"credential": credential})
    assert response.status_code == 302
    assert response.url == reverse("account_login")
    assert not is_signed_in(client)


@pytest.mark.parametrize("credential", ["", "no json", "{}", '{"id": "x"}', "[]", "null"])
def test_a_made_up_new_passkey_is_refused_in_words(client, credential):
    user = make_user()
    client.force_login(user)
    confirm_it_is_you(client)
    client.get(reverse("mfa_add_webauthn"))
    response = client.post(reverse("mfa_add_webauthn"), {"name": "x", "credential": credential})
    assert response.status_code == 200
    assert not has_second_factor(user)


def test_pages_of_the_second_step_open(client):
    user = make_user()
    with_app(user)
    client.force_login(user)
    confirm_it_is_you(client)
    names = ["mfa_index", "mfa_deactivate_totp", "mfa_list_webauthn", "mfa_generate_recovery_codes"]
    assert {client.get(reverse(name)).status_code for name in names} == {200}
    client.post(reverse("mfa_generate_recovery_codes"))
    assert client.get(reverse("mfa_download_recovery_codes")).status_code == 200
    client.post(reverse("mfa_deactivate_totp"))
    assert not has_second_factor(user)
