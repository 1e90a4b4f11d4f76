"""Photos on a cheap phone: small before they leave, there after a killed tab, resumed, covered."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.utils.translation import gettext
from PIL import Image
from playwright.sync_api import Page, expect

from articles.models import Article, Photo, Upload
from moderation.states import Status
from tests.factories import make_community, make_user
from tests.journeys.conftest import Portal
from tests.journeys.on_device import kept, kill_tab, wait_until_kept
from tests.journeys.person import LAPTOP, PHONE, Person
from tests.journeys.steps import sign_in

pytestmark = pytest.mark.browser
WORDS = {"title": "Warga Toman membersihkan sungai", "lead": "Puluhan warga bergotong royong."}
CAPTION = {"foto-baru-0-caption": "Warga di sungai.", "foto-baru-0-credit": "Siti"}
SLOT = "[data-photo=foto-baru-0]"
PATIENCE = 30_000


@pytest.fixture
def writer(portal: Portal) -> Person:
    bahar = make_user("Bahar Udin")
    make_community(applicant=bahar, name="KIM Surya Toman")
    person = portal.person("penulis", PHONE)
    sign_in(person, bahar.email)
    return person


def camera_photo(folder: Path) -> Path:
    """A photo of a telephone: over five megabytes, lying on its side, with the place where it was taken."""
    noise = Image.effect_noise((3000, 2250), 70).convert("RGB").resize((4000, 3000))
    exif = Image.Exif()
    exif[0x010E], exif[0x0112] = "RAHASIA-KETERANGAN", 6
    exif.get_ifd(0x8825).update({1: "S", 2: (2.0, 52.0, 30.0), 3: "E", 4: (103.0, 50.0, 10.0)})
    file = folder / "gotong-royong.jpg"
    noise.save(file, "JPEG", quality=93, exif=exif)
    assert file.stat().st_size > 5_000_000
    return file


def write(person: Person) -> None:
    person.open("/berita/tulis/")
    person.fill(**WORDS, body="Kegiatan dimulai pukul tujuh.", category="environment", dateline="TOMAN")


def choose(person: Person, folder: Path) -> None:
    write(person)
    person.attach("foto-baru-0-file", camera_photo(folder))
    expect(person.page.locator(f"{SLOT} [data-device]")).to_be_visible(timeout=PATIENCE)
    person.fill(**CAPTION)


def sent(page: Page) -> None:
    page.locator("button[name=then][value=submit]").click()
    page.wait_for_url("**/warga-toman-**", timeout=PATIENCE)


def what_left(photo: Photo) -> tuple[bytes, Image.Image]:
    with default_storage.open(photo.original.name) as file:
        content = file.read()
    return content, Image.open(io.BytesIO(content))


def is_upright(picture: Image.Image) -> bool:
    """Whether it is whole, and turned as the camera saw it: three wide and four high."""
    picture.load()
    return picture.width * 4 == picture.height * 3


def test_a_large_photo_leaves_small_upright_and_without_its_place(writer: Person, tmp_path: Path):
    bodies: list[int] = []
    writer.page.on("request", lambda request: bodies.append(len(request.post_data_buffer or b"")))
    choose(writer, tmp_path)
    sent(writer.page)
    article = Article.objects.get()
    content, picture = what_left(article.photos.get())
    assert (article.status, len(content) <= 300_000) == (Status.SUBMITTED, True)
    assert (max(picture.size) <= 1600, is_upright(picture)) == (True, True)
    assert (b"RAHASIA" in content, dict(picture.getexif())) == (False, {})
    assert max(bodies) < 300_000
    assert not Upload.objects.exists()


def test_a_piece_whose_answer_was_lost_is_resumed_and_makes_one_photo(writer: Person, tmp_path: Path):
    lost: list[str] = []
    wire = writer.page.context.new_cdp_session(writer.page)

    def lose_first_answers(answer: dict[str, Any]) -> None:
        """Of each piece the portal has the bytes; the answer to it never comes."""
        address = answer["request"]["url"]
        if address not in lost and len(lost) < 3:
            lost.append(address)
            wire.send(
                "Fetch.failRequest", {"requestId": answer["requestId"], "errorReason": "ConnectionReset"}
            )
        else:
            wire.send("Fetch.continueRequest", {"requestId": answer["requestId"]})

    wire.on("Fetch.requestPaused", lose_first_answers)
    choose(writer, tmp_path)
    wire.send("Fetch.enable", {"patterns": [{"urlPattern": "*/foto/kirim/*", "requestStage": "Response"}]})
    sent(writer.page)
    assert len(lost) == 3
    assert (Photo.objects.count(), Upload.objects.count()) == (1, 0)
    assert is_upright(what_left(Photo.objects.get())[1])
    assert [each for each in writer.complaints if "ERR_CONNECTION_RESET" not in each] == []
    writer.complaints.clear()


def test_a_photo_that_was_not_taken_stays_on_the_device(writer: Person, tmp_path: Path):
    full = {"status": 429, "content_type": "application/json", "body": '{"error": "Penuh"}'}
    writer.page.route("**/foto/kirim/**", lambda route: route.fulfill(**full))
    choose(writer, tmp_path)
    writer.page.locator("button[name=then][value=draft]").click()
    writer.page.wait_for_url("**/ubah/", timeout=PATIENCE)
    assert (Article.objects.get().photos.count(), Upload.objects.count()) == (0, 0)
    writer.complaints.clear()
    writer.page.unroute("**/foto/kirim/**")
    writer.page.locator("[data-restore]").click()
    expect(writer.page.locator(f"{SLOT} [data-device]")).to_be_visible(timeout=PATIENCE)
    writer.page.locator("button[name=then][value=submit]").click()
    writer.page.wait_for_url(re.compile(r"/warga-toman-[^/]+/$"), timeout=PATIENCE)
    assert [each.caption for each in Article.objects.get().photos.all()] == ["Warga di sungai."]


def test_a_tab_killed_before_sending_loses_no_photo(writer: Person, tmp_path: Path):
    choose(writer, tmp_path)
    wait_until_kept(writer.page, **CAPTION, photos=1)
    kill_tab(writer)
    writer.open("/berita/tulis/")
    writer.page.locator("[data-restore]").click()
    expect(writer.page.locator(f"{SLOT} canvas")).to_be_visible(timeout=PATIENCE)
    sent(writer.page)
    article = Article.objects.get()
    assert (article.status, article.photos.get().caption) == (Status.SUBMITTED, "Warga di sungai.")
    assert is_upright(what_left(article.photos.get())[1])
    assert kept(writer.page, "photos") == []


def test_what_is_covered_is_covered_in_what_leaves(writer: Person, tmp_path: Path):
    file = tmp_path / "wajah.jpg"
    Image.new("RGB", (1200, 900), (240, 240, 240)).save(file, "JPEG")
    write(writer)
    writer.attach("foto-baru-0-file", file)
    writer.page.locator(f"{SLOT} [data-cover]").click()
    box = writer.page.locator("dialog canvas").bounding_box()
    assert box is not None
    across, down = box["x"] + box["width"] / 4, box["y"] + box["height"] / 2
    writer.page.mouse.move(across, down)
    writer.page.mouse.down()
    writer.page.mouse.move(across + box["width"] / 10, down, steps=4)
    writer.page.mouse.up()
    writer.page.locator("dialog [value=done]").click()
    expect(writer.page.locator("dialog")).to_be_hidden()
    writer.page.locator(f"{SLOT} [data-go]").click()
    expect(writer.page.locator(f"{SLOT} progress")).to_have_js_property("value", 1, timeout=PATIENCE)
    upload = Upload.objects.get()
    with default_storage.open(upload.path) as content:
        picture = Image.open(content).convert("L")
    assert picture.size == (1200, 900)
    assert picture.getpixel((330, 450)) < 90
    assert picture.getpixel((900, 450)) > 220


def test_a_photo_is_placed_in_the_text_with_a_button(writer: Person, tmp_path: Path):
    choose(writer, tmp_path)
    writer.page.locator(f"{SLOT} [data-place]").click()
    sent(writer.page)
    assert "<p>[foto 1]</p>" in Article.objects.get().body


def test_a_photo_with_a_caption_goes_by_itself_and_is_there_on_another_device(portal: Portal, tmp_path: Path):
    bahar = make_user("Bahar Udin")
    make_community(applicant=bahar)
    phone, laptop = (
        portal.person("ponsel", replace(PHONE, spares_data=False)),
        portal.person("laptop", LAPTOP),
    )
    for person in (phone, laptop):
        sign_in(person, bahar.email)
    phone.open("/berita/tulis/")
    phone.fill(title=WORDS["title"])
    phone.attach("foto-baru-0-file", camera_photo(tmp_path))
    expect(phone.page.locator(f"{SLOT} [data-device]")).to_be_visible(timeout=PATIENCE)
    assert not Upload.objects.exists()
    phone.fill(**CAPTION)
    expect(phone.page.locator(f"{SLOT} progress")).to_have_js_property("value", 1, timeout=PATIENCE)
    phone.page.evaluate("() => dispatchEvent(new Event('online'))")
    stored = phone.page.locator("[name=foto-baru-0-stored]")
    expect(stored).not_to_have_value("", timeout=PATIENCE)
    photo = Photo.objects.get()
    assert (photo.caption, photo.credit, stored.input_value()) == (*CAPTION.values(), str(photo.pk))
    expect(phone.page.locator("[data-state]")).to_have_text(gettext("Saved on the portal as a draft."))
    assert kept(phone.page, "photos") == []

    laptop.open(f"{photo.article.get_absolute_url()}ubah/")
    caption = laptop.page.locator(f"[name=foto-{photo.pk}-caption]")
    assert caption.input_value() == photo.caption
    # Killed while one writes on, the phone sends the new words to the photo that is there, and no second one.
    words = {"foto-baru-0-caption": "Warga di tepi sungai."}
    phone.fill(**words)
    wait_until_kept(phone.page, **words)
    kill_tab(phone)
    phone.open("/berita/tulis/")
    phone.page.locator("[data-restore]").click()
    phone.sees(gettext("The portal has this photo."))
    phone.press("Save as draft")
    assert [(each.pk, each.caption) for each in Photo.objects.all()] == [(photo.pk, "Warga di tepi sungai.")]
    assert not Upload.objects.exists()
