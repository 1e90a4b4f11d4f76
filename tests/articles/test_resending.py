"""A send whose answer was lost comes again: it is told that it is through, or what did not arrive."""

import gzip
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings

import moderation.actions
from articles import conflicts
from articles.models import Article
from moderation.states import Status
from tests.articles.test_composing import COMPOSE, _filled
from tests.articles.test_conflicts import _edit, _page
from tests.factories import make_article

pytestmark = pytest.mark.django_db
AS_DATA = {"headers": {"Accept": "application/json"}}
SCRIPTS = Path(settings.BASE_DIR) / "static" / "js"
LATER = (
    "composer-rich.js", "composer-paste.js", "composer-photo-work.js",
    "composer-photo-brush.js", "composer-worker.js", "composer-waiting.js", "composer-faults.js",
    "composer-forget.js",
)  # fmt: skip
# What other pages load, and what the browser keeps running beside them.
ELSEWHERE = {"composer-waiting.js", "composer-worker.js", "composer-forget.js"}
KILOBYTES, KILOBYTES_OF_PHOTOS = 15, 11


def test_a_draft_that_is_sent_twice_from_its_own_page_is_through_both_times(client, writer, draft):
    page = _page(client, writer, _edit(draft), title="Judul baru", region="", then="submit")
    answers = [client.post(_edit(draft), page, **AS_DATA) for _ in range(2)]
    draft.refresh_from_db()
    assert [(each.status_code, each.json()["url"]) for each in answers] == [
        (200, draft.get_absolute_url())
    ] * 2
    assert (draft.status, draft.title) == (Status.SUBMITTED, "Judul baru")


@pytest.mark.parametrize("is_new", [True, False])
def test_what_was_changed_after_the_lost_answer_is_not_swallowed(client, writer, draft, is_new):
    url = COMPOSE if is_new else _edit(draft)
    page = {**_page(client, writer, url, then="submit"), "page_key": uuid4()}
    client.post(url, {**page, "title": "Judul baru"}, **AS_DATA)
    answer = client.post(url, {**page, "title": "Judul yang lebih baru"}, **AS_DATA)
    assert (answer.status_code, list(answer.json()["errors"])) == (422, [""])
    assert list(Article.objects.filter(status=Status.SUBMITTED).values_list("title", flat=True)) == [
        "Judul baru"
    ]


def test_a_text_that_came_back_meanwhile_is_not_overwritten_by_an_old_page(client, writer):
    community = writer.memberships.get().community
    article = make_article(Status.RETURNED, community=community, author=writer, lead="Dari kantor kembali")
    page = _filled(client, writer, form_key=article.form_key, page_key=uuid4(), title="Dari ponsel lama")
    answer = client.post(COMPOSE, page, **AS_DATA)
    article.refresh_from_db()
    assert (answer.status_code, article.lead) == (409, "Dari kantor kembali")


@pytest.fixture
def overtaken(monkeypatch):
    """The other click of a form sends its article just before this one stores it."""

    def send_first(article):
        monkeypatch.setattr(conflicts, "locked", locked)
        moderation.actions.move(Article.objects.get(pk=article.pk), "submit", by=article.created_by)
        return locked(article)

    locked = conflicts.locked
    monkeypatch.setattr(conflicts, "locked", send_first)


@pytest.mark.parametrize("is_data", [True, False])
def test_the_slower_of_two_clicks_is_through_too(client, writer, overtaken, is_data):
    page = _filled(client, writer)
    client.post(COMPOSE, page)
    answer = client.post(COMPOSE, {**page, "then": "submit"}, **(AS_DATA if is_data else {}))
    article = Article.objects.get()
    assert article.status == Status.SUBMITTED
    assert (answer.json()["url"] if is_data else answer.url) == article.get_absolute_url()


def test_what_came_too_late_stands_in_the_form_again_and_is_told_why(client, writer, overtaken):
    page = _filled(client, writer)
    client.post(COMPOSE, page)
    answer = client.post(COMPOSE, {**page, "title": "Judul yang lebih baru", "then": "submit"})
    assert (answer.status_code, Article.objects.get().title) == (409, page["title"])
    assert answer.context["form"]["title"].value() == "Judul yang lebih baru"
    assert [message.level_tag for message in answer.context["messages"]][1:] == ["error"]


@pytest.mark.parametrize("then", ["keep", "draft"])
def test_what_a_page_saves_after_another_has_sent_it_is_not_called_saved(client, writer, then):
    page = {**_filled(client, writer), "page_key": uuid4()}
    client.post(COMPOSE, {**page, "then": "submit"}, **AS_DATA)
    answer = client.post(COMPOSE, {**page, "title": "Judul yang lebih baru", "then": then}, **AS_DATA)
    assert (answer.status_code, list(answer.json()["errors"])) == (422, [""])
    assert Article.objects.get().title == page["title"]


def test_the_device_is_told_that_a_photo_has_not_come_through(client, writer):
    photo = {"foto-baru-0-upload": uuid4(), "foto-baru-0-caption": "Pasar", "foto-baru-0-credit": "Siti"}
    page = {**_filled(client, writer), "page_key": uuid4()}
    answers = [client.post(COMPOSE, {**page, **more}, **AS_DATA).json() for more in (photo, {})]
    assert [answer["lacking"] for answer in answers] == [True, False]
    assert answers[0]["url"] == answers[0]["edit_url"]


def _weight(*patterns: str) -> int:
    return sum(file.stat().st_size for pattern in patterns for file in SCRIPTS.glob(pattern))


def test_what_the_composer_loads_to_be_written_on_is_under_fifteen_kilobytes():
    """What comes later has its own measure: the rich text field, photos, the worker, what waits elsewhere."""
    assert _weight("composer-*.js") - _weight(*LATER) <= KILOBYTES * 1024
    assert _weight("composer-photo*.js") <= KILOBYTES_OF_PHOTOS * 1024


def test_all_that_the_composer_may_ever_load_travels_in_fifteen_kilobytes():
    files = [file for file in SCRIPTS.glob("composer-*.js") if file.name not in ELSEWHERE]
    sizes = [len(gzip.compress(file.read_bytes())) for file in files]
    assert sum(sizes) <= KILOBYTES * 1024
