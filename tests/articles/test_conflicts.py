"""Two devices at one article; a first answer that was lost; saving as one writes."""

from uuid import uuid4

import pytest
from django.urls import reverse

from articles.models import Article, Photo
from moderation.states import Status
from tests.articles.test_composing import _filled, _photo
from tests.factories import make_article

pytestmark = pytest.mark.django_db
COMPOSE = reverse("articles:compose")


def _page(client, user, url, **changes):
    """What a page opened now would send."""
    form = client.get(url).context["form"]
    own = {name: form[name].value() or "" for name in ("version", "page_key", "form_key")}
    return _filled(client, user, url, **{**own, **changes})


def _edit(article):
    return reverse("articles:edit", args=[article.pk, article.slug])


def test_the_later_device_is_shown_both_texts_and_nothing_is_overwritten(client, writer, draft):
    first, second = (
        _page(client, writer, _edit(draft), title=title) for title in ("Dari ponsel", "Dari laptop")
    )
    client.post(_edit(draft), first)
    answer = client.post(_edit(draft), {**second, **_photo()})
    draft.refresh_from_db()
    assert (answer.status_code, draft.title) == (409, "Dari ponsel")
    assert [(side.name, side.theirs, side.mine) for side in answer.context["sides"]] == [
        ("title", "Dari ponsel", "Dari laptop")
    ]
    assert Photo.objects.get().article == draft


@pytest.mark.parametrize(("choice", "lead"), [("sini", "Sini"), ("sana", "Sana"), ("keduanya", "Sana Sini")])
def test_what_its_writer_chooses_stays(client, writer, draft, choice, lead):
    first, second = (_page(client, writer, _edit(draft), lead=each) for each in ("Sana", "Sini"))
    client.post(_edit(draft), first)
    page = client.post(_edit(draft), second)
    sent = {
        **dict(page.context["typed"]),
        "version": page.context["version"],
        "ambil-lead": choice,
        "then": "draft",
    }
    client.post(_edit(draft), {name: str(value) for name, value in sent.items()})
    draft.refresh_from_db()
    assert draft.lead == lead


def test_the_same_page_sends_again_without_a_conflict(client, writer, draft):
    page = _page(client, writer, _edit(draft), title="Pertama")
    answers = [client.post(_edit(draft), {**page, "title": title}) for title in ("Pertama", "Kedua")]
    draft.refresh_from_db()
    assert ([answer.status_code for answer in answers], draft.title) == ([302, 302], "Kedua")


def test_the_same_words_from_two_devices_are_no_conflict(client, writer, draft):
    pages = [_page(client, writer, _edit(draft), title="Sama") for _ in range(2)]
    assert [client.post(_edit(draft), page).status_code for page in pages] == [302, 302]


def test_a_new_page_does_not_overwrite_what_another_device_went_on_with(client, writer):
    page = {**_filled(client, writer), "page_key": uuid4()}
    client.post(COMPOSE, {**page, "then": "keep"}, headers={"Accept": "application/json"})
    article = Article.objects.get()
    client.post(_edit(article), _page(client, writer, _edit(article), title="Dari laptop"))
    answer = client.post(COMPOSE, {**page, "title": "Dari ponsel"})
    article.refresh_from_db()
    assert (answer.status_code, article.title, Article.objects.count()) == (409, "Dari laptop", 1)


def test_saving_as_one_writes_answers_the_version_and_tells_nobody(client, writer):
    page = {**_filled(client, writer), "page_key": uuid4(), "then": "keep"}
    answers = [
        client.post(COMPOSE, {**page, "title": title}, headers={"Accept": "application/json"}).json()
        for title in ("Pasar", "Pasar pagi")
    ]
    article = Article.objects.get()
    assert (article.title, article.status) == ("Pasar pagi", Status.DRAFT)
    assert answers[-1]["version"] == article.changed_at.isoformat()
    assert answers[-1]["edit_url"] == _edit(article)


def test_a_repeated_send_with_a_photo_is_one_article_with_one_photo(client, writer):
    page = {**_filled(client, writer), "page_key": uuid4(), "then": "submit"}
    content = _photo()["foto-baru-0-file"].read()
    answers = [
        client.post(COMPOSE, {**page, **_photo(content)}, headers={"Accept": "application/json"})
        for _ in range(2)
    ]
    article = Article.objects.get()
    assert [answer.json()["url"] for answer in answers] == [article.get_absolute_url()] * 2
    assert (article.status, article.photos.count()) == (Status.SUBMITTED, 1)


def test_what_is_wrong_is_answered_by_field(client, writer):
    page = _filled(client, writer, title="", then="keep")
    answer = client.post(COMPOSE, page, headers={"Accept": "application/json"})
    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["title"])


@pytest.mark.parametrize("then", ["draft", "submit", "keep"])
def test_what_was_sent_meanwhile_stays_and_that_is_said_in_words(client, writer, draft, then):
    page = _page(client, writer, _edit(draft), title="Dari ponsel", then=then)
    client.post(reverse("articles:move", args=[draft.pk, draft.slug]), {"move": "submit"})
    answer = client.post(_edit(draft), page, headers={"Accept": "application/json"})
    draft.refresh_from_db()
    assert (draft.title, answer.status_code) == ("Judul lama", 422)
    assert len(answer.json()["errors"][""]) >= 1


def test_a_strangers_key_is_not_theirs_to_write_to(client, writer):
    other = make_article(Status.DRAFT)
    answer = client.post(COMPOSE, _filled(client, writer, form_key=other.form_key))
    assert answer.status_code == 403
