"""Photos that come piece by piece: resumed, repeated, refused, forgotten."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from articles import actions, tasks, uploads
from articles.models import Article, Photo, Upload
from articles.photographs import upload_path
from moderation.states import Status
from tests.common.pictures import camera_jpeg
from tests.factories import make_article, make_community, make_member, make_user

pytestmark = pytest.mark.django_db
COMPOSE = reverse("articles:compose")
WHOLE = camera_jpeg(600, 400).getvalue()
HALF = len(WHOLE) // 2


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


@pytest.fixture
def writer(client):
    user = make_member(make_community())
    client.force_login(user)
    return user


def send(client, key, piece, at=0, size=None):
    size = len(WHOLE) if size is None else size
    url = f"{reverse('articles:upload', args=[key])}?dari={at}&ukuran={size}"
    answer = client.post(url, piece, content_type="application/octet-stream")
    return answer.status_code, answer.json() if answer["Content-Type"] == "application/json" else None


def compose(client, writer, key, **changes):
    fields = {
        "community": writer.memberships.get().community_id,
        "title": "Pasar pagi",
        "lead": "Ramai.",
        "body": "Warga datang.",
        "category": "economy",
        "dateline": "TOMAN",
        "source": "report",
        "form_key": client.get(COMPOSE).context["form"]["form_key"].value(),
        "then": "draft",
        "foto-baru-0-upload": str(key),
        "foto-baru-0-caption": "Pasar",
        "foto-baru-0-credit": "Siti",
        "foto-baru-0-number": "1",
    }
    return {**fields, **changes}


def test_pieces_make_a_photo_of_the_article_and_a_repeated_form_makes_no_second(client, writer):
    key = uuid4()
    assert send(client, key, b"") == (200, {"received": 0})
    assert send(client, key, WHOLE[:HALF]) == (200, {"received": HALF})
    assert send(client, key, WHOLE[HALF:], at=HALF) == (200, {"received": len(WHOLE)})
    fields = compose(client, writer, key)
    for _ in range(2):
        client.post(COMPOSE, fields)
    photo = Photo.objects.get()
    assert (photo.key, photo.caption, photo.number, photo.state) == (key, "Pasar", 1, "waiting")
    with photo.original.open() as original:
        assert original.read() == WHOLE
    assert not Upload.objects.exists()
    # The device that never heard of it asks once more.
    assert send(client, key, b"") == (200, {"received": len(WHOLE)})
    assert not Upload.objects.exists()


def test_a_piece_whose_answer_was_lost_is_sent_again_and_changes_nothing(client, writer):
    key = uuid4()
    for _ in range(2):
        assert send(client, key, WHOLE[:HALF]) == (200, {"received": HALF})
    assert send(client, key, WHOLE[100:HALF], at=100) == (200, {"received": HALF})
    assert send(client, key, WHOLE[HALF:], at=HALF)[0] == 200
    with default_storage.open(upload_path(Upload.objects.get())) as file:
        assert file.read() == WHOLE


def test_a_gap_is_answered_with_the_place_to_go_on_from(client, writer):
    key = uuid4()
    send(client, key, WHOLE[:HALF])
    assert send(client, key, WHOLE[HALF + 1 :], at=HALF + 1) == (409, {"received": HALF})


def test_a_file_that_vanished_on_the_server_begins_anew(client, writer):
    key = uuid4()
    send(client, key, WHOLE[:HALF])
    default_storage.delete(upload_path(Upload.objects.get()))
    assert send(client, key, WHOLE[HALF:], at=HALF) == (409, {"received": 0})
    assert send(client, key, WHOLE) == (200, {"received": len(WHOLE)})


@pytest.mark.parametrize(
    ("piece", "status"),
    [
        ({"piece": b"", "size": 0}, 422),
        ({"piece": b"", "size": 13 * 1024 * 1024}, 422),
        ({"piece": b"abcd", "size": 3}, 422),
        ({"piece": b"", "size": 10**10}, 400),
        ({"piece": b"", "at": "-1"}, 400),
        ({"piece": b"", "at": "x"}, 400),
    ],
)
def test_what_cannot_be_is_refused(client, writer, piece, status):
    assert send(client, uuid4(), **piece)[0] == status


def test_a_piece_has_a_limit(client, writer):
    assert send(client, uuid4(), b"0" * (uploads.PIECE_BYTES + 1), size=5_000_000)[0] == 400


def test_nobody_touches_the_photo_of_somebody_else(client, writer):
    key = uuid4()
    send(client, key, WHOLE)
    other = make_member(make_community())
    client.force_login(other)
    assert send(client, key, b"")[0] == 403
    client.post(COMPOSE, compose(client, other, key))
    assert (Photo.objects.count(), Upload.objects.count()) == (0, 1)


def test_who_writes_for_nobody_sends_nothing(client):
    client.force_login(make_user())
    assert send(client, uuid4(), b"")[0] == 403
    client.logout()
    assert send(client, uuid4(), b"")[0] == 302


def test_one_person_has_so_many_on_the_way(client, writer, monkeypatch):
    monkeypatch.setattr(uploads, "OPEN_MOST", 2)
    assert [send(client, uuid4(), b"")[0] for _ in range(3)] == [200, 200, 429]
    monkeypatch.setattr(uploads, "OPEN_MOST", 40)
    monkeypatch.setattr(uploads, "DAY_MOST", 3)
    assert [send(client, uuid4(), b"")[0] for _ in range(2)] == [200, 429]


def test_what_is_sent_before_its_photo_is_whole_stays_a_draft_and_says_why(client, writer):
    key = uuid4()
    send(client, key, WHOLE[:HALF])
    answer = client.post(COMPOSE, compose(client, writer, key, then="submit"), follow=True)
    assert (Article.objects.get().status, Photo.objects.count()) == (Status.DRAFT, 0)
    assert "alert--error" in answer.content.decode()


def test_what_arrives_broken_is_said_and_forgotten(client, writer, django_capture_on_commit_callbacks):
    key, broken = uuid4(), WHOLE[:HALF]
    send(client, key, broken, size=HALF)
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(COMPOSE, compose(client, writer, key), follow=True)
    assert "alert--error" in answer.content.decode()
    assert (Photo.objects.count(), Upload.objects.count()) == (0, 0)


def test_the_same_photo_under_two_keys_is_one(client, writer):
    one, two = uuid4(), uuid4()
    for key in (one, two):
        send(client, key, WHOLE)
    words = {"foto-baru-1-caption": "Lagi", "foto-baru-1-credit": "Siti", "foto-baru-1-upload": str(two)}
    client.post(COMPOSE, compose(client, writer, one, **words))
    assert (Photo.objects.count(), Upload.objects.count()) == (1, 0)


def test_a_photo_that_arrives_after_the_text_was_sent_is_refused_in_words(client, writer):
    article = make_article(Status.DRAFT, author=writer, community=writer.memberships.get().community)
    url = reverse("articles:edit", args=[article.pk, article.slug])
    key, fields = uuid4(), compose(client, writer, uuid4())
    send(client, key, WHOLE)
    client.post(reverse("articles:move", args=[article.pk, article.slug]), {"move": "submit"})
    answer = client.post(url, {**fields, "foto-baru-0-upload": str(key)}, follow=True)
    assert "alert" in answer.content.decode()
    assert (Photo.objects.count(), Upload.objects.count()) == (0, 1)


def test_what_no_article_took_in_a_day_is_forgotten(client, writer, django_capture_on_commit_callbacks):
    old, young = uuid4(), uuid4()
    for key in (old, young):
        send(client, key, WHOLE)
    Upload.objects.filter(key=old).update(begun_at=timezone.now() - timedelta(hours=25))
    with django_capture_on_commit_callbacks(execute=True):
        tasks.forget_uploads()
    assert Upload.objects.get().key == young
    assert not default_storage.exists(upload_path(Upload(key=old)))


def test_the_key_of_a_photo_of_somebody_else_is_refused(client, writer):
    """Keys of public photos stand in their addresses."""
    other = make_article(Status.DRAFT)
    file = SimpleUploadedFile("foto.jpg", WHOLE)
    photo = actions.add_photo(other, file, by=other.created_by, caption="Sungai", credit="Siti")
    assert send(client, photo.key, WHOLE)[0] == 403
    client.post(COMPOSE, compose(client, writer, photo.key))
    assert (Upload.objects.count(), list(Photo.objects.all())) == (0, [photo])
