"""Who gets what at every address: one table. A new address needs its row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.architecture.world import CAST, World, address

pytestmark = pytest.mark.django_db

# 302 for a visitor is the way to sign in. What is not for somebody is not there (404); what they may know of
# but not do is 403. healthz says 503 because no worker runs beside these tests.
TABLE = """
name                       for                  visitor reader writer fellow manager officer elsewhere
GET home:front             -                    200     200    200    200    200     200     200
GET home:search            -                    200     200    200    200    200     200     200
GET home:regions           -                    200     200    200    200    200     200     200
GET home:choose_region     -                    200     200    200    200    200     200     200
POST home:choose_region    -                    422     422    422    422    422     422     422
GET home:region            16.06                200     200    200    200    200     200     200
GET home:region            99                   404     404    404    404    404     404     404
GET home:office            16.06                200     200    200    200    200     200     200
GET home:office            99                   404     404    404    404    404     404     404
GET home:about             ketentuan            200     200    200    200    200     200     200
GET home:about             lain                 404     404    404    404    404     404     404
GET home:robots            -                    200     200    200    200    200     200     200
GET home:sitemap           -                    200     200    200    200    200     200     200
GET home:sitemap_section   wilayah              200     200    200    200    200     200     200
GET set_language           -                    302     302    302    302    302     302     302
POST set_language          -                    302     302    302    302    302     302     302
GET healthz                -                    503     503    503    503    503     503     503
GET regions:search         -                    200     200    200    200    200     200     200
GET regions:children       -                    200     200    200    200    200     200     200

GET communities:directory  -                    200     200    200    200    200     200     200
GET communities:feed       -                    200     200    200    200    200     200     200
GET communities:apply      -                    200     200    200    200    200     200     200
GET communities:begin      -                    302     200    200    200    200     200     200
POST communities:begin     -                    302     422    422    422    422     422     422
GET communities:mine       -                    302     200    200    200    200     200     200
GET communities:document   -                    302     404    404    404    200     200     404
GET communities:picture    draft                404     404    200    404    404     404     404
GET communities:picture    submitted            404     404    200    404    404     200     404
GET communities:picture    approved             200     200    200    200    200     200     200
GET communities:detail     approved             200     200    200    200    200     200     200
GET communities:detail     submitted            404     404    200    404    404     200     404
GET communities:detail     draft                404     404    200    404    404     404     404
GET communities:detail     suspended            410     410    200    410    410     200     410
GET communities:edit       draft                302     404    302    404    404     404     404
GET communities:edit       submitted            302     404    302    404    404     404     404
GET communities:edit       approved             302     404    404    404    302     404     404
GET communities:step       draft.tempat         302     404    200    404    404     404     404
GET communities:step       draft.periksa        302     404    200    404    404     404     404
GET communities:step       returned.sk          302     404    200    404    404     404     404
GET communities:step       draft.entah          302     404    404    404    404     404     404
GET communities:step       submitted.tempat     302     404    302    404    404     404     404
GET communities:step       approved.sk          302     404    404    404    302     404     404
POST communities:step      draft.sk             302     404    302    404    404     404     404
POST communities:step      draft.tempat         302     404    422    404    404     404     404
POST communities:step      draft.periksa        302     404    200    404    404     404     404
POST communities:move      draft                302     404    302    404    404     404     404
POST communities:move      approved             302     403    403    403    302     403     403
POST communities:join      approved             302     302    302    302    302     302     302
POST communities:join      submitted            302     404    404    404    404     404     404
GET communities:members    approved             302     404    200    200    200     404     404
GET communities:invite     approved             302     404    404    404    200     404     404
POST communities:revoke_invitation  -           302     404    404    404    302     404     404
GET communities:invitation -                    200     200    200    200    200     200     200
POST communities:invitation  -                  302     302    302    302    302     302     302
GET communities:profile    approved             302     404    404    404    200     404     404
GET communities:begin_change  approved          302     404    404    404    200     404     404
GET communities:change     draft                302     404    404    404    200     404     404
GET communities:change     submitted            302     404    404    404    200     200     404
GET communities:edit_change  returned           302     404    404    404    200     404     404
POST communities:move_change  returned          302     404    404    404    302     403     404
POST communities:change_member  -               302     403    404    404    302     404     404
GET communities:forum_members  forum            200     200    200    200    200     200     200
GET communities:forum_members  kim              404     404    404    404    404     404     404
GET communities:federation  kim                 302     404    404    404    200     404     404
GET communities:federation  forum               302     404    404    404    404     404     404
POST communities:federation  kim                302     404    404    404    404     404     404
POST communities:change_federation  -           302     404    404    404    302     404     404

