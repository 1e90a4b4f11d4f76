"""The words of photos on two devices: what both changed is shown side by side, what one took off is told."""

import re
from datetime import date
from uuid import uuid4

import pytest
from django.utils.translation import gettext

from articles.models import Article, Photo
from articles.parts import PHOTO_WORDS
from moderation.states import Status
from tests.articles.test_composing import COMPOSE, _filled, _photo
from tests.articles.test_conflicts import _edit, _page
from tests.articles.test_uploads import WHOLE, send

pytestmark = pytest.mark.django_db
AS_DATA = {"headers": {"Accept": "application/json"}}


@pytest.fixture
def photo(client, writer, draft):
    client.post(_edit(draft), {**_page(client, writer, _edit(draft)), **_photo()})
    return Photo.objects.get()


@pytest.fixture
def devices(client, writer, draft, photo):
    """A phone and a laptop, which have both opened the draft with its photo."""
    return [_with_words(client, _edit(draft), _page(client, writer, _edit(draft))) for _each in range(2)]


def _sides(answer):
    return [(side.name, side.theirs, side.mine) for side in answer.context["sides"]]


def _chosen(client, url, answer, **choices):
    """The page of both texts, sent with these choices."""
    typed = {name: str(value) for name, value in answer.context["typed"]}
    beside = {"community": answer.context["article"].community_id, "version": answer.context["version"]}
    choices = {f"ambil-{name}": choice for name, choice in choices.items()}
    return client.post(url, {**typed, **beside, "then": "draft", **choices})


def _with_words(client, url, page):
    """The page with the fields of its photo as a browser sends them."""
    form = client.get(url).context["photos"].stored[0]
    inputs = re.findall(
        r'name="([^"]+)"(?: value="([^"]*)")?', "".join(str(form[name]) for name in PHOTO_WORDS)
    )
    return {**page, **dict(inputs)}


def test_the_words_of_a_photo_that_another_device_wrote_stay(client, writer, draft, photo):
    Photo.objects.update(taken_on=date(2026, 11, 14))
    phone, laptop = (
        _with_words(client, _edit(draft), _page(client, writer, _edit(draft))) for _each in range(2)
    )
    client.post(_edit(draft), {**phone, f"foto-{photo.pk}-caption": "Dari ponsel"})
    client.post(_edit(draft), {**laptop, f"foto-{photo.pk}-credit": "Bahar"})
    photo.refresh_from_db()
    assert (photo.caption, photo.credit, photo.taken_on) == ("Dari ponsel", "Bahar", date(2026, 11, 14))


def test_changed_words_of_a_photo_survive_the_page_of_both_texts(client, writer, draft, photo):
    phone, laptop = (
        _with_words(client, _edit(draft), _page(client, writer, _edit(draft), title=title))
        for title in ("Dari ponsel", "Dari laptop")
    )
    client.post(_edit(draft), phone)
    answer = client.post(_edit(draft), {**laptop, f"foto-{photo.pk}-caption": "Dari laptop"})
    typed = {name: str(value) for name, value in answer.context["typed"]}
    client.post(_edit(draft), {**typed, "version": answer.context["version"], "then": "draft"})
    photo.refresh_from_db()
    assert (answer.status_code, photo.caption) == (409, "Dari laptop")


@pytest.mark.parametrize(("choice", "caption"), [("sini", "Dari laptop"), ("sana", "Dari ponsel")])
def test_a_caption_that_both_changed_is_shown_side_by_side(client, photo, devices, choice, caption):
    phone, laptop = devices
    place = f"foto-{photo.pk}"
    client.post(_edit(photo.article), {**phone, f"{place}-caption": "Dari ponsel"})
    answer = client.post(
        _edit(photo.article), {**laptop, f"{place}-caption": "Dari laptop", f"{place}-place": "Toman"}
    )
    photo.refresh_from_db()
    assert (answer.status_code, photo.caption) == (409, "Dari ponsel")
    assert _sides(answer) == [(f"{place}-caption", "Dari ponsel", "Dari laptop")]
    _chosen(client, _edit(photo.article), answer, **{f"{place}-caption": choice})
    photo.refresh_from_db()
    assert (photo.caption, photo.place) == (caption, "Toman")


def test_a_repeated_send_of_the_same_page_is_no_conflict_of_captions(client, photo, devices):
    caption = f"foto-{photo.pk}-caption"
    answers = [client.post(_edit(photo.article), {**devices[0], caption: word}) for word in ("Satu", "Dua")]
    photo.refresh_from_db()
    assert ([answer.status_code for answer in answers], photo.caption) == ([302, 302], "Dua")


