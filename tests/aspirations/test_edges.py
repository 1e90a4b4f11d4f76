"""What goes wrong between people: a typing error, two officers, a manager who has left, a page left open."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Holiday
from activity.models import Activity
from aspirations import actions
from aspirations.by_email import by_email
from aspirations.deadlines import deadlines
from aspirations.models import Aspiration, Request
from communities.models import Membership
from mailing import sending
from office.aspiration_forms import READ_BY_ALL, WORDS
from regions.models import Region, RegionSuccession
from tests.factories import (
    MUSI_BANYUASIN,
    SUMATERA_SELATAN,
    TOMAN,
    make_aspiration,
    make_community,
    make_member,
    make_officer,
    make_user,
    region,
)

pytestmark = pytest.mark.django_db
WRITE = reverse("aspirations:write")


@pytest.fixture(autouse=True)
def _ways(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.OFFICE_REQUIRES_MFA = False


def typed(**fields: str) -> dict[str, str]:
    return {
        "form_key": str(uuid4()),
        "region": TOMAN,
        "title": "Perbaiki jembatan dusun dua",
        "text": "Jembatan dusun dua rusak sejak bulan lalu dan anak sekolah memutar jauh.",
        "is_public": "1",
        "email": "siti@contoh.example",
        "agrees": "on",
        **fields,
    }


def links() -> dict[str, str]:
    """The link of each mail, by its address."""
    sending.send_due()
    found = {}
    for message in mail.outbox:
        link = re.search(r"/aspirasi/konfirmasi/\S+/", str(message.body))
        assert link
        found[message.to[0]] = link[0]
    return found


def test_who_goes_back_and_corrects_the_address_gets_a_mail_there(client: Client):
    given = typed(email="sti@contoh.example")
    client.post(WRITE, given)
    wrong = links()["sti@contoh.example"]
    client.post(WRITE, {**given, "email": "siti@contoh.example"})
    right = links()["siti@contoh.example"]
    assert client.get(wrong).status_code == 410
    assert (client.post(wrong).status_code, Aspiration.objects.count()) == (410, 0)
    client.post(right)
    assert Aspiration.objects.get().sent_by.email == "siti@contoh.example"


def test_who_goes_back_and_writes_more_sends_the_newer_words_once(client: Client):
    given = typed()
    client.post(WRITE, given)
    client.post(WRITE, {**given, "title": "Perbaiki dua jembatan"})
    assert list(links()) == ["siti@contoh.example"]
    client.post(links()["siti@contoh.example"])
    assert [one.title for one in Aspiration.objects.all()] == ["Perbaiki dua jembatan"]


def test_going_back_and_forth_mails_an_address_no_more_than_its_limit(client: Client):
    given = typed()
    for turn in range(6):
        client.post(WRITE, {**given, "title": f"Judul ke-{turn}"})
    assert Request.objects.filter(email="siti@contoh.example").count() == 3


def test_a_second_forwarding_to_somebody_else_is_not_the_second_of_two_clicks():
    officer, aspiration = make_officer(), make_aspiration("received")
    for to, number in (("Dinas PUPR", ""), ("Dinas PUPR", ""), ("Dinas Perhubungan", "881")):
        actions.take_step(aspiration, "forward", by=officer, forwarded_to=to, lapor_number=number)
    aspiration.refresh_from_db()
    assert (aspiration.forwarded_to, aspiration.lapor_number) == ("Dinas Perhubungan", "881")
    assert [one.details for one in Activity.objects.of(aspiration)] == [
        {"to": "Dinas PUPR"},
        {"to": "Dinas Perhubungan", "lapor": "881"},
    ]


def test_what_the_second_of_two_officers_typed_is_still_there(client: Client):
    first, second = make_officer(), make_officer()
    aspiration = make_aspiration("working")
    actions.take_step(aspiration, "answer", by=first, words="Sudah diperbaiki.")
    client.force_login(second)
    address = reverse("office:step_aspiration", args=[aspiration.pk])
    answer = client.post(address, {"step": "answer", "words": "Jembatan selesai hari Senin."})
    aspiration.refresh_from_db()
    assert (answer.status_code, aspiration.answer) == (422, "Sudah diperbaiki.")
    assert "Jembatan selesai hari Senin." in answer.content.decode()


def test_who_is_late_after_it_was_handed_over_reads_where_it_is_now(client: Client):
    first, second = make_officer(), make_officer()
    make_officer("16.07")
    aspiration = make_aspiration("working")
    actions.take_step(aspiration, "hand_over", by=first, office=region("16.07"))
    client.force_login(second)
    address = reverse("office:step_aspiration", args=[aspiration.pk])
    answer = client.post(address, {"step": "work", "words": "Kami survei hari Senin."})
    aspiration.refresh_from_db()
    assert (answer.status_code, aspiration.status) == (403, "forwarded")
    assert "Kami survei hari Senin." in answer.content.decode()


def test_an_officer_is_told_who_reads_the_words_of_a_step(client: Client):
    client.force_login(make_officer())
    page = client.get(reverse("office:aspiration", args=[make_aspiration("working").pk])).context
    steps = {step.name: form["words"].help_text for step, form in page["steps"]}
    assert set(map(str, steps.values())) == {
        str(READ_BY_ALL),
        *(str(WORDS[name][1]) for name in ("answer", "keep_back")),
    }
    assert steps["work"] == steps["forward"] == steps["hand_over"] == READ_BY_ALL


def test_a_manager_who_has_left_decides_no_longer_over_what_the_kim_said():
    community = make_community()
    left = make_member(community, role=Membership.Role.MANAGER)
    aspiration = make_aspiration("answered", author=left, community=community)
    assert {step.name for step in actions.available_steps(aspiration, left)} == {"close", "reopen"}
    Membership.objects.filter(user=left).update(ended_at=timezone.now(), ended_by=left)
    assert actions.available_steps(aspiration, left) == []
    steps = actions.available_steps(aspiration, community.created_by)
    assert {step.name for step in steps} == {"close", "reopen"}


def test_who_left_the_kim_does_not_answer_it_as_an_officer_either():
    community, officer = make_community(), make_officer()
    aspiration = make_aspiration("working", author=officer, community=community)
    assert actions.available_steps(aspiration, officer) == []


def test_the_limits_are_three_and_ten_days_of_the_open_office():
    """Monday to Friday, 08.00 to 16.00 by the clock of the place; a holiday is no working day."""
    desk = region(MUSI_BANYUASIN)
    tuesday = datetime(2026, 11, 3, 10, 30, tzinfo=desk.zone)
    Holiday.objects.create(region=None, day=date(2026, 11, 5), name="Libur")
    found = deadlines(desk, tuesday)
    assert found.receive.astimezone(desk.zone) == datetime(2026, 11, 9, 10, 30, tzinfo=desk.zone)
    assert found.answer.astimezone(desk.zone) == datetime(2026, 11, 18, 10, 30, tzinfo=desk.zone)
    at_night = deadlines(desk, datetime(2026, 11, 6, 22, 0, tzinfo=desk.zone))
    assert at_night.receive.astimezone(desk.zone) == datetime(2026, 11, 11, 16, 0, tzinfo=desk.zone)


def test_it_is_late_once_the_moment_is_past_and_not_before():
    moments = {"just": timedelta(seconds=-1), "soon": timedelta(minutes=1)}
    found = {name: make_aspiration(due_at=timezone.now() + away) for name, away in moments.items()}
    assert (found["just"].is_overdue, found["soon"].is_overdue) == (True, False)
    assert list(Aspiration.objects.overdue()) == [found["just"]]


def test_the_code_of_a_region_that_was_closed_is_read_as_what_followed_it(client: Client):
    make_aspiration("working", title="Di sini", region_id="16.07.01.2001")
    RegionSuccession.objects.create(old_id=MUSI_BANYUASIN, new_id="16.07", decree="uji")
    Region.objects.filter(pk=MUSI_BANYUASIN).update(closed_at=timezone.now())
    found = client.get(reverse("aspirations:list"), {"wilayah": MUSI_BANYUASIN}).context
    assert [one.title for one in found["page_obj"].object_list] == ["Di sini"]
    form = client.get(WRITE, {"wilayah": MUSI_BANYUASIN}).context["form"]
    assert form.initial["region"] == "16.07"
    client.force_login(make_officer("16"))
    found = client.get(reverse("office:aspirations"), {"wilayah": MUSI_BANYUASIN}).context
    assert [one.title for one in found["page_obj"].object_list] == ["Di sini"]


def test_a_visitor_who_wants_to_support_comes_back_to_the_page_after_signing_in(client: Client):
    aspiration = make_aspiration("working")
    page = client.get(aspiration.get_absolute_url()).content.decode()
    assert f'href="{reverse("account_login")}?next={aspiration.get_absolute_url()}"' in page
    assert reverse("aspirations:support", args=[aspiration.pk]) not in page


@pytest.mark.usefixtures("committed_db")
def test_whoever_presses_four_times_at_once_counts_once():
    aspiration, supporter = make_aspiration("working"), make_user()

    def press(_click: int) -> bool:
        try:
            return actions.support(aspiration, by=supporter)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as presses:
        found = list(presses.map(press, range(4)))
    aspiration.refresh_from_db()
    assert (sum(found), aspiration.support_count, aspiration.supports.count()) == (1, 1, 1)


@pytest.mark.usefixtures("committed_db")
def test_of_two_presses_on_the_link_of_a_mail_one_sends(client: Client):
    client.post(WRITE, typed())
    waiting = Request.objects.get()

    def press(_click: int) -> int:
        try:
            return by_email.confirm(waiting).pk  # type: ignore[union-attr]
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as presses:
        found = set(presses.map(press, range(2)))
    assert found == {Aspiration.objects.get().pk}
    assert Activity.objects.filter(verb="aspiration.send").count() == 1


def test_only_an_office_that_may_step_in_later_is_told_so(client: Client):
    aspiration = make_aspiration("forwarded", desk_id=SUMATERA_SELATAN, received_at=None, received_by=None)
    make_officer(SUMATERA_SELATAN)
    offered = {}
    for name, code in (("beneath", MUSI_BANYUASIN), ("above", None)):
        client.force_login(make_officer(code))
        page = client.get(reverse("office:aspiration", args=[aspiration.pk]))
        offered[name] = (page.context["steps"], page.context["may_late"])
    assert offered == {"beneath": ([], False), "above": ([], True)}
