"""Two hundred megabytes through a real server: refused in words, never held whole."""

from __future__ import annotations

import http.client
import resource
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings as django_settings
from django.http import HttpResponse
from django.test import Client

from articles.models import Photo
from communities.models import Document
from tests.bad_input.forms import ARTICLE, DECREE, Form
from tests.bad_input.pages import Page

pytestmark = pytest.mark.usefixtures("committed_db")
MB = 1024 * 1024
BOUNDARY = "batas"
TOKEN = "a" * 32
CAPTION = {"foto-baru-0-caption": "Warga di sungai", "foto-baru-0-credit": "Siti"}


def flood(fields: dict[str, str], name: str, size: int) -> tuple[int, Iterator[bytes]]:
    """How long a multipart body with a file of this size is, and the body, made while it is read."""
    head = "".join(
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{each}"\r\n\r\n{value}\r\n'
        for each, value in fields.items()
    )
    head += (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"; filename="besar.pdf"\r\n'
        "Content-Type: application/pdf\r\n\r\n"
    )
    tail = f"\r\n--{BOUNDARY}--\r\n"
    piece = b"0" * 65536

    def pieces() -> Iterator[bytes]:
        yield head.encode()
        for _number in range(size // len(piece)):
            yield piece
        yield tail.encode()

    return len(head.encode()) + size + len(tail), pieces()


def post(url: str, client: Client, length: int, body: Iterator[bytes]) -> HttpResponse:
    """Over a real connection, as the person who is signed in at the client."""
    address = urlsplit(url)
    cookie = f"{django_settings.SESSION_COOKIE_NAME}={client.session.session_key}; csrftoken={TOKEN}"
    connection = http.client.HTTPConnection(str(address.hostname), address.port, timeout=60)
    headers = {
        "Content-Length": str(length),
        "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
        "Cookie": cookie,
    }
    connection.request("POST", address.path, body=body, headers=headers)
    answer = connection.getresponse()
    content = HttpResponse(answer.read(), status=answer.status)
    connection.close()
    return content


@pytest.fixture
def folder(settings, tmp_path: Path) -> Path:
    """Where uploads lie while they arrive."""
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    return tmp_path


@pytest.mark.parametrize(
    ("form", "name", "megabytes"),
    [(DECREE, "decree", 200), (ARTICLE, "foto-baru-0-file", 40)],
    ids=["registration", "article"],
)
@pytest.mark.usefixtures("folder")
def test_it_is_refused_at_its_field_and_the_text_is_kept(
    live_server, client: Client, form: Form, name: str, megabytes: int
):
    url = form.open(client)
    good = {each: str(value) for each, value in form.good().items() if each != name}
    sent = {"csrfmiddlewaretoken": TOKEN, **good, **(CAPTION if form is ARTICLE else {})}
    answer = post(f"{live_server.url}{url}", client, *flood(sent, name, megabytes * MB))
    page = Page(answer)
    assert (answer.status_code, page.wrong) == (422, {name})
    assert str(megabytes) in page.errors[name]
    texts = {each: good[each] for each in good if each in form.texts}
    assert {each: page.fields[each] for each in texts} == texts
    assert (Document.objects.count(), Photo.objects.count()) == (0, 0)


def test_it_is_held_neither_in_memory_nor_on_the_disk(live_server, client: Client, folder: Path):
    url = DECREE.open(client)
    before = peak_in_megabytes()
    post(f"{live_server.url}{url}", client, *flood({"csrfmiddlewaretoken": TOKEN}, "decree", 200 * MB))
    assert peak_in_megabytes() - before < 60
    assert list(folder.iterdir()) == []


def peak_in_megabytes() -> int:
    """The most memory that this process has ever had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
