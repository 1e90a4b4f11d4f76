"""Making photos ready: a worker renders what has arrived, in a process of its own; see docs/adr/0041.

A photo is claimed for a few minutes, rendered without any lock, and stored if it is still there. Killed
anywhere, it is claimed again by the sweep; one that kills its worker each time is refused after TRIES.
"""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from articles.photographs import Photo
from common.photo_formats import Formats, write_all, write_all_apart
from common.photos import FALLBACK_WIDTH, PhotoRefused, reason_of
from communities.pictures import picture_path

logger = logging.getLogger(__name__)

CLAIM = timedelta(minutes=5)
TRIES = 3
AT_ONCE = 50
Render = Callable[[Path, Path], Formats]


def make_ready(photo_id: int, *, render: Render = write_all_apart) -> None:
    """Render one photo, or say why it cannot be shown; as often as it is called, once."""
    photo = _claimed(photo_id)
    if photo is None:
        return
    if photo.tries > TRIES:
        _refuse(photo, "damaged")
        return
    with tempfile.TemporaryDirectory(prefix="foto-") as folder:
        try:
            made = render(Path(photo.original.path), Path(folder))
        except PhotoRefused as refused:
            _refuse(photo, reason_of(refused))
        else:
            _keep(photo, made, Path(folder))


def make_all_ready() -> None:
    """The guarantee behind the queue: whatever waits, whatever the reason."""
    waiting = Photo.objects.waiting().order_by("pk").values_list("pk", flat=True)
    for photo_id in list(waiting[:AT_ONCE]):
        try:
            make_ready(photo_id)
        except Exception:
            # One that fails must not keep the others waiting.
            logger.exception("Photo %s could not be made ready.", photo_id)


def render_here(source: Path, folder: Path) -> Formats:
    """Without a process of its own: for pictures that the portal has drawn itself."""
    with source.open("rb") as file:
        return write_all(file, folder)


def _claimed(photo_id: int) -> Photo | None:
    """The photo, if it waits and nobody else is at it."""
    until = timezone.now() + CLAIM
    found = Photo.objects.waiting().filter(pk=photo_id)
    if not found.update(claimed_until=until, tries=F("tries") + 1):
        return None
    return Photo.objects.filter(pk=photo_id).first()


def _refuse(photo: Photo, reason: str) -> None:
    Photo.objects.filter(pk=photo.pk, state=Photo.State.WAITING).update(
        state=Photo.State.REFUSED, refusal=reason, claimed_until=None
    )


def _keep(photo: Photo, made: Formats, folder: Path) -> None:
    """Store what was rendered, unless the photo was taken off meanwhile."""
    with transaction.atomic():
        locked = Photo.objects.select_for_update().filter(pk=photo.pk, state=Photo.State.WAITING).first()
        if locked is None:
            return
        for rendered in sorted(folder.iterdir()):
            _store(picture_path(locked, rendered.name), rendered.read_bytes())
        for name, width in zip(Photo.WIDTHS, made.widths, strict=False):
            setattr(locked, name, picture_path(locked, f"{width}.webp"))
        fallback = max(width for width in made.widths if width <= max(FALLBACK_WIDTH, made.widths[0]))
        locked.fallback = picture_path(locked, f"{fallback}.jpeg")
        locked.width, locked.height = made.width, made.height
        locked.state, locked.has_all_formats, locked.claimed_until = Photo.State.READY, True, None
        _let_original_go(locked)
        locked.save()


def _let_original_go(photo: Photo) -> None:
    """Of who has gone, the file as it came goes too, now that it is not needed any more."""
    name = str(photo.original.name)
    if photo.uploaded_by.erased_at:
        photo.original = ""
        transaction.on_commit(lambda: default_storage.delete(name))


def _store(name: str, data: bytes) -> None:
    """Under this very name: what a killed worker has left is replaced."""
    default_storage.delete(name)
    default_storage.save(name, ContentFile(data))