GET articles:list          -                    200     200    200    200    200     200     200
GET articles:feed          -                    200     200    200    200    200     200     200
GET articles:compose       -                    302     200    200    200    200     200     200
POST articles:compose      -                    302     200    422    422    422     200     200
GET articles:mine          -                    302     200    200    200    200     200     200
GET articles:photo         draft                404     404    200    404    200     404     404
GET articles:photo         submitted            404     404    200    404    200     200     404
GET articles:photo         approved             200     200    200    200    200     200     200
GET articles:photo         suspended            404     404    200    404    200     200     404
GET articles:read          -                    200     200    200    200    200     200     200
GET articles:detail        draft                404     404    200    404    200     404     404
GET articles:detail        submitted            404     404    200    404    200     200     404
GET articles:detail        approved             200     200    200    200    200     200     200
GET articles:detail        rejected             404     404    200    404    200     200     404
GET articles:detail        suspended            410     410    200    410    200     200     410
GET articles:edit          draft                302     404    200    404    200     404     404
GET articles:edit          approved             302     404    302    404    302     404     404
POST articles:move         draft                302     404    302    404    302     404     404
POST articles:move         approved             302     403    302    403    302     403     403

GET events:list            -                    200     200    200    200    200     200     200
GET events:feed            -                    200     200    200    200    200     200     200
GET events:compose         -                    302     200    200    200    200     200     200
POST events:compose        -                    302     200    422    422    422     200     200
GET events:mine            -                    302     200    200    200    200     200     200
GET events:detail          draft                404     404    200    404    200     404     404
GET events:detail          submitted            404     404    200    404    200     200     404
GET events:detail          approved             200     200    200    200    200     200     200
GET events:detail          suspended            410     410    200    410    200     200     410
GET events:ical            draft                404     404    404    404    404     404     404
GET events:ical            approved             200     200    200    200    200     200     200
GET events:edit            draft                302     404    200    404    200     404     404
POST events:move           draft                302     404    302    404    302     404     404

GET complaints:log         -                    200     200    200    200    200     200     200
GET complaints:feed        -                    200     200    200    200    200     200     200
GET complaints:report      article.approved     200     200    200    200    200     200     200
GET complaints:report      community.approved   200     200    200    200    200     200     200
GET complaints:report      article.submitted    404     404    404    404    404     404     404
GET complaints:report      change.approved      404     404    404    404    404     404     404
POST complaints:report     event.approved       422     422    422    422    422     422     422

GET notifications:inbox    -                    302     200    200    200    200     200     200
GET notifications:open     -                    302     302    404    404    404     404     404
POST notifications:read_all  -                  302     302    302    302    302     302     302
GET notifications:settings -                    302     200    200    200    200     200     200
POST notifications:email   -                    302     302    404    404    404     404     404
POST notifications:all_email  -                 302     302    302    302    302     302     302
GET notifications:follow   community            302     200    200    200    200     200     200
POST notifications:follow  community            302     302    302    302    302     302     302
POST notifications:follow  region               302     302    302    302    302     302     302
POST notifications:unfollow  community          302     302    302    302    302     302     302
POST notifications:unfollow  region             302     302    302    302    302     302     302

GET office:desk            -                    302     403    403    403    403     200     200
GET office:item            community.submitted  302     403    403    403    403     200     404
GET office:item            article.submitted    302     403    403    403    403     200     404
GET office:item            article.draft        302     403    403    403    403     404     404
GET office:item            event.approved       302     403    403    403    403     200     404
POST office:decide         article.submitted    302     403    403    403    403     422     404
POST office:decide         article.draft        302     403    403    403    403     404     404
POST office:take           article.submitted    302     403    403    403    403     302     404
POST office:take           article.draft        302     403    403    403    403     404     404
POST office:release        article.submitted    302     403    403    403    403     302     404
POST office:note           article.submitted    302     403    403    403    403     422     404
POST office:take_next      -                    302     403    403    403    403     302     302
POST office:together       -                    302     403    403    403    403     302     302
GET office:together_result  -                   302     403    403    403    403     302     302
GET office:item            change.submitted     302     403    403    403    403     200     404
GET office:cases           -                    302     403    403    403    403     200     200
GET office:case            -                    302     403    403    403    403     302     404
POST office:decide_case    -                    302     403    403    403    403     302     404
GET office:dormant         -                    302     403    403    403    403     200     200
POST office:decide_dormant  -                   302     403    403    403    403     302     302
GET office:community       -                    302     403    403    403    403     200     404
POST office:dissolve       -                    302     403    403    403    403     422     404
POST office:put_in_manager  -                   302     403    403    403    403     422     404
POST office:revoke_invitation  -                302     403    403    403    403     404     404
GET office:audit           -                    302     403    403    403    403     403     403
GET office:audit_file      csv                  302     403    403    403    403     403     403
GET office:overview_home   -                    302     403    403    403    403     302     302
GET office:overview_data   16.06                302     403    403    403    403     200     404
GET office:overview_data   nasional             302     403    403    403    403     404     404
GET office:overview        16.06                302     403    403    403    403     200     404
GET office:overview        nasional             302     403    403    403    403     404     404
GET office:figure          16.06                302     403    403    403    403     200     404
GET office:export          16.06                302     403    403    403    403     200     404
GET office:reports         16.06                302     403    403    403    403     200     404
POST office:reports        16.06                302     403    403    403    403     422     404
GET office:report          -                    302     403    403    403    403     200     404
GET office:report_file     -                    302     403    403    403    403     404     404
GET office:imports             -                    302     403    403    403    403     200     200
POST office:imports            -                    302     403    403    403    403     422     422
GET office:import              -                    302     403    403    403    403     200     404
GET office:match_import        -                    302     403    403    403    403     200     404
POST office:match_import       -                    302     403    403    403    403     422     404
GET office:import_errors       -                    302     403    403    403    403     200     404
GET office:import_letters      -                    302     403    403    403    403     200     404
POST office:apply_import       -                    302     403    403    403    403     302     404
POST office:undo_import        -                    302     403    403    403    403     302     404
POST office:invite_imported    -                    302     403    403    403    403     302     404
GET imports:claim              -                    200     200    200    200    200     200     200
GET office:postings        -                    302     403    403    403    403     200     200
GET office:substitute      -                    302     403    403    403    403     403     404
POST office:choose_posting  -                   302     403    403    403    403     302     302
GET office:settings_home   -                    302     403    403    403    403     403     403
GET office:settings        16.06                302     403    403    403    403     403     403
POST office:settings       16.06                302     403    403    403    403     403     403
POST office:add_holiday    16.06                302     403    403    403    403     403     403
POST office:remove_holiday  -                   302     403    403    403    403     403     403
GET office:add_reply       16.06                302     403    403    403    403     403     403
GET office:reply           -                    302     403    403    403    403     403     403
POST office:remove_reply   -                    302     403    403    403    403     403     403
GET office:appoint         -                    302     403    403    403    403     403     403
POST office:appoint        -                    302     403    403    403    403     403     403
POST office:end_posting    -                    302     403    403    403    403     302     404

