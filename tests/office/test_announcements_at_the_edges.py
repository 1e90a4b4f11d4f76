"""Two officers at one draft, two offices of one officer, regions that moved: announcements at their edges."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Posting, User
from accounts.roles import Role
from announcements.models import Announcement
from office import announcements
from tests.factories import (
    MUSI_BANYUASIN,
    SUMATERA_SELATAN,
    make_announcement,
    make_community,
    make_officer,
)
from tests.office.test_announcements import browser, page

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _one_factor(settings: Any) -> None:
    settings.OFFICE_REQUIRES_MFA = False


@pytest.fixture
def officer() -> User:
    return make_officer()


@pytest.fixture
def desk(officer: User) -> Client:
    return browser(officer)


def test_odd_bytes_in_a_reason_are_no_reason_to_fall(desk, officer):
    announcement = make_announcement(by=officer)
    answers = [
        desk.post(page(announcement, "withdraw_announcement"), {"reason": r}).status_code
        for r in ("\x00", "Salah\x00 tanggal")
    ]
    announcement.refresh_from_db()
    assert (answers, announcement.withdrawal_reason) == ([302, 302], "Salah tanggal")


def test_an_office_whose_region_went_elsewhere_still_sees_what_it_was_told():
    """A decree moved the place under another regency; the office that announced it stayed where it was."""
    there = browser(make_officer("16.07"))
    announcement = make_announcement(places=["16.06.06", "16.07.01"])
    for name in ("announcement", "announcement_communities"):
        assert there.get(page(announcement, name)).status_code == 200


def test_who_works_in_two_offices_beneath_sees_the_part_of_each():
    officer = make_officer()
    Posting.objects.create(user=officer, region_id="16.07", role=Role.OFFICER)
    announcement, there = make_announcement(SUMATERA_SELATAN), browser(officer)
    codes = {
        code: there.get(f"{page(announcement)}?wilayah={code}").status_code
        for code in ("16.06", "16.07", "16.08", "16")
    }
    assert codes == {"16.06": 200, "16.07": 200, "16.08": 404, "16": 404}


@pytest.mark.parametrize("code", [MUSI_BANYUASIN, SUMATERA_SELATAN, None])
def test_the_button_for_a_correction_leads_to_its_form(code):
    officer = make_officer(code)
    announcement, there = make_announcement(code, by=officer), browser(officer)
    found = re.search(r'href="(\S+\?ralat=\d+)"', there.get(page(announcement)).content.decode())
    assert found
    assert there.get(found[1]).context["announcement"].corrects == announcement


def form_of(client: Client, draft: Announcement, **changes: Any) -> dict[str, Any]:
    """What a browser sends that has opened the draft and changed something."""
    form = client.get(page(draft, "edit_announcement")).context["form"]
    given = {name: form[name].value() for name in ("form_key", "seen", "title", "text", "audience")}
    return {**given, "valid_until": draft.valid_until.isoformat(), **changes}


def test_of_two_officers_who_change_a_draft_none_writes_over_the_other_unseen(desk, officer):
    draft, other = make_announcement(by=officer, sent=False), browser(make_officer())
    mine = form_of(desk, draft, title="Jadwal baru")
    theirs = form_of(other, draft, text="Bawa juga kartu keluarga.")
    address = page(draft, "edit_announcement")
    assert [desk.post(address, mine).status_code for _click in range(2)] == [302, 302]
    refused = other.post(address, theirs)
    draft.refresh_from_db()
    assert (refused.status_code, draft.title) == (422, "Jadwal baru")
    assert "Bawa juga kartu keluarga." in refused.content.decode()
    again = {**theirs, "seen": refused.context["form"]["seen"].value()}
    assert other.post(address, again).status_code == 302
    draft.refresh_from_db()
    assert "kartu keluarga" in draft.text


def test_what_is_sent_is_what_was_looked_at(desk, officer):
    make_community()
    draft = make_announcement(by=officer, sent=False)
    seen = re.search(r'name="seen" value="(\w{32})"', desk.get(page(draft)).content.decode())
    assert seen
    Announcement.objects.filter(pk=draft.pk).update(text="<p>Diubah rekan.</p>")
    desk.post(page(draft, "send_announcement"), {"seen": seen[1]})
    draft.refresh_from_db()
    assert draft.sent_at is None
    seen = re.search(r'name="seen" value="(\w{32})"', desk.get(page(draft)).content.decode())
    assert seen
    desk.post(page(draft, "send_announcement"), {"seen": seen[1]})
    draft.refresh_from_db()
    assert draft.sent_at is not None


@pytest.mark.parametrize(
    ("name", "data"),
    [("discard_announcement", {}), ("send_announcement", {}), ("edit_announcement", {"title": "Baru"})],
)
def test_a_draft_that_a_colleague_has_just_thrown_away_is_said_to_be_gone(
    desk, officer, monkeypatch, name, data
):
    """Between finding it and locking it, somebody else was faster."""
    draft = make_announcement(by=officer, sent=False)
    given = {**form_of(desk, draft), **data} if name == "edit_announcement" else data
    found = announcements.find

    def find_and_lose(*args: Any) -> Announcement:
        one = found(*args)
        Announcement.objects.filter(pk=one.pk).delete()
        return one

    monkeypatch.setattr(announcements, "find", find_and_lose)
    answer = desk.post(page(draft, name), given)
    assert (answer.status_code, answer["Location"]) == (302, reverse("office:announcements"))
