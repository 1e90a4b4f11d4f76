"""Files of a registration, and two presses of a button at the same moment."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from PIL import Image

from communities import developing
from communities.models import Community, Picture
from moderation.states import Status
from tests.communities.applying import (
    BEGIN,
    PLACE,
    address,
    begun,
    fill,
    filled,
    scan,
)
from tests.factories import (
    make_community,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def applicant(client):
    user = make_user("Bahar Udin")
    client.force_login(user)
    return user


def _picture(colour=(120, 40, 20)):
    stream = io.BytesIO()
    Image.new("RGB", (700, 700), colour).save(stream, "PNG")
    return SimpleUploadedFile("logo.png", stream.getvalue(), content_type="image/png")


def test_a_logo_is_kept_re_encoded_and_replaced_by_the_next(client, applicant):
    community = begun(client)
    fill(client, community, "kelompok", logo=_picture())
    fill(client, community, "kelompok", logo=_picture((10, 90, 40)))
    developing.make_all_ready(Picture)
    logo = community.pictures.get()
    shown = Image.open(io.BytesIO(b"".join(client.get(logo.src))))
    assert (shown.format, shown.getpixel((5, 5))[1] > shown.getpixel((5, 5))[0]) == ("JPEG", True)
    client.logout()
    assert client.get(logo.src).status_code == 404  # a draft's


def test_a_file_stays_when_its_step_is_saved_again_without_one(client, applicant):
    community = begun(client)
    fill(client, community, "sk")
    client.post(address(community, "sk"), filled("sk") | {"decree": ""})
    assert community.documents.count() == 1


def test_the_same_scan_sent_twice_is_kept_once_and_another_beside_it(client, applicant):
    community = begun(client)
    fill(client, community, "sk")
    fill(client, community, "sk")
    assert community.documents.count() == 1
    fill(client, community, "sk", decree=scan("sk-baru.pdf", b"%PDF-1.4 baru\n%%EOF\n"))
    assert community.decree_scan.original_name == "sk-baru.pdf"


def test_two_clicks_on_the_sk_at_the_same_moment_keep_one_scan(committed_db, client):
    applicant = make_user("Bahar Udin")
    community = make_community(Status.DRAFT, applicant=applicant)
    client.force_login(applicant)
    barrier = Barrier(2)

    def click(_number: int) -> int:
        browser = Client()
        browser.cookies = client.cookies
        sent = filled("sk")
        barrier.wait(timeout=10)
        try:
            return browser.post(address(community, "sk"), sent).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(click, range(2))) == [302, 302]
    assert community.documents.count() == 1


def test_two_of_one_name_at_the_same_moment_have_two_addresses(committed_db):
    people = [make_user(), make_user()]
    barrier = Barrier(2)

    def apply(person) -> int:
        browser = Client()
        browser.force_login(person)
        sent = {**PLACE, "form_key": str(uuid4())}
        barrier.wait(timeout=10)
        try:
            return browser.post(BEGIN, sent).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(apply, people)) == [302, 302]
    assert len(set(Community.objects.values_list("slug", flat=True))) == 2
