"""Files that are not what they claim, too large, broken, or a trap: refused in words, the text is kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from articles.models import Photo
from communities.models import Document, Picture
from tests.bad_input.forms import AMENDMENT, ARTICLE, DECREE, GROUP, PDF, Form
from tests.bad_input.pages import Page
from tests.common.pictures import as_file, bomb_png, camera_jpeg, halves

pytestmark = pytest.mark.django_db
MB = 1024 * 1024
CAPTION = {"foto-baru-0-caption": "Warga di sungai", "foto-baru-0-credit": "Siti"}
# The form, its file field, and what else belongs to the file.
PICTURES = [
    (GROUP, "logo", {}),
    (GROUP, "group_photo", {}),
    (ARTICLE, "foto-baru-0-file", CAPTION),
    (AMENDMENT, "foto-baru-0-file", CAPTION),
]
PAPERS = [(DECREE, "decree", {})]


def broken_jpeg() -> bytes:
    """Half of a photo, as after a signal that died."""
    whole = camera_jpeg().getvalue()
    return whole[: len(whole) // 2]


BAD_EVERYWHERE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "a program": ("sk.pdf", lambda: b"MZ\x90\x00" + b"\0" * 500),
    "a web page": ("foto.jpg", lambda: b"<html><script>a()</script></html>"),
    "a drawing with a script": (
        "logo.png",
        lambda: b'<svg xmlns="http://www.w3.org/2000/svg" onload="a()"/>',
    ),
    "nothing at all": ("foto.jpg", lambda: b""),
    "a text": ("sk.pdf", lambda: b"Surat Keputusan"),
    "an archive": ("sk.pdf", lambda: b"PK\x03\x04" + b"\0" * 100),
    "fifty thousand by fifty thousand": ("foto.png", lambda: bomb_png(50_000, 50_000).getvalue()),
    "a truncated photo": ("foto.jpg", broken_jpeg),
    "only the first bytes of a photo": ("foto.jpg", lambda: b"\xff\xd8\xff\xe0" + b"\0" * 30),
    "only the first bytes of a PNG": ("foto.png", lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 30),
}
NO_PICTURE: dict[str, tuple[str, Callable[[], bytes]]] = {"a PDF": ("foto.jpg", lambda: PDF)}


class Case(NamedTuple):
    """A file in the wrong place: which form, which field, what belongs beside it."""

    form: Form
    field: str
    words: dict[str, str]
    filename: str
    content: Callable[[], bytes]


CASES = [
    pytest.param(Case(*place, *bad), id=f"{place[0]}-{place[1]}-{what}")
    for places, files in ((PICTURES, {**BAD_EVERYWHERE, **NO_PICTURE}), (PAPERS, BAD_EVERYWHERE))
    for place in places
    for what, bad in files.items()
]


def sends(client: Client, form: Form, url: str, **extra: Any) -> Page:
    """What comes back when the form is sent with this; it must not be stored."""
    before = (form.makes._default_manager.count(), Document.objects.count(), Photo.objects.count())
    answer = client.post(url, {**form.good(), **extra})
    assert answer.status_code == 422
    after = (form.makes._default_manager.count(), Document.objects.count(), Photo.objects.count())
    assert after == before
    return Page(answer)


@pytest.mark.parametrize("case", CASES)
def test_it_is_refused_at_its_field_and_the_text_is_kept(client: Client, case: Case):
    url = case.form.open(client)
    file = SimpleUploadedFile(case.filename, case.content())
    page = sends(client, case.form, url, **case.words, **{case.field: file})
    assert page.wrong == {case.field}
    assert page.errors[case.field]
    sent = {name: str(value) for name, value in case.form.good().items() if name in case.form.texts}
    assert {name: page.fields[name] for name in sent} == sent
    assert {name: page.fields[name] for name in case.words} == case.words


@pytest.mark.parametrize(("form", "name", "words"), PICTURES + PAPERS)
def test_a_name_full_of_tricks_becomes_a_harmless_one(client: Client, form: Form, name: str, words: dict):
    url = form.open(client)
    trick = '../../etc/"><script>a()</script>\r\nSet-Cookie: a=b .php\u202egpj.pdf'
    content = as_file(halves(60, 40), "JPEG").getvalue()
    answer = client.post(url, {**form.good(), **words, name: SimpleUploadedFile(trick, content)}, follow=True)
    assert answer.status_code == 200
    assert Page(answer).dangers == []
    stored = [
        *(photo.original.name for photo in Photo.objects.all()),
        *(each.file.name for each in Document.objects.all()),
    ]
    stored += [picture.original.name for picture in Picture.objects.all()]
    assert stored
    assert not any("php" in path or ".." in path or "script" in path for path in stored)


def test_a_file_where_text_belongs_and_text_where_a_file_belongs(client: Client):
    url = DECREE.open(client)
    answer = client.post(
        url, {"decree_number": SimpleUploadedFile("nomor.txt", b"7"), "decree": "bukan berkas"}
    )
    assert answer.status_code in {302, 422}
    assert not Document.objects.exists()


def test_six_megabytes_are_too_much_for_a_scan_and_the_limit_is_said(client: Client):
    url = DECREE.open(client)
    page = sends(client, DECREE, url, decree=SimpleUploadedFile("sk.pdf", PDF + b"0" * 6 * MB))
    assert page.wrong == {"decree"}
    assert "5 MB" in page.errors["decree"]
    assert page.fields["decree_number"] == "141/12/KPTS/2026"


def test_a_photo_of_more_than_the_portal_takes_is_refused_with_the_limit(client: Client):
    url = ARTICLE.open(client)
    large = camera_jpeg().getvalue() + b"\0" * 13 * MB
    page = sends(client, ARTICLE, url, **CAPTION, **{"foto-baru-0-file": SimpleUploadedFile("f.jpg", large)})
    assert page.wrong == {"foto-baru-0-file"}
    assert "12" in page.errors["foto-baru-0-file"]


def test_a_photo_as_large_as_the_form_promises_is_taken(client: Client):
    """The help text of the field says how large a photo may be; that much must come through."""
    url = ARTICLE.open(client)
    camera = camera_jpeg().getvalue()
    large = camera + b"\0" * (11 * MB - len(camera))
    sent = {**ARTICLE.good(), **CAPTION, "foto-baru-0-file": SimpleUploadedFile("f.jpg", large)}
    assert client.post(url, sent).status_code == 302
    assert Photo.objects.count() == 1
