"""Who gets what at every address: one table. A new address needs its row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.architecture.addresses import address
from tests.architecture.world import CAST, World

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
GET home:service_worker    -                    200     200    200    200    200     200     200
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
GET communities:to_read    -                    302     200    200    200    200     200     200
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
POST articles:upload       -                    302     400    400    400    400     400     400
GET articles:read          -                    200     200    200    200    200     200     200
GET articles:detail        draft                404     404    200    404    200     404     404
GET articles:detail        submitted            404     404    200    404    200     200     404
GET articles:detail        approved             200     200    200    200    200     200     200
GET articles:detail        rejected             404     404    200    404    200     200     404
GET articles:detail        suspended            410     410    200    410    200     200     410
GET articles:edit          draft                302     404    200    404    200     404     404
GET articles:edit          approved             302     404    302    404    302     404     404
GET articles:revisions     draft                302     404    200    404    200     404     404
GET articles:revisions     approved             302     404    200    404    200     404     404
POST articles:revision_restore draft            302     404    302    404    302     404     404
GET articles:amend         approved             302     404    200    404    200     404     404
POST articles:amend        approved             302     404    422    404    422     404     404
GET articles:amend         draft                302     404    302    404    302     404     404
GET articles:amendment     draft                302     404    200    404    200     404     404
GET articles:amendment     submitted            302     404    200    404    200     200     404
GET articles:amendment     approved             302     404    200    404    200     200     404
GET articles:edit_amendment  draft              302     404    200    404    200     404     404
GET articles:edit_amendment  submitted          302     404    302    404    302     404     404
POST articles:move_amendment  draft             302     404    302    404    302     404     404
POST articles:move_amendment  submitted         302     404    302    404    302     403     404
GET articles:changes       approved             200     200    200    200    200     200     200
GET articles:changes       draft                404     404    200    404    200     404     404
GET articles:changes       suspended            410     410    200    410    200     200     410
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

GET announcements:list     -                    200     200    200    200    200     200     200
GET announcements:detail   communities          404     404    200    200    200     200     404
GET announcements:detail   readers              200     200    200    200    200     200     200
GET announcements:detail   draft                404     404    404    404    404     404     404
GET announcements:attachment  communities       404     404    200    200    200     200     404
GET announcements:attachment  readers           200     200    200    200    200     200     200
GET announcements:attachment  draft             404     404    404    404    404     200     404
POST announcements:confirm  communities         302     404    302    302    302     302     404
POST announcements:pass_on  communities         302     404    302    302    302     302     404

GET aspirations:list       -                    200     200    200    200    200     200     200
GET aspirations:write      -                    200     200    200    200    200     200     200
POST aspirations:write     -                    422     422    422    422    422     422     422
GET aspirations:mine       -                    302     200    200    200    200     200     200
GET aspirations:detail     sent                 404     404    200    404    200     200     404
GET aspirations:detail     working              200     200    200    200    200     200     200
GET aspirations:detail     office               404     404    200    404    200     200     404
GET aspirations:detail     withdrawn            404     404    200    404    200     200     404
POST aspirations:support   working              302     302    302    302    302     302     302
POST aspirations:support   office               302     404    302    404    302     302     404
POST aspirations:step      answered             302     403    302    403    302     403     403
POST aspirations:step      sent                 302     404    302    404    302     403     404
GET aspirations:confirm    -                    200     200    200    200    200     200     200
POST aspirations:confirm   -                    302     302    302    302    302     302     302
GET aspirations:confirm    nonsense             410     410    410    410    410     410     410
GET aspirations:own        -                    200     200    200    200    200     200     200
POST aspirations:own       -                    302     302    302    302    302     302     302
GET aspirations:own        nonsense             404     404    404    404    404     404     404

GET factchecks:list        -                    200     200    200    200    200     200     200
GET factchecks:feed        -                    200     200    200    200    200     200     200
GET factchecks:compose     -                    302     200    200    200    200     200     200
POST factchecks:compose    -                    302     200    422    422    422     422     422
GET factchecks:mine        -                    302     200    200    200    200     200     200
GET factchecks:detail      draft                404     404    200    404    200     404     404
GET factchecks:detail      submitted            404     404    200    404    200     200     404
GET factchecks:detail      approved             200     200    200    200    200     200     200
GET factchecks:detail      suspended            410     410    200    410    200     200     410
GET factchecks:edit        draft                302     404    200    404    200     404     404
GET factchecks:edit        approved             302     404    302    404    302     404     404
POST factchecks:move       draft                302     404    302    404    302     404     404
POST factchecks:move       approved             302     403    302    403    302     403     403
GET replies:list           -                    200     200    200    200    200     200     200
GET replies:write          approved             200     200    200    200    200     200     200
GET replies:write          suspended            410     410    302    410    302     302     410
GET replies:write          submitted            404     404    302    404    302     302     404
POST replies:write         approved             422     422    422    422    422     422     422
GET replies:detail         approved             200     200    200    200    200     200     200
GET replies:detail         submitted            404     200    404    404    404     200     404
GET replies:detail         draft                404     200    404    404    404     404     404
GET replies:detail         suspended            410     200    410    410    410     200     410
GET replies:mine           returned             302     200    404    404    404     404     404
POST replies:mine          returned             302     422    404    404    404     404     404
GET replies:confirm        -                    200     200    200    200    200     200     200
POST replies:confirm       -                    302     302    302    302    302     302     302
GET replies:confirm        nonsense             410     410    410    410    410     410     410
GET replies:own            -                    200     200    200    200    200     200     200
POST replies:own           -                    422     422    422    422    422     422     422
GET replies:own            nonsense             404     404    404    404    404     404     404

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
GET notifications:group    -                    302     200    404    404    404     404     404
GET notifications:times    -                    302     200    200    200    200     200     200
POST notifications:times   -                    302     422    422    422    422     422     422
POST notifications:rhythm  -                    302     302    404    404    404     404     404
GET notifications:confirm  -                    200     200    200    200    200     200     200
POST notifications:confirm  -                   302     302    302    302    302     302     302
GET notifications:confirm  nonsense             410     410    410    410    410     410     410
GET notifications:manage   -                    200     200    200    200    200     200     200
POST notifications:manage  -                    302     302    302    302    302     302     302
GET notifications:manage   nonsense             404     404    404    404    404     404     404
POST notifications:mute    -                    302     302    302    302    302     302     302
POST notifications:unmute  -                    302     302    302    302    302     302     302
POST notifications:all_email  -                 302     302    302    302    302     302     302
GET notifications:unsubscribe  -                200     200    200    200    200     200     200
POST notifications:unsubscribe  -               302     302    302    302    302     302     302
POST notifications:register_device  -           302     404    404    404    404     404     404
POST notifications:renew_device  -              422     422    422    422    422     422     422
POST notifications:try_device  -                302     404    404    404    404     404     404
POST notifications:remove_device  -             302     302    404    404    404     404     404
GET notifications:telegram  -                   302     404    404    404    404     404     404
POST notifications:telegram_kinds  -            302     302    302    302    302     302     302
POST notifications:unlink_telegram  -           302     302    302    302    302     302     302
POST notifications:telegram_webhook  -          404     404    404    404    404     404     404
POST notifications:ask_to_resume  -             302     302    302    302    302     302     302
GET notifications:resume   -                    200     200    200    200    200     200     200
POST notifications:resume  -                    302     302    302    302    302     302     302
POST notifications:kind_again  -                302     302    302    302    302     302     302
POST notifications:mail_reports  -              404     404    404    404    404     404     404
GET notifications:follow   community            200     200    200    200    200     200     200
POST notifications:follow  community            422     302    302    302    302     302     302
POST notifications:follow  region               422     302    302    302    302     302     302
POST notifications:follow  category             422     302    302    302    302     302     302
POST notifications:unfollow  community          302     302    302    302    302     302     302
POST notifications:unfollow  region             302     302    302    302    302     302     302
POST notifications:unfollow  category           302     302    302    302    302     302     302

GET office:desk            -                    302     403    403    403    403     200     200
GET office:item            community.submitted  302     403    403    403    403     200     404
GET office:item            article.submitted    302     403    403    403    403     200     404
GET office:item            article.draft        302     403    403    403    403     404     404
GET office:item            factcheck.submitted  302     403    403    403    403     200     404
GET complaints:report      factcheck.approved   200     200    200    200    200     200     200
GET complaints:report      reply.approved       200     200    200    200    200     200     200
GET office:item            reply.submitted      302     403    403    403    403     200     404
GET office:item            reply.draft          302     403    403    403    403     404     404
GET office:item            amendment.submitted  302     403    403    403    403     200     404
GET office:item            amendment.draft      302     403    403    403    403     404     404
POST office:decide         amendment.submitted  302     403    403    403    403     422     404
GET complaints:report      amendment.approved   404     404    404    404    404     404     404
GET office:item            event.approved       302     403    403    403    403     200     404
POST office:decide         article.submitted    302     403    403    403    403     422     404
POST office:decide         article.draft        302     403    403    403    403     404     404
POST office:take           article.submitted    302     403    403    403    403     302     404
POST office:take           article.draft        302     403    403    403    403     404     404
POST office:release        article.submitted    302     403    403    403    403     302     404
POST office:note           article.submitted    302     403    403    403    403     422     404
POST office:remark         article.submitted    302     403    403    403    403     302     404
POST office:remark         article.draft        302     403    403    403    403     404     404
POST office:settle_remark  -                    302     403    403    403    403     302     404
POST office:take_back_remark  -                 302     403    403    403    403     302     404
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
POST office:trust          -                    302     403    403    403    403     302     404
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
GET office:announcements       -                302     403    403    403    403     200     200
GET office:write_announcement  16.06            302     403    403    403    403     200     404
POST office:write_announcement  16.06           302     403    403    403    403     422     404
GET office:announcement        draft            302     403    403    403    403     200     404
GET office:announcement        communities      302     403    403    403    403     200     404
GET office:edit_announcement   draft            302     403    403    403    403     200     404
POST office:edit_announcement  draft            302     403    403    403    403     422     404
POST office:send_announcement  draft            302     403    403    403    403     302     404
POST office:discard_announcement  draft         302     403    403    403    403     302     404
POST office:withdraw_announcement  communities  302     403    403    403    403     302     404
GET office:announcement_communities  readers    302     403    403    403    403     200     404
GET office:announcement_file   communities      302     403    403    403    403     200     404
GET office:aspirations         -                302     403    403    403    403     200     200
GET office:aspiration          sent             302     403    403    403    403     200     404
GET office:aspiration          office           302     403    403    403    403     200     404
POST office:step_aspiration    sent             302     403    403    403    403     302     404
POST office:step_aspiration    answered         302     403    403    403    403     422     404
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
    **{f"{app}:move": {"move": "submit"} for app in ("communities", "articles", "events", "factchecks")},
    "communities:change_member": {"step": "accept"},
    "aspirations:step": {"step": "close"},
    "office:step_aspiration": {"step": "receive"},
    "communities:move_change": {"move": "submit"},
    "articles:move_amendment": {"move": "submit"},
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
    """Addresses that Django and allauth bring along; they stand in test_other_urls.py."""
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


# These answer visitors by leading them on: the language, and what a signed link allows.
FOR_VISITORS = {
    "set_language",
    "notifications:unsubscribe",
    "notifications:resume",
    "notifications:confirm",
    "notifications:manage",
    "aspirations:confirm",
    "aspirations:own",
    "replies:confirm",
    "replies:own",
}


def test_visitors_who_need_an_account_are_led_to_sign_in():
    world = World()
    led = {}
    for row in rows():
        if row.statuses["visitor"] == 302 and row.name not in FOR_VISITORS:
            url = address(world, row.name, row.variant)
            led[str(row)] = (
                world.client("visitor").generic(row.method, url).headers["Location"].partition("?")[0]
            )
    assert set(led.values()) == {reverse("account_login")}
