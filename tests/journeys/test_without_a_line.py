"""The composer where there is no line: it opens, holds what was written, and sends when there is one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils.translation import gettext
from playwright.sync_api import expect

from articles.models import Article
from moderation.states import Status
from tests.factories import PASSWORD, make_article, make_community, make_user
from tests.journeys.conftest import Portal
from tests.journeys.on_device import (
    KEPT,
    KEPT_PAGES,
    cut,
    forgive,
    kill_tab,
    open_until_ready,
    wait_until,
    wait_until_kept,
)
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


@pytest.fixture
def writer(portal: Portal) -> Person:
    bahar = make_user("Bahar Udin")
    make_community(applicant=bahar, name="KIM Surya Toman")
    person = portal.person("penulis", PHONE)
    sign_in(person, bahar.email)
    return person


def test_a_killed_tab_opens_again_without_a_line_and_everything_is_there(writer: Person, tmp_path: Path):
    open_until_ready(writer, COMPOSE)
    writer.fill(**WORDS, category="environment", dateline="TOMAN")
    writer.attach("foto-baru-0-file", photo(tmp_path))
    caption = {"foto-baru-0-caption": "Warga di sungai.", "foto-baru-0-credit": "Siti"}
    writer.fill(**caption)
    wait_until_kept(writer.page, **WORDS, **caption, photos=1)
    cut(writer)
    kill_tab(writer)

    writer.open(COMPOSE)
    writer.page.locator("[data-restore]").click()
    values = {name: writer.page.locator(f"main [name={name}]").input_value() for name in WORDS}
    assert values == WORDS
    writer.page.get_by_role("button", name=gettext("Send for review")).click()
    wait_until_kept(writer.page, **WORDS, then="submit", photos=1)
    # A tab that is closed has its line back for a moment, in which it may save the draft.
    assert not Article.objects.exclude(status=Status.DRAFT).exists()
    cut(writer, off=False)
    expect(writer.page).to_have_url(re.compile("/warga-toman"), timeout=40_000)

    article = Article.objects.get()
    assert (article.status, article.title, article.photos.count()) == (Status.SUBMITTED, WORDS["title"], 1)
    forgive(writer)


def test_two_drafts_begun_on_the_same_kept_page_are_two_articles(writer: Person):
    open_until_ready(writer, COMPOSE)
    cut(writer)
    for title in ("Tulisan pertama", "Tulisan kedua"):
        kill_tab(writer)
        writer.open(COMPOSE)
        writer.fill(title=title)
        wait_until_kept(writer.page, title=title)
    kill_tab(writer)
    writer.open(COMPOSE)
    writer.sees("Tulisan pertama", "Tulisan kedua")
    forgive(writer)


def test_what_was_safe_on_the_portal_is_there_without_a_line(portal: Portal):
    article = make_article(Status.DRAFT, title="Judul lama")
    edit = f"{article.get_absolute_url()}ubah/"
    writer = portal.person("penulis", PHONE)
    sign_in(writer, article.created_by.email)
    open_until_ready(writer, edit)
    expect(writer.page.locator(".from-device")).to_be_hidden()
    writer.fill(title="Judul baru")
    wait_until_kept(writer.page, title="Judul baru")
    writer.let_time_pass()
    expect(writer.page.locator("[data-state]")).to_have_text(gettext("Saved on the portal as a draft."))
    cut(writer)
    kill_tab(writer)

    writer.open(edit)
    expect(writer.page.locator("main [name=title]")).to_have_value("Judul baru")
    expect(writer.page.locator(".from-device")).to_be_in_viewport()
    forgive(writer)


def test_what_waits_is_counted_everywhere_and_sent_from_any_page(writer: Person):
    open_until_ready(writer, COMPOSE)
    writer.fill(**WORDS, category="environment", dateline="TOMAN")
    cut(writer)
    writer.page.get_by_role("button", name=gettext("Send for review")).click()
    wait_until_kept(writer.page, **WORDS, then="submit")
    cut(writer, off=False)
    kill_tab(writer)
    writer.open("/komunitas/")
    expect(writer.page.locator("[data-unsent-bar]")).to_be_hidden(timeout=15_000)
    article = Article.objects.get()
    assert (article.status, article.title) == (Status.SUBMITTED, WORDS["title"])
    forgive(writer)


def test_kept_pages_go_at_sign_out_and_the_next_account_sees_nothing(writer: Person):
    other = make_user("Siti Aminah")
    make_community(applicant=other)
    open_until_ready(writer, COMPOSE)
    writer.fill(title="Rahasia Bahar")
    wait_until_kept(writer.page, title="Rahasia Bahar")
    assert list(writer.page.evaluate(KEPT_PAGES).values()) == [1]
    writer.open("/akun/keluar/")
    writer.sees(gettext("Writing on this device that has not reached the portal yet:"))
    with writer.page.expect_navigation(wait_until="load"):
        writer.page.locator("main form button").click()
    wait_until(writer.page, f"async () => Object.keys(await ({KEPT_PAGES})()).length === 0")

    sign_in(writer, other.email)
    open_until_ready(writer, COMPOSE)
    assert writer.page.locator("[data-restore]").count() == 0
    cut(writer)
    kill_tab(writer)
    writer.open(COMPOSE)
    assert writer.page.get_by_text("Rahasia Bahar").count() == 0
    assert writer.page.get_by_text("Bahar Udin").count() == 0
    forgive(writer)


def test_what_one_wrote_is_never_sent_as_another(writer: Person):
    other = make_user("Siti Aminah")
    make_community(applicant=other)
    open_until_ready(writer, COMPOSE)
    writer.fill(title="Tulisan Bahar")
    wait_until_kept(writer.page, title="Tulisan Bahar")
    beside = writer.page.context.new_page()
    own, writer.page = writer.page, beside
    beside.goto("/akun/keluar/")
    with beside.expect_navigation(wait_until="load"):
        beside.locator("main form button").click()
    sign_in(writer, other.email)
    words = gettext(
        "Your session has ended. Sign in again in another window: it is kept here and sent again."
    )
    for _ in ("with the old token", "with a new one"):
        with own.expect_response(f"**{COMPOSE}"):
            own.evaluate("() => dispatchEvent(new Event('online'))")
        expect(own.locator("[data-state]")).to_have_text(words)
    assert Article.objects.count() == 0
    forgive(writer)


def test_what_one_wrote_leaves_the_device_with_the_account(writer: Person, tmp_path: Path):
    open_until_ready(writer, COMPOSE)
    writer.fill(title="Tulisan Bahar")
    writer.attach("foto-baru-0-file", photo(tmp_path))
    wait_until_kept(writer.page, title="Tulisan Bahar", photos=1)
    writer.open(reverse("accounts:erase"))
    writer.fill(password=PASSWORD)
    writer.press("Erase the account")
    writer.sees(gettext("Your account is erased"))
    for store in ("texts", "photos"):
        wait_until(writer.page, f"async () => !(await ({KEPT})('{store}')).length")
    assert writer.page.evaluate(KEPT_PAGES) == {}