@pytest.mark.parametrize(("choice", "left"), [("sini", []), ("sana", ["Dari ponsel"])])
def test_a_photo_taken_off_here_and_described_elsewhere_is_asked_about(
    client,
    photo,
    devices,
    choice,
    left,
):
    phone, laptop = devices
    client.post(_edit(photo.article), {**phone, f"foto-{photo.pk}-caption": "Dari ponsel"})
    answer = client.post(_edit(photo.article), {**laptop, f"foto-{photo.pk}-remove": "on"})
    assert _sides(answer) == [
        (f"foto-{photo.pk}-remove", "Dari ponsel (Rina Oktavia)", gettext("Take this photo off"))
    ]
    _chosen(client, _edit(photo.article), answer, **{f"foto-{photo.pk}-remove": choice})
    assert [each.caption for each in Photo.objects.all()] == left


def test_what_was_written_of_a_photo_that_another_device_took_off_is_told(client, photo, devices):
    phone, laptop = devices
    client.post(_edit(photo.article), {**phone, f"foto-{photo.pk}-remove": "on"})
    answer = client.post(_edit(photo.article), {**laptop, f"foto-{photo.pk}-caption": "Dari laptop"})
    assert (answer.status_code, _sides(answer)) == (409, [(f"foto-{photo.pk}-remove", "", "Dari laptop")])
    assert "Dari laptop" in answer.content.decode()
    assert _chosen(client, _edit(photo.article), answer).status_code == 302


def test_a_photo_that_both_took_off_or_nobody_changed_asks_nothing(client, photo, devices):
    phone, laptop = devices
    pages = [{**phone, f"foto-{photo.pk}-remove": "on"}, laptop]
    assert [client.post(_edit(photo.article), page).status_code for page in pages] == [302, 302]
    assert not Photo.objects.exists()


def test_a_caption_that_changed_after_the_lost_answer_is_not_swallowed(client, writer, photo):
    page = _with_words(
        client, _edit(photo.article), _page(client, writer, _edit(photo.article), region="", then="submit")
    )
    page[f"foto-{photo.pk}-credit"] = "Siti"
    answers = [
        client.post(_edit(photo.article), {**page, f"foto-{photo.pk}-caption": caption}, **AS_DATA)
        for caption in ("Pasar", "Pasar", "Pasar pagi")
    ]
    photo.refresh_from_db()
    assert ([answer.status_code for answer in answers], photo.caption) == ([200, 200, 422], "Pasar")


# What is saved by itself while one writes.


def _new(client, writer, key, **words):
    page = {**_filled(client, writer), "page_key": uuid4(), "then": "keep", "foto-baru-0-number": "1"}
    return {
        **page,
        "foto-baru-0-upload": str(key),
        **{f"foto-baru-0-{name}": word for name, word in words.items()},
    }


def test_a_new_photo_is_saved_as_one_writes_once_and_its_words_follow(client, writer):
    key = uuid4()
    page = _new(client, writer, key)
    waiting = client.post(COMPOSE, page, **AS_DATA).json()
    assert (waiting["photos"], waiting["lacking"]) == ({}, False)
    send(client, key, WHOLE)
    answers = [
        client.post(COMPOSE, {**page, "foto-baru-0-caption": caption}, **AS_DATA).json()
        for caption in ("", "Pasar", "Pasar pagi")
    ]
    photo = Photo.objects.get()
    assert (photo.key, photo.number, photo.caption, photo.article.status) == (
        key,
        1,
        "Pasar pagi",
        Status.DRAFT,
    )
    assert [answer["photos"] for answer in answers] == [{str(key): photo.pk}] * 3
    page = client.get(_edit(photo.article))
    assert [form.instance.pk for form in page.context["photos"].stored] == [photo.pk]


def test_captions_are_saved_as_one_writes_and_nothing_is_taken_off_by_a_tick(client, photo, devices):
    place = f"foto-{photo.pk}"
    page = {**devices[0], f"{place}-caption": "Pasar pagi", f"{place}-credit": "", f"{place}-remove": "on"}
    answer = client.post(_edit(photo.article), {**page, "then": "keep"}, **AS_DATA)
    photo.refresh_from_db()
    assert (answer.status_code, photo.caption, photo.credit) == (200, "Pasar pagi", "")
    client.post(_edit(photo.article), {**page, "then": "draft"}, **AS_DATA)
    assert not Photo.objects.exists()


