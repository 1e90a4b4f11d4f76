"""What readers and members see of announcements, and what they press."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from announcements import actions
from announcements.models import Announcement, Receipt
from communities.models import Community
from home.reader_region import COOKIE
from tests.factories import (
    LOMBOK_TENGAH,
    MUSI_BANYUASIN,
    TOMAN,
    make_announcement,
    make_community,
    make_member,
    make_officer,
    make_user,
)

pytestmark = pytest.mark.django_db
YESTERDAY = timedelta(days=-1)


def browser(user: User | None = None, region: str | None = None) -> Client:
    client = Client()
    if user:
        client.force_login(user)
    if region is not None:
        client.cookies[COOKIE] = region
    return client


def listed(client: Client, query: str = "") -> list[Announcement]:
    answer = client.get(f"{reverse('announcements:list')}?{query}")
    return list(answer.context["page_obj"].object_list)


def expired(**fields: object) -> Announcement:
    return make_announcement(valid_until=timezone.localdate() + YESTERDAY, **fields)  # type: ignore[arg-type]


@pytest.fixture
def kim() -> Community:
    return make_community()


@pytest.fixture
def member(kim: Community) -> User:
    return make_member(kim)


def test_the_list_holds_what_is_for_everybody_and_what_is_for_ones_communities(member):
    for_members, for_all = make_announcement(), make_announcement(LOMBOK_TENGAH, audience="readers")
    make_announcement(LOMBOK_TENGAH)
    make_announcement(sent=False)
    assert listed(browser()) == [for_all]
    assert listed(browser(make_user())) == [for_all]
    assert listed(browser(member)) == [for_all, for_members]


def test_what_has_expired_or_was_withdrawn_is_in_the_archive(member):
    over, withdrawn = expired(), make_announcement()
    actions.withdraw(withdrawn, by=withdrawn.sent_by, reason="Keliru.")
    assert listed(browser(member)) == []
    assert listed(browser(member), "arsip=1") == [withdrawn, over]


def test_the_last_day_counts():
    make_announcement(audience="readers", valid_until=timezone.localdate())
    assert len(listed(browser())) == 1


def test_opening_it_is_not_confirming(member):
    announcement = make_announcement()
    answer = browser(member).get(announcement.get_absolute_url())
    assert (answer.status_code, answer.context["may_confirm"], answer.context["receipt"]) == (200, True, None)
    assert Receipt.objects.count() == 0


def test_pressing_sudah_dibaca_confirms_it_once(member):
    announcement = make_announcement()
    client = browser(member)
    for _click in range(2):
        answer = client.post(reverse("announcements:confirm", args=[announcement.pk]))
        assert answer.url == announcement.get_absolute_url()
    assert [receipt.user for receipt in Receipt.objects.all()] == [member]
    assert client.get(announcement.get_absolute_url()).context["receipt"].user == member


def test_an_officer_who_only_oversees_it_confirms_nothing(kim):
    announcement = make_announcement()
    browser(make_officer("16")).post(reverse("announcements:confirm", args=[announcement.pk]))
    assert Receipt.objects.count() == 0


def test_nothing_can_be_done_with_one_that_is_over(member):
    announcement = expired()
    client = browser(member)
    answer = client.get(announcement.get_absolute_url())
    assert (answer.context["may_confirm"], answer.context["communities"]) == (False, [])
    client.post(reverse("announcements:confirm", args=[announcement.pk]))
    assert Receipt.objects.count() == 0


def test_a_withdrawn_one_says_why(member):
    announcement = make_announcement(title="Jadwal keliru")
    actions.withdraw(announcement, by=announcement.sent_by, reason="Tanggalnya keliru.")
    said = browser(member).get(announcement.get_absolute_url()).content.decode()
    assert "Tanggalnya keliru." in said


def test_the_words_of_a_withdrawn_one_are_for_the_offices_alone(member):
    """What names somebody, or tells the wrong day, is not to be read on after it was called back."""
    announcement = attached(audience="readers", text="<p>Daftar penerima: Bu Siti.</p>")
    people = {"visitor": Client(), "member": browser(member), "officer": browser(make_officer())}

    def found() -> dict[str, tuple[bool, int]]:
        return {
            name: ("Bu Siti" in client.get(announcement.get_absolute_url()).content.decode(),
                   look(client, announcement)[0])
            for name, client in people.items()
        }  # fmt: skip

    assert found() == dict.fromkeys(people, (True, 200))
    actions.withdraw(announcement, by=announcement.sent_by, reason="Memuat nama orang.")
    assert found() == {"visitor": (False, 404), "member": (False, 404), "officer": (True, 200)}
    assert "Memuat nama orang." in Client().get(announcement.get_absolute_url()).content.decode()


def test_a_draft_has_no_page_for_readers():
    officer = make_officer()
    draft = make_announcement(sent=False, by=officer)
    assert browser(officer).get(draft.get_absolute_url()).status_code == 404


def attached(**fields: object) -> Announcement:
    return make_announcement(
        attachment=ContentFile(b"%PDF-1.4 surat", name="surat.pdf"),
        attachment_name="surat.pdf",
        attachment_type="application/pdf",
        **fields,  # type: ignore[arg-type]
    )


def look(client: Client, announcement: Announcement) -> tuple[int, bytes]:
    answer = client.get(reverse("announcements:attachment", args=[announcement.pk]))
    content = answer.getvalue()
    return answer.status_code, content if answer.status_code == 200 else b""


def test_the_attachment_is_for_whom_the_announcement_is(member):
    announcement = attached()
    assert look(browser(member), announcement) == (200, b"%PDF-1.4 surat")
    for stranger in (browser(), browser(make_user()), browser(make_officer(LOMBOK_TENGAH))):
        assert look(stranger, announcement) == (404, b"")
    assert look(browser(), attached(audience="readers")) == (200, b"%PDF-1.4 surat")


def test_the_attachment_of_a_draft_is_for_its_office(member):
    draft = attached(sent=False)
    assert look(browser(make_officer()), draft)[0] == 200
    assert look(browser(make_officer("16")), draft)[0] == 404
    assert look(browser(member), draft)[0] == 404


def test_an_attachment_runs_nothing_and_stays_in_no_cache(member):
    address = reverse("announcements:attachment", args=[attached().pk])
    answer = browser(member).get(address)
    answer.getvalue()
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "private, no-store"


def test_without_an_attachment_there_is_none():
    assert look(browser(), make_announcement(audience="readers"))[0] == 404


def strip(client: Client) -> list[str]:
    content = client.get(reverse("home:front")).content.decode()
    return [each.title for each in Announcement.objects.all() if each.get_absolute_url() in content]


def test_the_front_page_shows_what_concerns_the_readers_region():
    make_announcement(audience="readers", title="di sini")
    make_announcement(None, audience="readers", title="di mana-mana")
    make_announcement(LOMBOK_TENGAH, audience="readers", title="di sana")
    make_announcement(title="untuk anggota")
    assert strip(browser(region=TOMAN)) == ["di sini", "di mana-mana"]
    assert strip(browser(region="")) == ["di mana-mana"]


def test_a_member_sees_there_what_is_not_confirmed_yet(member):
    announcement = make_announcement(title="untuk anggota")
    expired(title="lewat")
    assert strip(browser(member)) == ["untuk anggota"]
    assert strip(browser(make_user())) == []
    actions.confirm_reading(announcement, by=member)
    assert strip(browser(member)) == []


def test_what_was_put_right_makes_room_for_its_correction(member):
    old = make_announcement(title="keliru")
    make_announcement(title="ralat", corrects=old)
    assert strip(browser(member)) == ["ralat"]


def test_it_asks_once_on_the_front_page_and_little_on_its_own(member):
    def asked(client: Client, address: str, word: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return sum(word in query["sql"] for query in queries.captured_queries)

    client = browser(member)
    for address in (reverse("home:front"), reverse("communities:mine"), reverse("articles:mine")):
        assert asked(client, address, 'FROM "announcements_announcement"') == 1
    few = make_announcement()
    one = [
        asked(client, address, "SELECT")
        for address in (reverse("announcements:list"), few.get_absolute_url())
    ]
    for _each in range(12):
        make_announcement()
        make_member(make_community(), user=member)
    assert one == [
        asked(client, address, "SELECT")
        for address in (reverse("announcements:list"), few.get_absolute_url())
    ]
    assert max(one) <= 15


def test_the_sitemap_names_what_is_public_and_holds():
    public = make_announcement(audience="readers")
    make_announcement()
    expired(audience="readers")
    found = browser().get(reverse("home:sitemap_section", args=["siaran"])).content.decode()
    assert found.count("<loc>") == 1
    assert public.get_absolute_url() in found


def test_a_person_takes_along_what_they_confirmed_and_takes_it_away(member):
    from announcements import personal_data

    announcement = make_announcement(title="Imunisasi")
    actions.confirm_reading(announcement, by=member)
    kept = personal_data.export(member)["announcements"]
    assert [(row["title"], row["what"]) for row in kept] == [("Imunisasi", "read")]
    personal_data.erase(member)
    assert Receipt.objects.count() == 0


def test_the_office_of_a_region_is_found_by_its_code_only():
    make_announcement("16.07", audience="readers")
    assert strip(browser(region=MUSI_BANYUASIN)) == []
