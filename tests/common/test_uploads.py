import io
import tempfile

import pytest
from django import forms
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http.multipartparser import MultiPartParser
from django.test import RequestFactory
from django.utils import translation
from PIL import Image

from common import photos, uploads
from common.uploads import MB, BoundedUploadHandler, DocumentField, PhotoField, safe_name
from tests.common.pictures import as_file, bomb_png, camera_jpeg, halves

HANDLER = ["common.uploads.BoundedUploadHandler"]


@pytest.fixture(autouse=True)
def _set_up(settings, tmp_path):
    settings.FILE_UPLOAD_HANDLERS = HANDLER
    settings.UPLOAD_LIMIT_BYTES = 12 * MB
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    with translation.override("en"):
        yield


class DocumentForm(forms.Form):
    title = forms.CharField()
    scan = DocumentField()


class PhotoForm(forms.Form):
    photo = PhotoField()


def sent(name, data):
    """A file as it comes through a request."""
    return RequestFactory().post("/", {"file": SimpleUploadedFile(name, data)}).FILES["file"]


def document(name, data):
    return DocumentForm({"title": "SK"}, {"scan": sent(name, data)})


def photo(name, data):
    return PhotoForm({}, {"photo": sent(name, data)})


class EndlessUpload(io.RawIOBase):
    """A form with a huge file between two fields, made while it is read."""

    BOUNDARY = "potong"

    def __init__(self, size):
        part = f'--{self.BOUNDARY}\r\nContent-Disposition: form-data; name="{{}}"'
        self.parts = [
            (part.format("title") + "\r\n\r\nSK 2025\r\n" + part.format("scan")).encode(),
            b'; filename="besar.pdf"\r\nContent-Type: application/pdf\r\n\r\n%PDF-',
            size - 5,
            ("\r\n" + part.format("note") + f"\r\n\r\nMohon diperiksa\r\n--{self.BOUNDARY}--\r\n").encode(),
        ]
        self.length = sum(part if isinstance(part, int) else len(part) for part in self.parts)

    def read(self, size=-1):
        while self.parts:
            part = self.parts[0]
            if part:
                taken = min(size, part) if isinstance(part, int) else part[:size]
                self.parts[0] = part - taken if isinstance(part, int) else part[size:]
                return bytes(taken) if isinstance(part, int) else taken
            self.parts.pop(0)
        return b""

    def parse(self):
        meta = {
            "CONTENT_TYPE": f"multipart/form-data; boundary={self.BOUNDARY}",
            "CONTENT_LENGTH": str(self.length),
        }
        return MultiPartParser(meta, self, [BoundedUploadHandler()]).parse()


def test_an_upload_of_200_mb_is_counted_not_kept_and_the_other_fields_arrive(tmp_path):
    upload = EndlessUpload(200 * MB)
    fields, files = upload.parse()
    assert fields.dict() == {"title": "SK 2025", "note": "Mohon diperiksa"}
    assert (files["scan"].name, files["scan"].size) == ("besar.pdf", 200 * MB)
    assert list(tmp_path.iterdir()) == []

    form = DocumentForm(fields, files)
    assert form.errors == {
        "scan": ["This file has 200 MB; the limit is 5 MB. Choose a smaller one. What you typed is kept."]
    }
    assert form["title"].value() == "SK 2025"


def test_half_a_file_cannot_be_stored_as_a_whole(settings):
    settings.UPLOAD_LIMIT_BYTES = 1000
    file = sent("besar.pdf", b"x" * 1001)
    assert file.size == 1001
    for use in (file.read, file.open, lambda: list(file.chunks()), lambda: list(file)):
        with pytest.raises(SuspiciousFileOperation):
            use()
    file.close()


