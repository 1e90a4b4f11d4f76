"""Files that belong to no row go after a while; nothing that is in use, or young, ever does."""

from __future__ import annotations

import os
import time
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from articles import actions, leftovers, tasks
from articles.models import Photo, Upload
from communities.models import Picture
from moderation.states import Status
from tests.common.pictures import camera_jpeg
from tests.factories import make_article

pytestmark = pytest.mark.django_db
WORDS = {"caption": "Pasar", "credit": "Siti"}


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


def _aged(root: Path) -> None:
    then = time.time() - leftovers.UNTOUCHED.total_seconds() - 60
    for path in (root, *root.rglob("*")):
        os.utime(path, (then, then))


def _files(root: Path) -> set[str]:
    return {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}


def _sweep_all() -> int:
    return sum(leftovers.sweep(number) for number in range(leftovers.FOLDERS))


def _photo() -> Photo:
    draft = make_article(Status.DRAFT)
    file = ContentFile(camera_jpeg(600, 400).getvalue(), "foto.jpg")
    return actions.add_photo(draft, file, by=draft.created_by, **WORDS)


def test_what_was_rolled_back_goes_and_what_has_a_row_stays(media):
    kept, rendered = _photo(), _photo()
    tasks.make_photo_ready(rendered.pk)
    user = kept.uploaded_by
    upload = Upload.objects.create(key=uuid4(), size=3, uploaded_by=user)
    logo = Picture(
        community=make_article().community, use="logo", key=uuid4(), uploaded_by=user, width=1, height=1
    )
    logo.original.save("", ContentFile(b"abc"))
    for name in (upload.path, f"pictures/{logo.key.hex[:2]}/{logo.key.hex}/480.webp"):
        default_storage.save(name, ContentFile(b"abc"))
    in_use = _files(media)
    with transaction.atomic():
        _photo()
        transaction.set_rollback(True)
    strange = "uploads/ab/catatan.txt"
    for name in (Upload(key=uuid4()).path, f"pictures/0a/{'0a' * 16}/480.webp", strange):
        default_storage.save(name, ContentFile(b"abc"))
    _aged(media)
    assert (_sweep_all(), _files(media)) == (3, in_use | {strange})
    assert _sweep_all() == 0


def test_what_is_young_stays_whatever_the_rows_say(media):
    default_storage.save(Upload(key=uuid4()).path, ContentFile(b"abc"))
    assert (_sweep_all(), len(_files(media))) == (0, 1)


def test_of_who_has_gone_the_file_as_it_came_goes_too(media):
    photo = _photo()
    Photo.objects.update(original="", state=Photo.State.READY)
    _aged(media)
    assert (_sweep_all(), _files(media)) == (1, set())
    assert Photo.objects.get() == photo


def test_folders_without_files_go_with_their_photo(media):
    photo = _photo()
    tasks.make_photo_ready(photo.pk)
    key = photo.key.hex
    photo.delete()
    _aged(media)
    _sweep_all()
    assert [path for path in media.rglob("*") if key in path.name] == []


def test_each_run_takes_one_folder_and_in_two_days_all_have_had_their_turn(monkeypatch):
    taken = []
    monkeypatch.setattr(leftovers, "_sweep", lambda _root, folder, _in_use: taken.append(folder.name) or 0)
    for run in range(leftovers.FOLDERS):
        moment = run * leftovers.EVERY.total_seconds()
        monkeypatch.setattr(leftovers.time, "time", lambda moment=moment: moment)
        tasks.sweep_leftovers()
    assert len(taken) == leftovers.FOLDERS * len(leftovers.KINDS)
    assert set(taken) == {f"{number:02x}" for number in range(leftovers.FOLDERS)}
    assert leftovers.EVERY * leftovers.FOLDERS < leftovers.UNTOUCHED
