"""Writing on a line that is slow, loses answers, or is not there while somebody else writes."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from django.utils.translation import gettext
from playwright.sync_api import CDPSession, Page, expect
from playwright.sync_api import Error as PlaywrightError

from articles.models import Article
from moderation.states import Status
from tests.factories import make_article, make_community, make_user
from tests.journeys.conftest import Portal
from tests.journeys.on_device import cut, forgive, open_until_ready, wait_until_kept
from tests.journeys.person import LAPTOP, PHONE, Device, Person
from tests.journeys.steps import sign_in
from tests.journeys.test_without_a_line import COMPOSE, WORDS

pytestmark = pytest.mark.browser
# 100 kbit/s both ways, and half a second until anything happens.
SLOW = {
    "offline": False,
    "latency": 500,
    "downloadThroughput": 100_000 / 8,
    "uploadThroughput": 100_000 / 8,
    "connectionType": "cellular2g",
}
NOTES_TYPING = """() => addEventListener("input", () => { window.lastTyped = Date.now(); }, true)"""


def _writer(portal: Portal, device: Device = PHONE) -> Person:
    bahar = make_user("Bahar Udin")
    make_community(applicant=bahar, name="KIM Surya Toman")
    person = portal.person("penulis", device)
    sign_in(person, bahar.email)
    return person


def _wire(page: Page) -> CDPSession:
    return page.context.new_cdp_session(page)


def _lose_first_answers(page: Page) -> list[str]:
    """From now on the portal has what is sent, but the first answer to each question never comes."""
    wire, lost = _wire(page), list[str]()

    def on_answer(answer: dict[str, Any]) -> None:
        request = answer["request"]
        then = re.search(r'name="then"\r\n\r\n(\w+)', request.get("postData", ""))
        question = f"{request['method']} {request['url']} {then[1] if then else ''}".strip()
        if question in lost:
            wire.send("Fetch.continueRequest", {"requestId": answer["requestId"]})
            return
        lost.append(question)
        wire.send("Fetch.failRequest", {"requestId": answer["requestId"], "errorReason": "ConnectionReset"})

    wire.on("Fetch.requestPaused", on_answer)
    wire.send("Fetch.enable", {"patterns": [{"urlPattern": "*/berita/*", "requestStage": "Response"}]})
    return lost


def _reload(page: Page) -> None:
    """Once more; that may fail, too."""
    with suppress(PlaywrightError):
        page.reload(wait_until="commit")


def _reload_until(page: Page, holds: Callable[[], bool]) -> None:
    """What somebody does whose page did not come."""
    for _ in range(20):
        if holds():
            return
        page.wait_for_timeout(1000)
        if page.url.startswith("chrome-error"):
            _reload(page)


def test_at_a_hundred_kilobits_it_is_written_kept_and_sent(portal: Portal):
    writer = _writer(portal, Device(360, "light", spares_data=False))
    page = writer.page
    page.set_default_timeout(60_000)
    wire = _wire(page)
    wire.send("Network.enable")
    wire.send("Network.emulateNetworkConditions", SLOW)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(COMPOSE, wait_until="domcontentloaded")
    page.evaluate(NOTES_TYPING)
    writer.fill(**WORDS, category="environment")
    kept = wait_until_kept(page, **WORDS)
    assert kept["at"] - page.evaluate("() => window.lastTyped") < 2000  # as the page's own clock has it
    page.get_by_role("button", name=gettext("Send for review")).click()
    expect(page).to_have_url(re.compile("/warga-toman"), timeout=60_000)
    article = Article.objects.get()
    assert (article.status, article.title) == (Status.SUBMITTED, WORDS["title"])
    assert [url for url in asked if "prose" in url] == []
    forgive(writer)


@pytest.mark.parametrize("is_new", [True, False], ids=["new", "begun"])
def test_with_every_first_answer_lost_there_is_one_article_in_the_end(portal: Portal, *, is_new: bool):
    if is_new:
        writer, address = _writer(portal), COMPOSE
    else:
        begun = make_article(Status.DRAFT, title="Judul lama")
        writer, address = portal.person("penulis", PHONE), f"{begun.get_absolute_url()}ubah/"
        sign_in(writer, begun.created_by.email)
    writer.open(address)
    page = writer.page
    lost = _lose_first_answers(page)
    writer.fill(title=WORDS["title"], lead=WORDS["lead"], category="environment")
    page.locator("main [name=body]").evaluate(f"each => {{ each.value = '{WORDS['body']}'; }}")
    with page.expect_event("requestfailed"):
        writer.let_time_pass()
    page.get_by_role("button", name=gettext("Send for review")).click()
    _reload_until(page, lambda: "/warga-toman" in page.url and "ubah" not in page.url)
    page.wait_for_load_state("load")

    article = Article.objects.get()
    assert (article.status, article.title) == (Status.SUBMITTED, WORDS["title"])
    assert [each.split()[-1] for each in lost if each.startswith("POST")] == ["keep", "submit"]
    forgive(writer)


def test_without_scripts_a_lost_answer_and_a_second_press_are_one_article(portal: Portal):
    writer = _writer(portal, Device(360, "light", has_scripts=False))
    writer.open(COMPOSE)
    page = writer.page
    writer.fill(**WORDS, category="environment")
    lost = _lose_first_answers(page)
    with page.expect_event("requestfailed"):
        page.get_by_role("button", name=gettext("Send for review")).click()
    _reload(page)  # the browser sends the form once more
    _reload_until(page, lambda: "/warga-toman" in page.url)
    article = Article.objects.get()
    assert (article.status, bool(lost)) == (Status.SUBMITTED, True)
    forgive(writer)


def test_a_phone_without_a_line_and_a_laptop_overwrite_nothing_of_each_other(portal: Portal):
    article = make_article(Status.DRAFT, title="Judul lama")
    edit = f"{article.get_absolute_url()}ubah/"
    phone, laptop = portal.person("ponsel", PHONE), portal.person("laptop", LAPTOP)
    for person in (phone, laptop):
        sign_in(person, article.created_by.email)
    open_until_ready(phone, edit)
    cut(phone)
    phone.page.reload()
    laptop.open(edit)
    laptop.fill(title="Dari laptop")
    laptop.press("Save as draft")
    phone.fill(title="Dari ponsel")
    wait_until_kept(phone.page, title="Dari ponsel")
    cut(phone, off=False)
    words = gettext("It was changed on another device. Press “Save as draft” to see both texts.")
    expect(phone.page.locator("[data-state]")).to_have_text(words, timeout=25_000)
    article.refresh_from_db()
    assert article.title == "Dari laptop"

    phone.press("Save as draft")
    phone.sees("Dari ponsel", "Dari laptop")
    phone.press("Save what I chose")
    article.refresh_from_db()
    assert article.title == "Dari ponsel"
    forgive(phone)
