"""Photos from the form to the page: what arrives, what a worker makes of it, and if it dies."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image, ImageCms

import moderation.actions
from accounts.models import User
from articles import actions, personal_data, tasks
from articles.models import Article, Photo
from common import broker
from common.photo_formats import variants
from common.photos import DAMAGED, TOO_HEAVY, PhotoRefused
from communities import developing
from moderation.errors import TransitionRefused
from moderation.states import Status
from tests.common.pictures import BLUE, RED, as_file, bomb_png, camera_jpeg, halves, small_heic
from tests.factories import make_article, make_officer

pytestmark = pytest.mark.django_db
WEBPS_NAMES = ["webp", "lossless webp", "webp with a profile"]
WEBPS = [
    {},
    {"lossless": True},
    {"icc_profile": ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()},
]
WORDS = {"caption": "Warga di sungai.", "credit": "Siti"}


@pytest.fixture
def draft() -> Article:
    return make_article(Status.DRAFT)


def add(article: Article, content: bytes | None = None, **extra) -> Photo:
    content = camera_jpeg(2400, 1600, 6).getvalue() if content is None else content
    upload = SimpleUploadedFile("foto.jpg", content)
    return actions.add_photo(article, upload, by=article.created_by, **{**WORDS, **extra})


def stored(name: str) -> bytes:
    with default_storage.open(name) as file:
        return file.read()


def test_a_photo_waits_and_a_worker_makes_every_width_in_three_formats(draft):
    photo = add(draft)
    assert (photo.state, photo.width, photo.height, photo.number) == ("waiting", 1600, 2400, 1)
    tasks.make_photo_ready(photo.pk)
    photo.refresh_from_db()
    assert (photo.state, photo.width, photo.height) == ("ready", 1600, 2400)
    for size, width in Photo.WIDTHS.items():
        for kind, type_ in (("avif", "AVIF"), ("webp", "WEBP"), ("jpeg", "JPEG")):
            name, content_type = photo.rendition(f"{size}-{kind}")
            content = stored(name)
            image = Image.open(io.BytesIO(content))
            assert (image.format, image.width, content_type) == (type_, width, f"image/{kind}")
            assert not image.getexif()
            assert b"RAHASIA" not in content
    assert Image.open(io.BytesIO(stored(photo.rendition("fallback")[0]))).size == (960, 1440)


def test_the_original_is_kept_and_no_address_answers_it(draft, client):
    photo = add(draft)
    developing.make_ready(Photo, photo.pk, render=developing.render_here)
    photo.refresh_from_db()
    assert b"RAHASIA" in stored(photo.original.name)
    client.force_login(draft.created_by)
    for size in ("original", "small-original", "original-jpeg", "small-tiff"):
        assert client.get(reverse("articles:photo", args=[photo.key, size])).status_code == 404
    answer = client.get(reverse("articles:photo", args=[photo.key, "small-avif"]))
    assert b"".join(answer)[4:12] == b"ftypavif"


def test_a_photo_taken_off_leaves_no_file(draft, django_capture_on_commit_callbacks):
    photo = add(draft)
    developing.make_ready(Photo, photo.pk, render=developing.render_here)
    photo.refresh_from_db()
    names = photo.file_names()
    assert len(names) == 10
    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_photo(photo, by=draft.created_by)
    assert [name for name in names if default_storage.exists(name)] == []


def test_a_photo_taken_off_while_a_worker_is_at_it_stays_off(draft, django_capture_on_commit_callbacks):
    photo = add(draft)

    def meanwhile(source: Path, folder: Path):
        made = developing.render_here(source, folder)
        with django_capture_on_commit_callbacks(execute=True):
            actions.remove_photo(photo, by=draft.created_by)
        return made

    developing.make_ready(Photo, photo.pk, render=meanwhile)
    assert not Photo.objects.exists()
    assert not default_storage.exists(f"pictures/{photo.key.hex[:2]}/{photo.key.hex}/480.webp")


def test_two_workers_render_a_photo_once(draft):
    photo, rendered = add(draft), []

    def render(source: Path, folder: Path):
        rendered.append(1)
        developing.make_ready(Photo, photo.pk, render=render)
        return developing.render_here(source, folder)

    developing.make_ready(Photo, photo.pk, render=render)
    developing.make_ready(Photo, photo.pk, render=render)
    assert rendered == [1]


def test_the_sweep_takes_what_a_broken_queue_left(draft, monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr(broker, "offer", lambda *_: False)
    with django_capture_on_commit_callbacks(execute=True):
        photo = add(draft)
    tasks.sweep_photos()
    photo.refresh_from_db()
    assert photo.state == "ready"


def test_a_photo_that_kills_its_worker_each_time_is_refused_in_the_end(draft):
    photo = add(draft)

    def die(source: Path, folder: Path):
        raise SystemExit

    for _ in range(developing.TRIES):
        with pytest.raises(SystemExit):
            developing.make_ready(Photo, photo.pk, render=die)
        developing.make_ready(Photo, photo.pk, render=die)  # it is claimed: nothing happens
        Photo.objects.update(claimed_until=timezone.now() - timedelta(minutes=1))
    developing.make_ready(Photo, photo.pk, render=die)
    photo.refresh_from_db()
    assert (photo.state, photo.refusal_words) == ("refused", DAMAGED)


def test_heic_becomes_a_right_picture(draft):
    photo = add(draft, small_heic())
    tasks.make_photo_ready(photo.pk)
    photo.refresh_from_db()
    assert (photo.state, photo.width, photo.height) == ("ready", 64, 48)
    picture = Image.open(io.BytesIO(stored(photo.rendition("small-jpeg")[0])))
    assert all(abs(one - other) < 40 for one, other in zip(picture.getpixel((10, 20)), RED, strict=True))
    assert b"RAHASIA" not in stored(photo.rendition("small-jpeg")[0])


def matrix() -> dict[str, bytes]:
    """What phones, scanners and old programs make, that must become a right picture."""
    frames = {"save_all": True, "append_images": [Image.new("RGB", (600, 400), "green")] * 3}
    clear = halves(600, 400, "RGBA")
    clear.paste((0, 0, 0, 0), (0, 200, 600, 400))
    return {
        "cmyk": as_file(halves(600, 400, "CMYK"), "JPEG").getvalue(),
        "progressive": as_file(halves(600, 400), "JPEG", progressive=True).getvalue(),
        "palette": as_file(halves(600, 400, "P"), "PNG").getvalue(),
        "transparent": as_file(clear, "PNG").getvalue(),
        "transparent webp": as_file(clear, "WEBP", lossless=True).getvalue(),
        "animated gif": as_file(halves(600, 400), "GIF", **frames).getvalue(),
        "animated webp": as_file(halves(600, 400), "WEBP", **frames).getvalue(),
    }


@pytest.mark.parametrize("content", matrix().values(), ids=matrix().keys())
def test_every_kind_becomes_a_right_picture(content):
    found = {(each.width, each.format): each.data for each in variants(io.BytesIO(content))}
    assert list(found) == [(width, kind) for width in (480, 600) for kind in ("avif", "webp", "jpeg")]
    for data in found.values():
        picture = Image.open(io.BytesIO(data)).convert("RGB")
        left, right = picture.getpixel((60, 60)), picture.getpixel((picture.width - 60, 60))
        assert all(abs(one - other) < 45 for one, other in zip(left + right, RED + BLUE, strict=True))


def test_sixteen_bits_become_eight():
    content = as_file(Image.new("I;16", (600, 400), 0x8040), "PNG")
    found = [Image.open(io.BytesIO(each.data)).convert("L").getpixel((9, 9)) for each in variants(content)]
    assert {abs(grey - 128) <= 3 for grey in found} == {True}


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (small_heic()[:300], DAMAGED),
        (as_file(halves(7000, 7000, "CMYK"), "JPEG", progressive=True, subsampling=0).getvalue(), TOO_HEAVY),
    ],
    ids=["cut heic", "more memory than there is"],
)
def test_what_only_the_worker_finds_out_is_said_in_words(draft, client, content, why):
    photo = add(draft, content)
    tasks.make_photo_ready(photo.pk)
    photo.refresh_from_db()
    assert (photo.state, photo.refusal_words) == ("refused", why)
    client.force_login(draft.created_by)
    page = client.get(draft.get_absolute_url()).content.decode()
    assert str(why) in page.replace("&quot;", '"').replace("&#x27;", "'")
    with pytest.raises(TransitionRefused):
        moderation.actions.move(draft, "submit", by=draft.created_by)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"teks",
        bomb_png(50_000, 50_000).getvalue(),
        *(as_file(halves(4000, 3200), "WEBP", **options).getvalue() for options in WEBPS),
    ],
    ids=["empty", "text", "bomb", *WEBPS_NAMES],
)
def test_what_is_clearly_no_photo_is_refused_at_once(draft, content):
    with pytest.raises(PhotoRefused):
        add(draft, content)
    assert not Photo.objects.exists()


def test_what_is_sent_with_a_photo_that_waits_is_approved_when_it_is_ready(draft):
    photo, officer = add(draft), make_officer()
    moderation.actions.move(draft, "submit", by=draft.created_by)
    with pytest.raises(TransitionRefused):
        moderation.actions.move(draft, "approve", by=officer)
    developing.make_ready(Photo, photo.pk, render=developing.render_here)
    article = Article.objects.get()
    moderation.actions.move(article, "approve", by=officer)
    assert article.first_photo == photo


def test_readers_see_a_place_for_what_waits_and_nothing_of_what_was_refused(client):
    article = make_article()
    fields = {"article": article, "width": 1600, "height": 1200, "uploaded_by": article.created_by, **WORDS}
    Photo.objects.create(fingerprint="a", state="waiting", **fields)
    Photo.objects.create(fingerprint="b", state="refused", refusal="damaged", **fields)
    page = client.get(article.get_absolute_url()).content.decode()
    assert (page.count("<figure>"), page.count("photo-waiting"), page.count("<picture>")) == (1, 1, 0)
    assert article.first_photo is None


def test_numbers_follow_each_other_and_the_promised_one_is_kept(draft):
    numbers = [
        add(draft, camera_jpeg(300 + at, 200).getvalue(), number=wish).number
        for at, wish in enumerate((None, 5, 5))
    ]
    assert numbers == [1, 5, 6]


def test_with_an_account_go_the_files_as_they_came(draft, django_capture_on_commit_callbacks):
    photo = add(draft)
    developing.make_ready(Photo, photo.pk, render=developing.render_here)
    name = Photo.objects.get().original.name
    with django_capture_on_commit_callbacks(execute=True):
        personal_data.erase(draft.created_by)
    photo = Photo.objects.get()
    assert (photo.original.name, default_storage.exists(name), photo.is_ready) == ("", False, True)


def test_a_photo_that_still_waits_when_its_person_goes_keeps_no_original_either(
    draft, django_capture_on_commit_callbacks
):
    photo = add(draft)
    name = photo.original.name
    personal_data.erase(draft.created_by)
    User.objects.filter(pk=draft.created_by_id).update(
        erased_at=timezone.now(), name="", home_region=None, is_active=False
    )
    with django_capture_on_commit_callbacks(execute=True):
        developing.make_ready(Photo, photo.pk, render=developing.render_here)
    photo = Photo.objects.get()
    assert (photo.original.name, default_storage.exists(name), photo.is_ready) == ("", False, True)
