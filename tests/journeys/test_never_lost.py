"""Writing on a bad line: a killed tab, an answer that never came, two devices."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import gettext
from playwright.sync_api import Route, expect

from articles.models import Article, Photo
from moderation.states import Status
from tests.factories import make_article, make_community, make_user
from tests.journeys.conftest import Portal
from tests.journeys.on_device import kept, kill_tab, wait_until_kept
from tests.journeys.papers import photo
from tests.journeys.person import LAPTOP, PHONE, Person
from tests.journeys.steps import sign_in

pytestmark = pytest.mark.browser
WORDS = {
    "title": "Warga Toman membersihkan sungai",
    "lead": "Puluhan warga bergotong royong.",
    "body": "Kegiatan dimulai pukul tujuh.",
}
PHOTO = {"foto-baru-0-caption": "Warga di sungai.", "foto-baru-0-credit": "Siti"}


@pytest.fixture
def writer(portal: Portal) -> Person:
    bahar = make_user("Bahar Udin")
    make_community(applicant=bahar, name="KIM Surya Toman")
    person = portal.person("penulis", PHONE)
    sign_in(person, bahar.email)
    return person


def _write(person: Person, folder: Path) -> None:
    person.open("/berita/tulis/")
    person.fill(**WORDS, category="environment", dateline="TOMAN")
    person.attach("foto-baru-0-file", photo(folder))
    person.fill(**PHOTO)


def test_a_killed_tab_is_restored_with_its_photo_and_sent(writer: Person, tmp_path: Path):
    _write(writer, tmp_path)
    wait_until_kept(writer.page, **WORDS, **PHOTO, photos=1)
    kill_tab(writer)

    writer.open("/berita/saya/")
    writer.sees(WORDS["title"])
    writer.open("/berita/tulis/")
    writer.page.locator("[data-restore]").click()
    values = {name: writer.page.locator(f"main [name={name}]").input_value() for name in WORDS}
    assert values == WORDS
    expect(writer.page.locator("[data-photo=foto-baru-0] canvas")).to_be_visible()
    writer.press("Send for review")

    article = Article.objects.get()
    assert (article.status, article.photos.count()) == (Status.SUBMITTED, 1)
    assert kept(writer.page) == []


def test_when_every_first_answer_is_lost_there_is_one_article(writer: Person, tmp_path: Path):
    lost: list[int] = []
    wire = writer.page.context.new_cdp_session(writer.page)

    def lose_first_answer(answer: dict[str, Any]) -> None:
        """The portal has it all; the answer never comes."""
        if answer["request"]["method"] == "POST" and not lost:
            lost.append(answer["responseStatusCode"])
            wire.send(
                "Fetch.failRequest", {"requestId": answer["requestId"], "errorReason": "ConnectionReset"}
            )
        else:
            wire.send("Fetch.continueRequest", {"requestId": answer["requestId"]})

    wire.on("Fetch.requestPaused", lose_first_answer)
    _write(writer, tmp_path)
    wire.send("Fetch.enable", {"patterns": [{"urlPattern": "*/berita/tulis/", "requestStage": "Response"}]})
    writer.page.get_by_role("button", name=gettext("Send for review")).click()
    expect(writer.page).to_have_url(re.compile("/warga-toman"), timeout=20_000)

    article = Article.objects.get()
    assert (lost, article.status, Photo.objects.count()) == ([200], Status.SUBMITTED, 1)
    # The browser itself says in its console that an answer was lost; nothing else may be wrong.
    assert [each for each in writer.complaints if "ERR_CONNECTION_RESET" not in each] == []
    writer.complaints.clear()


def test_what_is_typed_while_it_is_sent_arrives_too(writer: Person):
    writer.open("/berita/tulis/")
    writer.fill(**WORDS)
    held: list[Route] = []
    writer.page.route("**/berita/tulis/", lambda route: held.append(route), times=1)  # noqa: PLW0108 - Playwright counts its arguments
    writer.page.get_by_role("button", name=gettext("Save as draft")).click()
    expect(writer.page.locator("[data-state]")).to_have_text(gettext("Sending…"))
    writer.fill(title="Warga Toman membersihkan pasar")
    held[0].continue_()
    expect(writer.page).to_have_url(re.compile("/warga-toman"), timeout=20_000)
    assert Article.objects.get().title == "Warga Toman membersihkan pasar"


def test_two_tabs_of_one_draft_keep_their_own_words_on_the_device(portal: Portal):
    article = make_article(Status.DRAFT, title="Judul lama")
    person = portal.person("penulis", PHONE)
    sign_in(person, article.created_by.email)
    url = f"{article.get_absolute_url()}ubah/"
    tabs = [person.page, person.page.context.new_page()]
    for tab, title in zip(tabs, ("Dari tab pertama", "Dari tab kedua"), strict=True):
        tab.goto(f"{portal.url}{url}")
        tab.locator("[name=title]").fill(title)
        wait_until_kept(tab, title=title)
    tabs[1].close()
    person.open(url)
    person.sees("Dari tab pertama", "Dari tab kedua")


def test_a_device_without_room_does_not_say_that_it_keeps_the_words(writer: Person):
    writer.page.add_init_script(
        "IDBObjectStore.prototype.put = () => { throw new DOMException('', 'QuotaExceededError'); }"
    )
    writer.open("/berita/tulis/")
    writer.fill(**WORDS)
    writer.sees(gettext("This device has no room to keep it: save it as a draft before you close this page."))


def test_what_is_discarded_leaves_no_photo_on_the_device(writer: Person, tmp_path: Path):
    _write(writer, tmp_path)
    wait_until_kept(writer.page, **WORDS, **PHOTO, photos=1)
    writer.open("/berita/saya/")
    writer.page.locator("[data-waiting] [data-drop]").click()
    expect(writer.page.locator("[data-waiting]")).to_be_hidden()
    assert kept(writer.page, "photos") == []


def test_two_devices_see_both_texts_and_choose(portal: Portal):
    article = make_article(Status.DRAFT, title="Judul lama")
    owner = article.created_by
    phone, laptop = portal.person("ponsel", PHONE), portal.person("laptop", LAPTOP)
    for person in (phone, laptop):
        sign_in(person, owner.email)
        person.open(f"{article.get_absolute_url()}ubah/")
    phone.fill(title="Dari ponsel")
    phone.press("Save as draft")
    laptop.fill(title="Dari laptop")
    laptop.press("Save as draft")

    laptop.sees("Dari ponsel", "Dari laptop")
    article.refresh_from_db()
    assert article.title == "Dari ponsel"
    laptop.page.locator("[name=ambil-title][value=sana]").check()
    laptop.press("Save what I chose")
    article.refresh_from_db()
    expect(laptop.page).to_have_url(f"{portal.url}{article.get_absolute_url()}")
    assert article.title == "Dari ponsel"


def test_hints_come_and_go_while_one_writes(writer: Person):
    writer.open("/berita/tulis/")
    hints = writer.page.locator("[data-hints] li:visible")
    assert hints.count() == 0
    writer.fill(title="SISWA SDN 3 TOMAN MENANG LOMBA", body="Hubungi 0812-3456-7890.")
    expect(hints).to_have_count(3)
    writer.fill(title="Warga Toman menang lomba", body="Hubungi panitia.")
    expect(hints).to_have_count(0)