def test_what_was_covered_after_it_had_arrived_leaves_nothing_of_before(
    client,
    writer,
    django_capture_on_commit_callbacks,
):
    bare, covered = uuid4(), uuid4()
    page = _new(client, writer, bare)
    send(client, bare, WHOLE)
    client.post(COMPOSE, page, **AS_DATA)
    names = Photo.objects.get().file_names()
    replaced = {"foto-baru-0-upload": str(covered), "foto-baru-0-replaced_keys": f" {bare} nonsense"}
    with django_capture_on_commit_callbacks(execute=True):
        client.post(COMPOSE, {**page, **replaced}, **AS_DATA)
    assert not Photo.objects.exists()
    assert [name for name in names if Photo._meta.get_field("original").storage.exists(name)] == []
    send(client, covered, WHOLE)
    client.post(COMPOSE, {**page, **replaced}, **AS_DATA)
    assert [(each.key, each.number) for each in Photo.objects.all()] == [(covered, 1)]


def test_a_photo_that_came_by_itself_and_was_taken_off_elsewhere_is_told(client, writer):
    key = uuid4()
    page = _new(client, writer, key, caption="Pasar")
    send(client, key, WHOLE)
    stored = client.post(COMPOSE, page, **AS_DATA).json()["photos"][str(key)]
    article = Article.objects.get()
    elsewhere = _with_words(client, _edit(article), _page(client, writer, _edit(article)))
    client.post(_edit(article), {**elsewhere, f"foto-{stored}-remove": "on"})
    page = {**page, "foto-baru-0-stored": stored, "foto-baru-0-caption": "Pasar pagi", "then": "draft"}
    answer = client.post(COMPOSE, page)
    assert _sides(answer) == [("foto-baru-0-remove", "", "Pasar pagi")]
    assert _chosen(client, COMPOSE, answer).status_code == 302
    assert (Photo.objects.count(), Article.objects.count()) == (0, 1)


def test_words_of_a_photo_that_came_by_itself_are_compared_too(client, writer):
    key = uuid4()
    page = _new(client, writer, key, caption="Pasar")
    send(client, key, WHOLE)
    stored = client.post(COMPOSE, page, **AS_DATA).json()["photos"][str(key)]
    article = Article.objects.get()
    elsewhere = _with_words(client, _edit(article), _page(client, writer, _edit(article)))
    client.post(_edit(article), {**elsewhere, f"foto-{stored}-caption": "Dari laptop"})
    changed = {**page, "foto-baru-0-caption": "Dari ponsel"}
    assert client.post(COMPOSE, changed, **AS_DATA).status_code == 409
    answer = client.post(COMPOSE, {**changed, "then": "draft"})
    assert _sides(answer) == [("foto-baru-0-caption", "Dari laptop", "Dari ponsel")]
    _chosen(client, COMPOSE, answer, **{"foto-baru-0-caption": "sana"})
    assert Photo.objects.get().caption == "Dari laptop"


def test_what_is_no_picture_is_said_while_one_writes_and_again_at_the_end(client, writer):
    key, broken = uuid4(), WHOLE[:2000]
    page = _new(client, writer, key)
    send(client, key, broken, size=len(broken))
    answers = [client.post(COMPOSE, {**page, "then": then}, **AS_DATA).json() for then in ("keep", "draft")]
    assert [answer["lacking"] for answer in answers] == [True, True]
    assert answers[0]["said"] == answers[1]["said"]


def test_the_same_file_in_two_places_keeps_the_words_of_the_first(client, writer):
    one, two = uuid4(), uuid4()
    page = {**_new(client, writer, one, caption="Pasar"), "foto-baru-1-upload": str(two)}
    for key in (one, two):
        send(client, key, WHOLE)
    rows = client.post(COMPOSE, page, **AS_DATA).json()["photos"]
    photo = Photo.objects.get()
    assert rows == {str(one): photo.pk, str(two): photo.pk}
    stored = {"foto-baru-0-stored": photo.pk, "foto-baru-1-stored": photo.pk}
    for then in ("keep", "draft"):
        answer = client.post(COMPOSE, {**page, **stored, "then": then}, **AS_DATA).json()
        photo.refresh_from_db()
        assert (answer["lacking"], photo.caption) == (False, "Pasar")
