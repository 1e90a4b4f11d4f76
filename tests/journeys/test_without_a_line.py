"""The composer where there is no line: it opens, holds what was written, and sends when there is one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils.translation import gettext
from playwright.sync_api import Page, expect

from articles.models import Article
from moderation.states import Status
from tests.factories import make_article, make_community, make_user
from tests.journeys.conftest import Portal
from tests.journeys.papers import photo
from tests.journeys.person import PHONE, Person
from tests.journeys.steps import sign_in

pytestmark = pytest.mark.browser
WORDS = {
    "title": "Warga Toman membersihkan sungai",
    "lead": "Puluhan warga bergotong royong.",
    "body": "Kegiatan dimulai pukul tujuh.",
}
COMPOSE = reverse("articles:compose")
KEPT_PAGES = """async () => {
  const names = (await caches.keys()).filter(name => name.startsWith("tulisan-"));
  const keys = await Promise.all(names.map(async name => (await (await caches.open(name)).keys()).length));
  return Object.fromEntries(names.map((name, n) => [name, keys[n]]));
}"""
KEPT_FILES = """async () => (await (await caches.open("berkas-tulisan")).keys()).length"""
# What a browser itself says in its console when nothing comes through.
NO_LINE = re.compile(
    r"ERR_(?:INTERNET_DISCONNECTED|FAILED|CONNECTION_\w+)|An unknown error occurred when fetching"
)


@pytest.fixture
def writer(portal: Portal) -> Person:
    bahar = make_user("Bahar Udin")
    make_community(applicant=bahar, name="KIM Surya Toman")
    person = portal.person("penulis", PHONE)
    sign_in(person, bahar.email)
    return person


def _open_until_kept(person: Person, address: str = COMPOSE) -> None:
    """Once with a line; the page and its files are then on the device."""
    person.open(address)
    person.page.wait_for_function("() => navigator.serviceWorker.controller")
    person.page.wait_for_function(
        f"async () => await caches.match(location.pathname) && await ({KEPT_FILES})() > 4"
    )


def _cut(person: Person, *, off: bool = True) -> None:
    person.page.context.set_offline(off)


def _kill_tab(person: Person) -> None:
    page: Page = person.page.context.new_page()
    person.page.close(run_before_unload=False)
    person.page = page


def _forgive(person: Person) -> None:
    person.complaints[:] = [each for each in person.complaints if not NO_LINE.search(each)]


def test_a_killed_tab_opens_again_without_a_line_and_everything_is_there(writer: Person, tmp_path: Path):
    _open_until_kept(writer)
    writer.fill(**WORDS, category="environment", dateline="TOMAN")
    writer.attach("foto-baru-0-file", photo(tmp_path))
    writer.fill(**{"foto-baru-0-caption": "Warga di sungai.", "foto-baru-0-credit": "Siti"})
    writer.page.wait_for_timeout(2000)
    _cut(writer)
    _kill_tab(writer)

    writer.open(COMPOSE)
    writer.page.locator("[data-restore]").click()
    values = {name: writer.page.locator(f"main [name={name}]").input_value() for name in WORDS}
    assert values == WORDS
    writer.page.get_by_role("button", name=gettext("Send for review")).click()
    writer.page.wait_for_timeout(1000)
    assert Article.objects.count() == 0
    _cut(writer, off=False)
    expect(writer.page).to_have_url(re.compile("/warga-toman"), timeout=40_000)

    article = Article.objects.get()
    assert (article.status, article.title, article.photos.count()) == (Status.SUBMITTED, WORDS["title"], 1)
    _forgive(writer)


def test_two_drafts_begun_on_the_same_kept_page_are_two_articles(writer: Person):
    _open_until_kept(writer)
    _cut(writer)
    for title in ("Tulisan pertama", "Tulisan kedua"):
        _kill_tab(writer)
        writer.open(COMPOSE)
        writer.fill(title=title)
        writer.page.wait_for_timeout(1500)
    _kill_tab(writer)
    writer.open(COMPOSE)
    writer.sees("Tulisan pertama", "Tulisan kedua")
    _forgive(writer)


def test_what_was_safe_on_the_portal_is_there_without_a_line(portal: Portal):
    article = make_article(Status.DRAFT, title="Judul lama")
    edit = f"{article.get_absolute_url()}ubah/"
    writer = portal.person("penulis", PHONE)
    sign_in(writer, article.created_by.email)
    _open_until_kept(writer, edit)
    writer.fill(title="Judul baru")
    writer.page.wait_for_timeout(1500)
    writer.page.evaluate("() => dispatchEvent(new Event('online'))")
    expect(writer.page.locator("[data-state]")).to_have_text(gettext("Saved on the portal as a draft."))
    _cut(writer)
    _kill_tab(writer)

    writer.open(edit)
    expect(writer.page.locator("main [name=title]")).to_have_value("Judul baru")
    _forgive(writer)


def test_what_waits_is_counted_everywhere_and_sent_from_any_page(writer: Person):
    _open_until_kept(writer)
    writer.fill(**WORDS, category="environment", dateline="TOMAN")
    _cut(writer)
    writer.page.get_by_role("button", name=gettext("Send for review")).click()
    writer.page.wait_for_timeout(1000)
    _cut(writer, off=False)
    _kill_tab(writer)
    writer.open("/komunitas/")
    expect(writer.page.locator("[data-unsent-bar]")).to_be_hidden(timeout=15_000)
    article = Article.objects.get()
    assert (article.status, article.title) == (Status.SUBMITTED, WORDS["title"])
    _forgive(writer)


def test_kept_pages_go_at_sign_out_and_the_next_account_sees_nothing(writer: Person):
    other = make_user("Siti Aminah")
    make_community(applicant=other)
    _open_until_kept(writer)
    writer.fill(title="Rahasia Bahar")
    writer.page.wait_for_timeout(1500)
    assert list(writer.page.evaluate(KEPT_PAGES).values()) == [1]
    writer.open("/akun/keluar/")
    writer.sees(gettext("Writing on this device that has not reached the portal yet:"))
    writer.page.locator("main form button").click()
    writer.page.wait_for_load_state("load")
    writer.page.wait_for_function(f"async () => Object.keys(await ({KEPT_PAGES})()).length === 0")

    sign_in(writer, other.email)
    _open_until_kept(writer)
    assert writer.page.locator("[data-restore]").count() == 0
    _cut(writer)
    _kill_tab(writer)
    writer.open(COMPOSE)
    assert writer.page.get_by_text("Rahasia Bahar").count() == 0
    assert writer.page.get_by_text("Bahar Udin").count() == 0
    _forgive(writer)


def test_what_one_wrote_is_never_sent_as_another(writer: Person):
    other = make_user("Siti Aminah")
    make_community(applicant=other)
    _open_until_kept(writer)
    writer.fill(title="Tulisan Bahar")
    writer.page.wait_for_timeout(1000)
    beside = writer.page.context.new_page()
    own, writer.page = writer.page, beside
    beside.goto("/akun/keluar/")
    beside.locator("main form button").click()
    beside.wait_for_load_state("load")
    sign_in(writer, other.email)
    own.evaluate("() => dispatchEvent(new Event('online'))")
    own.wait_for_timeout(1000)
    own.evaluate("() => dispatchEvent(new Event('online'))")
    own.wait_for_timeout(1500)
    assert Article.objects.count() == 0
    words = gettext(
        "Your session has ended. Sign in again in another window: it is kept here and sent again."
    )
    expect(own.locator("[data-state]")).to_have_text(words)
    _forgive(writer)