GET accounts:profile       -                    302     200    200    200    200     200     200
POST accounts:profile      -                    302     422    422    422    422     422     422
GET accounts:terms         -                    302     200    200    200    200     200     200
POST accounts:terms        -                    302     422    422    422    422     422     422
GET accounts:second_factor -                    302     200    200    200    200     200     200
GET accounts:export        -                    302     200    200    200    200     200     200
GET gallery                -                    404     404    404    404    404     404     404
GET accounts:erase         -                    302     200    200    200    200     200     200
POST accounts:erase        -                    302     422    422    422    422     422     422
"""


# What a POST carries where an empty one would be answered before anything is decided.
SENT = {
    **{f"{app}:move": {"move": "submit"} for app in ("communities", "articles", "events")},
    "communities:change_member": {"step": "accept"},
    "communities:move_change": {"move": "submit"},
}


class Row(NamedTuple):
    """One line of the table."""

    method: str
    name: str
    variant: str
    statuses: dict[str, int]

    def __str__(self) -> str:
        return " ".join(filter(None, self[:3]))


def rows() -> Iterator[Row]:
    """The table, read."""
    heading, *lines = (line.split() for line in TABLE.splitlines() if line.strip())
    assert tuple(heading[2:]) == CAST
    for method, name, variant, *statuses in lines:
        yield Row(method, name, variant.strip("-"), dict(zip(CAST, map(int, statuses), strict=True)))


def named_addresses(resolver: URLResolver | None = None, namespace: str = "") -> Iterator[str]:
    """Every name in the URLconf."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}"
        else:
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from named_addresses(pattern, inner)


def is_of_others(name: str) -> bool:
    """Addresses that Django and allauth bring along; they stand in groups below."""
    return name.startswith(("admin:", "account_", "mfa_"))


def test_every_address_stands_in_the_table():
    ours = {name for name in named_addresses() if not is_of_others(name)}
    assert ours == {row.name for row in rows()}


@pytest.mark.parametrize("row", list(rows()), ids=str)
def test_everybody_gets_what_is_theirs(row: Row, settings):
    settings.OFFICE_REQUIRES_MFA = False
    world = World()
    url = address(world, row.name, row.variant)
    found = {}
    for name in CAST:
        client = world.client(name)
        with transaction.atomic():  # what one does is undone before the next comes
            found[name] = ask(client, row, url)
            transaction.set_rollback(True)
    assert found == row.statuses


def ask(client: Client, row: Row, url: str) -> int:
    """The status of the answer, read to its end: that closes files."""
    if row.method == "POST":
        response = client.post(url, SENT.get(row.name, {}))
    else:
        response = client.get(url)
    response.getvalue()
    return response.status_code


def test_visitors_who_need_an_account_are_led_to_sign_in():
    world = World()
    led = {}
    for row in rows():
        if row.statuses["visitor"] == 302 and row.name != "set_language":
            url = address(world, row.name, row.variant)
            led[str(row)] = (
                world.client("visitor").generic(row.method, url).headers["Location"].partition("?")[0]
            )
    assert set(led.values()) == {reverse("account_login")}


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
