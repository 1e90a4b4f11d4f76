"""Logos and group photos from the form to the page: a worker makes them ready."""

from __future__ import annotations

import io

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

import moderation.actions
from common import broker
from common.photos import DAMAGED
from communities import actions, developing, personal_data, tasks
from communities.models import Community, Picture
from moderation.errors import TransitionRefused
from moderation.states import Status
from tests.common.pictures import camera_jpeg
from tests.communities.applying import address
from tests.factories import make_community, make_officer, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def community() -> Community:
    return make_community(applicant=make_user("Bahar Udin"))


def give(community: Community, use: str = Picture.Use.GROUP, content: bytes | None = None) -> Picture:
    content = camera_jpeg(2400, 1600).getvalue() if content is None else content
    upload = SimpleUploadedFile("bersama.jpg", content)
    return actions.set_picture(community, use, upload, by=community.created_by)


def made_ready(picture: Picture) -> Picture:
    developing.make_ready(Picture, picture.pk, render=developing.render_here)
    picture.refresh_from_db()
    return picture


def stored(name: str) -> bytes:
    with default_storage.open(name) as file:
        return file.read()


def test_a_group_photo_waits_and_a_worker_makes_every_width_in_three_formats(community):
    picture = give(community)
    assert (picture.state, picture.width, picture.height, picture.small.name) == ("waiting", 1600, 1067, "")
    tasks.make_picture_ready(picture.pk)
    picture.refresh_from_db()
    found = {
        (size, kind): Image.open(io.BytesIO(stored(picture.rendition(f"{size}-{kind}")[0])))
        for size in Picture.WIDTHS
        for kind in ("avif", "webp", "jpeg")
    }
    assert {key: (image.format, image.width) for key, image in found.items()} == {
        (size, kind): (kind.upper(), width)
        for size, width in Picture.WIDTHS.items()
        for kind in ("avif", "webp", "jpeg")
    }
    assert b"RAHASIA" not in stored(picture.rendition("large-jpeg")[0])


def test_its_place_is_kept_until_it_is_ready_and_then_every_format_is_offered(client, community):
    picture = give(community)
    page = client.get(community.get_absolute_url()).content.decode()
    assert (page.count("photo-waiting"), page.count("<picture>"), "og:image:alt" in page) == (1, 0, False)
    made_ready(picture)
    page = client.get(community.get_absolute_url()).content.decode()
    assert (page.count("photo-waiting"), page.count("<picture>")) == (0, 1)
    assert (page.count('type="image/avif"'), page.count(picture.src), "og:image:alt" in page) == (1, 2, True)


def test_the_file_as_it_came_is_kept_and_no_address_answers_it(client, community):
    picture = made_ready(give(community))
    assert b"RAHASIA" in stored(picture.original.name)
    client.force_login(community.created_by)
    for size in ("original", "small-original", "original-jpeg", "fallback-avif", "small-tiff"):
        assert client.get(reverse("communities:picture", args=[picture.key, size])).status_code == 404


def test_the_next_one_takes_every_file_of_the_former_with_it(community, django_capture_on_commit_callbacks):
    former = made_ready(give(community))
    names = former.file_names()
    with django_capture_on_commit_callbacks(execute=True):
        give(community, content=camera_jpeg(600, 400).getvalue())
    assert (len(names), [name for name in names if default_storage.exists(name)]) == (10, [])


def test_the_sweep_takes_what_a_broken_queue_left(community, monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr(broker, "offer", lambda *_: False)
    with django_capture_on_commit_callbacks(execute=True):
        picture = give(community, content=camera_jpeg(300, 200).getvalue())
    tasks.sweep_pictures()
    picture.refresh_from_db()
    assert picture.state == "ready"


def test_what_only_the_worker_finds_out_is_said_to_managers_and_readers_see_the_cloth(client, community):
    Picture.objects.create(
        community=community, use=Picture.Use.GROUP, fingerprint="a", width=1600, height=1200,
        uploaded_by=community.created_by, state="refused", refusal="damaged",
    )  # fmt: skip
    page = client.get(community.get_absolute_url()).content.decode()
    assert (str(DAMAGED) in page, "cover--photo" in page) == (False, False)
    client.force_login(community.created_by)
    assert str(DAMAGED) in client.get(community.get_absolute_url()).content.decode()
    Community.objects.update(status=Status.DRAFT)
    assert str(DAMAGED) in client.get(address(community, "kelompok")).content.decode()


def test_nobody_verifies_a_community_whose_picture_nobody_saw():
    community, officer = make_community(Status.SUBMITTED), make_officer()
    picture = give(community)
    with pytest.raises(TransitionRefused):
        moderation.actions.move(community, "approve", by=officer)
    made_ready(picture)
    community = Community.objects.get()
    moderation.actions.move(community, "approve", by=officer)
    assert Community.objects.get().status == Status.APPROVED


def test_with_an_account_go_the_files_as_they_came(community, django_capture_on_commit_callbacks):
    picture = made_ready(give(community))
    name = picture.original.name
    with django_capture_on_commit_callbacks(execute=True):
        personal_data.erase(community.created_by)
    picture.refresh_from_db()
    assert (picture.original.name, default_storage.exists(name), picture.is_ready) == ("", False, True)
