"""Who gets what at the addresses that allauth and Django's administration bring along."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.urls import URLResolver, get_resolver, reverse

from tests.architecture.test_urls import named_addresses
from tests.architecture.world import CAST, World

pytestmark = pytest.mark.django_db

# allauth's pages, by what a visitor and a signed-in reader get.
ALLAUTH = """
name                                       visitor reader
account_signup                             200     302
account_login                              200     302
account_logout                             302     200
account_inactive                           200     200
account_reauthenticate                     302     200
account_email                              302     200
account_email_verification_sent            200     200
account_confirm_email                      200     200
account_change_password                    302     200
account_set_password                       302     302
account_reset_password                     200     200
account_reset_password_done                200     200
account_reset_password_from_key            200     200
account_reset_password_from_key_done       200     200
mfa_authenticate                           302     302
mfa_login_webauthn                         302     302
mfa_reauthenticate                         302     302
mfa_reauthenticate_webauthn                302     302
mfa_index                                  302     200
mfa_activate_totp                          302     302
mfa_deactivate_totp                        302     404
mfa_list_webauthn                          302     200
mfa_add_webauthn                           302     302
mfa_edit_webauthn                          302     302
mfa_remove_webauthn                        302     302
mfa_view_recovery_codes                    302     404
mfa_download_recovery_codes                302     404
mfa_generate_recovery_codes                302     302
"""
ALLAUTH_ARGUMENTS = {
    "account_confirm_email": ["tidak-ada"],
    "account_reset_password_from_key": ["1", "tidak-ada"],
    "mfa_edit_webauthn": [1],
    "mfa_remove_webauthn": [1],
}


def test_the_pages_of_allauth_answer_as_expected():
    _heading, *lines = (line.split() for line in ALLAUTH.splitlines() if line.strip())
    expected = {name: tuple(map(int, statuses)) for name, *statuses in lines}
    world = World()
    found = {}
    for name in {name for name in named_addresses() if name.startswith(("account_", "mfa_"))}:
        url = reverse(name, args=ALLAUTH_ARGUMENTS.get(name))
        found[name] = tuple(world.client(who).get(url).status_code for who in ("visitor", "reader"))
    assert found == expected


def test_the_administration_is_closed_to_the_whole_cast():
    world = World()
    addresses = {str(reverse("admin:index"))}
    for name, arguments in _admin_addresses():
        addresses.add(reverse(name, args=arguments))
    assert len(addresses) > 30
    clients = [world.client(name) for name in CAST]
    answers = {url: {client.get(url).status_code for client in clients} for url in sorted(addresses)}
    assert {url: codes for url, codes in answers.items() if not codes <= {302, 403, 404}} == {}


def _admin_addresses() -> Iterator[tuple[str, list[str]]]:
    site = next(each for each in get_resolver().url_patterns if getattr(each, "namespace", "") == "admin")
    assert isinstance(site, URLResolver)
    for name, entries in site.reverse_dict.lists():
        if isinstance(name, str):
            parameters = entries[0][0][0][1]
            yield f"admin:{name}", ["accounts" if each == "app_label" else "1" for each in parameters]