@pytest.mark.parametrize("size", [1, 999, 1000, 70_000, 3 * MB])
def test_what_fits_arrives_whole(settings, size):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 100_000
    data = bytes(n % 251 for n in range(1000)) * (size // 1000 + 1)
    file = sent("utuh.bin", data[:size])
    assert (file.size, file.read()) == (size, data[:size])
    assert hasattr(file, "temporary_file_path") == (size > 100_000)
    file.close()


def test_several_files_of_one_form_do_not_mix(settings):
    settings.UPLOAD_LIMIT_BYTES = 1000
    parts = {"a": b"a" * 10, "b": b"b" * 2000, "c": b"c" * 20}
    files = RequestFactory().post("/", {n: SimpleUploadedFile(n, data) for n, data in parts.items()}).FILES
    assert {name: file.size for name, file in files.items()} == {"a": 10, "b": 2000, "c": 20}
    assert (files["a"].read(), files["c"].read()) == (parts["a"], parts["c"])


def test_a_sender_who_goes_away_leaves_no_file(settings, tmp_path):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    handler = BoundedUploadHandler()
    handler.new_file("scan", "sk.pdf", "application/pdf", None)
    handler.receive_data_chunk(b"%PDF-1.7 0123456789", 0)
    assert len(list(tmp_path.iterdir())) == 1
    handler.upload_interrupted()
    assert list(tmp_path.iterdir()) == []
    assert tempfile.gettempdir() != str(tmp_path)


@pytest.mark.parametrize(
    ("name", "data", "detected"),
    [
        ("sk.pdf", b"%PDF-1.7\n...", "application/pdf"),
        ("sk.exe", camera_jpeg(300, 200).getvalue(), "image/jpeg"),
        ("sk", as_file(halves(30, 20), "PNG").getvalue(), "image/png"),
    ],
)
def test_a_document_is_known_by_its_content(name, data, detected):
    form = document(name, data)
    assert form.errors == {}
    file = form.cleaned_data["scan"]
    assert file.detected_type == detected
    assert file.name == "sk" + uploads.SUFFIXES[detected]
    assert file.size == len(file.read())


def test_a_photographed_document_is_upright_and_does_not_tell_the_place():
    form = document("sk.jpg", camera_jpeg(3000, 2000, orientation=6).getvalue())
    assert form.errors == {}
    data = form.cleaned_data["scan"].read()
    assert b"RAHASIA" not in data
    assert b"Exif" not in data
    assert Image.open(io.BytesIO(data)).size == (2000, 3000)


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("sk.pdf", b"", uploads.EMPTY),
        ("sk.pdf", b"MZ\x90\0 not a paper", uploads.NOT_A_DOCUMENT),
        ("sk.pdf", b"<html><script>alert(1)</script>", uploads.NOT_A_DOCUMENT),
        ("sk.jpg", as_file(halves(30, 20), "GIF").getvalue(), uploads.NOT_A_DOCUMENT),
        ("sk.jpg", b"\0\0\0\x18ftypheic\0\0\0\0", photos.HEIC),
        ("sk.jpg", camera_jpeg().getvalue()[:9000], photos.DAMAGED),
        ("sk.png", bomb_png(50_000, 50_000).getvalue(), photos.TOO_MANY_PIXELS),
    ],
    ids=["empty", "program", "html", "gif", "heic", "cut", "bomb"],
)
def test_what_is_no_document_is_refused_in_words(name, data, why):
    assert document(name, data).errors == {"scan": [why]}


def test_a_photo_comes_with_its_size_as_it_stands_upright():
    form = photo("../Foto rapat\x00 (1).HEIC.jpeg", camera_jpeg(orientation=6).getvalue())
    assert form.errors == {}
    file = form.cleaned_data["photo"]
    assert file.name == "Foto-rapat-1-.HEIC.jpg"
    assert file.upright_size == (800, 1200)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", uploads.EMPTY),
        (b"GIF89a", photos.NOT_A_PHOTO),
        (b"%PDF-1.7", photos.NOT_A_PHOTO),
        (camera_jpeg().getvalue()[:9000], photos.DAMAGED),
        (bomb_png(50_000, 50_000).getvalue(), photos.TOO_MANY_PIXELS),
    ],
    ids=["empty", "gif in name only", "pdf", "cut", "bomb"],
)
def test_what_is_no_photo_is_refused_in_words(data, why):
    assert photo("foto.jpg", data).errors == {"photo": [why]}


def test_a_photo_over_its_limit_says_by_how_much(settings):
    settings.UPLOAD_LIMIT_BYTES = 5 * MB
    assert (
        photo("foto.jpg", b"x" * (5 * MB + 1))
        .errors["photo"][0]
        .startswith("This file has 5.1 MB; the limit is 5 MB.")
    )


def test_a_field_that_is_not_required_may_stay_empty():
    assert DocumentField(required=False).clean(None) is None


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("SK Kades 2025.PDF", "SK-Kades-2025.pdf"),
        ("C:\\fakepath\\surat.pdf", "surat.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("…\x00", "berkas.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("é" * 300 + ".pdf", "é" * 60 + ".pdf"),
    ],
)
def test_file_names_are_made_safe_and_short(name, safe):
    assert safe_name(name, ".pdf") == safe
