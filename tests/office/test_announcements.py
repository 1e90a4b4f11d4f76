"""The office's pages of announcements: write, preview, send, watch, take along."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any
from uuid import uuid4

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from activity.models import Activity
from announcements import actions
from announcements.models import Announcement
from announcements.verbs import SEND
from notifications import fanout
from notifications.announcing import recipients
from tests.factories import (
    LOMBOK_TENGAH,
    MUSI_BANYUASIN,
    SUMATERA_SELATAN,
    TOMAN,
    make_announcement,
    make_community,
    make_member,
    make_officer,
    region,
)

pytestmark = pytest.mark.django_db
SEKAYU = "16.06.01.1011"


@pytest.fixture(autouse=True)
def _one_factor(settings: Any) -> None:
    settings.OFFICE_REQUIRES_MFA = False


@pytest.fixture
def officer() -> User:
    return make_officer()


@pytest.fixture
def desk(officer: User) -> Client:
    return browser(officer)


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(announcement: Announcement, name: str = "announcement") -> str:
    return reverse(f"office:{name}", args=[announcement.pk])


def typed(**changes: Any) -> dict[str, Any]:
    return {
        "form_key": str(uuid4()),
        "title": "  Imunisasi   serentak ",
        "text": "<p>Bawa buku KIA.</p><script>alert(1)</script>",
        "valid_until": (timezone.localdate() + timedelta(days=9)).isoformat(),
        "audience": "communities",
        **changes,
    }


def write(client: Client, code: str = MUSI_BANYUASIN, **changes: Any) -> Any:
    return client.post(reverse("office:write_announcement", args=[code]), typed(**changes))


def test_a_draft_is_saved_as_it_was_meant(desk, officer):
    answer = write(desk, kinds=["kim"], regions=["16.06.01", "16.06.06"])
    draft = Announcement.objects.get()
    assert answer.url == page(draft)
    assert (draft.title, draft.text) == ("Imunisasi serentak", "<p>Bawa buku KIA.</p>")
    assert (draft.kinds, draft.places) == (["kim"], ["16.06.01", "16.06.06"])
    assert (draft.region_id, draft.created_by, draft.sent_at) == (MUSI_BANYUASIN, officer, None)
    assert draft.source
    assert Activity.objects.count() == 0


def test_without_chosen_regions_it_goes_to_all_beneath(desk):
    write(desk)
    assert Announcement.objects.get().places == [MUSI_BANYUASIN]
    write(browser(make_officer(None)), "nasional")
    assert Announcement.objects.latest("pk").places == [""]


def test_a_deeper_region_is_chosen_by_its_name(desk):
    write(desk, regions=["16.06.01"], another_region_text="Toman, Babat Toman, Musi Banyuasin")
    draft = Announcement.objects.get()
    assert draft.places == ["16.06.01", TOMAN]
    write(desk)
    answer = desk.post(
        page(draft, "edit_announcement"), typed(regions=["16.06.06", TOMAN], form_key=str(draft.form_key))
    )
    assert answer.status_code == 302
    draft.refresh_from_db()
    assert draft.places == ["16.06.06"]


def test_a_draft_is_opened_as_it_was_typed(desk):
    def shown(text: str) -> str:
        draft = make_announcement(sent=False, text=text)
        return desk.get(page(draft, "edit_announcement")).context["form"]["text"].value()

    assert shown("<p>Satu &amp; dua.</p><p>Tiga<br>empat.</p>") == "Satu & dua.\n\nTiga\nempat."
    assert shown("<p>Satu.</p><ul><li>dua</li></ul>") == "<p>Satu.</p><ul><li>dua</li></ul>"


def test_a_region_outside_is_not_offered(desk):
    assert write(desk, regions=["16.07"]).status_code == 422
    assert write(desk, another_region_text=LOMBOK_TENGAH).status_code == 422
    assert Announcement.objects.count() == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"title": " "},
        {"text": "<p> </p>"},
        {"valid_until": "2020-01-01"},
        {"audience": "semua"},
        {"audience": "readers", "kinds": ["kim"]},
        {"kinds": ["partai"]},
    ],
)
def test_what_makes_no_sense_is_said_and_nothing_is_kept(desk, changes):
    assert write(desk, **changes).status_code == 422
    assert Announcement.objects.count() == 0


def test_a_second_click_finds_the_first_ones_draft(desk):
    key = str(uuid4())
    assert write(desk, form_key=key).url == write(desk, form_key=key).url
    assert Announcement.objects.count() == 1


def test_an_attachment_is_kept_replaced_and_taken_off(desk):
    def pdf(name: str) -> SimpleUploadedFile:
        return SimpleUploadedFile(name, b"%PDF-1.4 surat", "application/pdf")

    write(desk, file=pdf("surat.pdf"))
    draft = Announcement.objects.get()
    first = draft.attachment.name
    edit = page(draft, "edit_announcement")
    desk.post(edit, typed())
    draft.refresh_from_db()
    assert (draft.attachment.name, draft.attachment_name) == (first, "surat.pdf")
    desk.post(edit, typed(file=pdf("poster.pdf")))
    draft.refresh_from_db()
    assert (draft.attachment_name, draft.attachment_type) == ("poster.pdf", "application/pdf")
    desk.post(edit, typed(remove_file="on"))
    draft.refresh_from_db()
    assert (draft.attachment.name, draft.attachment_name) == ("", "")


def test_what_is_no_document_is_refused(desk):
    page_of_text = SimpleUploadedFile("surat.pdf", b"<html>", "application/pdf")
    assert write(desk, file=page_of_text).status_code == 422


def test_the_preview_says_how_many_will_be_told(desk):
    kim = make_community()
    make_member(kim)
    draft = make_announcement(sent=False)
    answer = desk.get(page(draft))
    assert (answer.context["people"], answer.context["communities"]) == (2, 1)


def test_one_click_sends_it_and_a_second_does_nothing(desk):
    make_community()
    draft = make_announcement(sent=False)
    for _click in range(2):
        assert desk.post(page(draft, "send_announcement")).url == page(draft)
    draft.refresh_from_db()
    assert (draft.people, draft.communities, draft.is_sent) == (1, 1, True)
    assert Activity.objects.filter(verb=SEND).count() == 1


def test_opening_the_address_of_sending_sends_nothing(desk):
    draft = make_announcement(sent=False)
    assert desk.get(page(draft, "send_announcement")).status_code == 405


def test_one_that_reaches_nobody_stays_a_draft(desk):
    draft = make_announcement(sent=False)
    desk.post(page(draft, "send_announcement"))
    draft.refresh_from_db()
    assert not draft.is_sent


@pytest.mark.parametrize("role", [Role.VERIFIER, Role.VIEWER])
def test_other_roles_read_and_do_not_write(role):
    client = browser(make_officer(role=role))
    sent = make_announcement()
    assert client.get(page(sent)).status_code == 200
    assert client.get(reverse("office:write_announcement", args=[MUSI_BANYUASIN])).status_code == 403
    assert client.post(page(sent, "withdraw_announcement"), {"reason": "Salah."}).status_code == 403
    assert client.get(page(make_announcement(sent=False))).status_code == 404


@pytest.mark.parametrize("code", [SUMATERA_SELATAN, None])
def test_the_levels_above_oversee_and_do_not_speak_for_it(code):
    client = browser(make_officer(code, role=Role.HEAD))
    sent = make_announcement()
    assert client.get(page(sent)).status_code == 200
    assert client.post(page(sent, "withdraw_announcement"), {"reason": "Salah."}).status_code == 403
    assert client.get(page(make_announcement(sent=False))).status_code == 404


def test_an_office_elsewhere_does_not_see_it():
    client = browser(make_officer(LOMBOK_TENGAH))
    sent = make_announcement()
    for name in ("announcement", "announcement_communities", "edit_announcement"):
        assert client.get(page(sent, name)).status_code == 404
    assert client.get(reverse("office:announcements")).context["page_obj"].object_list == []


def test_an_office_beneath_sees_its_own_part_of_what_comes_from_above(desk):
    make_community()
    make_community(village="52.02.02.2010")
    sent = make_announcement(None, people=2, communities=2)
    answer = desk.get(page(sent))
    assert answer.context["area"] == region(MUSI_BANYUASIN)
    assert answer.context["total"].communities == 1
    assert not answer.context["may_announce"]
    assert desk.get(f"{page(sent)}?wilayah=52").status_code == 404
    assert desk.get(f"{page(sent)}?wilayah=16").status_code == 404
    assert desk.get(f"{page(sent)}?wilayah=16.06.06").status_code == 200


@pytest.mark.parametrize("code", ["", "x", "16.06.99", "../", "16.06.06.2008"])
def test_any_region_in_the_address_has_an_answer(desk, code):
    make_community()
    assert desk.get(f"{page(make_announcement())}?wilayah={code}").status_code in (200, 404)


def test_withdrawing_says_why_on_its_page(desk, officer):
    sent = make_announcement()
    desk.post(page(sent, "withdraw_announcement"), {"reason": "Tanggalnya keliru."})
    sent.refresh_from_db()
    assert (sent.withdrawal_reason, sent.withdrawn_by) == ("Tanggalnya keliru.", officer)


def test_a_correction_names_the_one_before_and_is_named_on_its_page(desk):
    make_community()
    old = make_announcement(title="Senin", kinds=["kim"], places=["16.06.06"])
    address = f"{reverse('office:write_announcement', args=[MUSI_BANYUASIN])}?ralat={old.pk}"
    form = desk.get(address).context["form"]
    assert (form["title"].value(), form["regions"].value()) == ("Senin", ["16.06.06"])
    desk.post(address, typed(title="Selasa"))
    new = Announcement.objects.latest("pk")
    assert new.corrects == old
    assert desk.get(page(old)).context["correction"] is None
    desk.post(page(new, "send_announcement"))
    assert desk.get(page(old)).context["correction"] == new


def test_that_of_another_office_is_not_corrected(desk):
    other = make_announcement(SUMATERA_SELATAN)
    desk.post(f"{reverse('office:write_announcement', args=[MUSI_BANYUASIN])}?ralat={other.pk}", typed())
    assert Announcement.objects.latest("pk").corrects is None


def test_the_page_shows_how_far_the_telling_is(desk, officer):
    kim = make_community()
    for _number in range(3):
        make_member(kim)
    draft = make_announcement(sent=False, by=officer)
    actions.send(draft, by=officer, people=recipients(draft, by=officer).count())
    sending = Activity.objects.get(verb=SEND)
    assert fanout._next_window(sending.pk, 1)
    progress = desk.get(page(draft)).context["progress"]
    assert (progress.told, progress.total, progress.percent, progress.is_done) == (1, 4, 25, False)
    assert 'http-equiv="refresh"' in desk.get(page(draft)).content.decode()
    fanout.fan_out(sending.pk)
    progress = desk.get(page(draft)).context["progress"]
    assert (progress.told, progress.percent, progress.is_done) == (4, 100, True)
    assert 'http-equiv="refresh"' not in desk.get(page(draft)).content.decode()


def rows_of(client: Client, announcement: Announcement, ending: str, query: str = "") -> list[list[Any]]:
    address = reverse("office:announcement_file", args=[announcement.pk, ending])
    answer = client.get(f"{address}?{query}")
    content = answer.getvalue()
    if ending == "csv":
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    return [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_rows_are_taken_along_and_that_is_noted(desk, officer, ending):
    kim = make_community(name="=KIM Rumus")
    make_community(name="KIM Sekayu", village=SEKAYU)
    sent = make_announcement()
    actions.confirm_reading(sent, by=kim.created_by)
    head, *rows = rows_of(desk, sent, ending)
    assert [(row[0], str(row[-3]), str(row[-2] or 0)) for row in rows] == [
        ("KIM Sekayu", "1", "0"), ("'=KIM Rumus", "1", "1"),
    ]  # fmt: skip
    assert len(head) == len(rows[0])
    _head, *unread = rows_of(desk, sent, ending, "belum=1")
    assert [row[0] for row in unread] == ["KIM Sekayu"]
    noted = Activity.objects.filter(verb="export.make", actor=officer)
    assert [each.details["as"] for each in noted] == [ending] * 2


def test_the_rows_of_one_region(desk):
    make_community(name="KIM Toman")
    make_community(name="KIM Sekayu", village=SEKAYU)
    sent = make_announcement()
    answer = desk.get(f"{page(sent, 'announcement_communities')}?wilayah={TOMAN[:8]}&belum=1")
    assert [each.name for each in answer.context["page_obj"]] == ["KIM Toman"]


def test_pages_ask_as_much_for_thirty_as_for_one(desk, officer):
    def grow(number: int) -> None:
        for _each in range(number):
            kim = make_community(village=SEKAYU)
            make_announcement(by=officer)
            actions.confirm_reading(sent, by=kim.created_by)

    def asked() -> list[int]:
        numbers = []
        for address in (reverse("office:announcements"), page(sent), page(sent, "announcement_communities")):
            with CaptureQueriesContext(connection) as queries:
                assert desk.get(address).status_code == 200
            numbers.append(len(queries))
        return numbers

    sent = make_announcement()
    grow(1)
    few = asked()
    grow(12)
    assert asked() == few
    assert max(few) <= 15
