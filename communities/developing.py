"""Making pictures ready: a worker renders what has arrived, in a process of its own; see docs/adr/0041.

A picture is claimed for a few minutes, rendered without any lock, and stored if it is still there. Killed
anywhere, it is claimed again by the sweep; one that kills its worker each time is refused after TRIES.
"""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models import F
from django.utils import timezone

from common.photo_formats import Formats, write_all, write_all_apart
from common.photos import FALLBACK_WIDTH, PhotoRefused, reason_of
from communities.pictures import StoredPicture, picture_path

logger = logging.getLogger(__name__)

CLAIM = timedelta(minutes=5)
TRIES = 3
AT_ONCE = 50
Render = Callable[[Path, Path], Formats]
# The kind: a model that is a StoredPicture.
Kind = type[Any]
State = StoredPicture.State


def make_ready(kind: Kind, picture_id: int, *, render: Render = write_all_apart) -> None:
    """Render one picture, or say why it cannot be shown; as often as it is called, once."""
    picture = _claimed(kind, picture_id)
    if picture is None:
        return
    if picture.tries > TRIES:
        _refuse(picture, "damaged")
        return
    with tempfile.TemporaryDirectory(prefix="foto-") as folder:
        try:
            made = render(Path(picture.original.path), Path(folder))
        except PhotoRefused as refused:
            _refuse(picture, reason_of(refused))
        else:
            _keep(picture, made, Path(folder))


def make_all_ready(kind: Kind) -> None:
    """The guarantee behind the queue: whatever waits, whatever the reason."""
    waiting = kind.objects.waiting().order_by("pk").values_list("pk", flat=True)
    for picture_id in list(waiting[:AT_ONCE]):
        try:
            make_ready(kind, picture_id)
        except Exception:
            # One that fails must not keep the others waiting.
            logger.exception("%s %s could not be made ready.", kind.__name__, picture_id)


def render_here(source: Path, folder: Path) -> Formats:
    """Without a process of its own: for pictures that the portal has drawn itself."""
    with source.open("rb") as file:
        return write_all(file, folder)


def _claimed(kind: Kind, picture_id: int) -> StoredPicture | None:
    """The picture, if it waits and nobody else is at it."""
    until = timezone.now() + CLAIM
    waiting = kind.objects.waiting().filter(pk=picture_id)
    if not waiting.update(claimed_until=until, tries=F("tries") + 1):
        return None
    found: StoredPicture | None = kind.objects.filter(pk=picture_id).first()
    return found


def _still_waiting(picture: StoredPicture) -> models.QuerySet[Any]:
    kind: Kind = type(picture)
    waiting: models.QuerySet[Any] = kind.objects.filter(pk=picture.pk, state=State.WAITING)
    return waiting


def _refuse(picture: StoredPicture, reason: str) -> None:
    _still_waiting(picture).update(state=State.REFUSED, refusal=reason, claimed_until=None)


def _keep(picture: StoredPicture, made: Formats, folder: Path) -> None:
    """Store what was rendered, unless the picture was taken off meanwhile."""
    with transaction.atomic():
        locked = _still_waiting(picture).select_for_update().first()
        if locked is None:
            return
        for rendered in sorted(folder.iterdir()):
            _store(picture_path(locked, rendered.name), rendered.read_bytes())
        for name, width in zip(StoredPicture.WIDTHS, made.widths, strict=False):
            setattr(locked, name, picture_path(locked, f"{width}.webp"))
        fallback = max(width for width in made.widths if width <= max(FALLBACK_WIDTH, made.widths[0]))
        locked.fallback = picture_path(locked, f"{fallback}.jpeg")
        locked.width, locked.height = made.width, made.height
        locked.state, locked.has_all_formats, locked.claimed_until = State.READY, True, None
        _let_original_go(locked)
        locked.save()


def _let_original_go(picture: StoredPicture) -> None:
    """Of who has gone, the file as it came goes too, now that it is not needed any more."""
    name = str(picture.original.name)
    if picture.uploaded_by.erased_at:
        picture.original = ""
        transaction.on_commit(lambda: default_storage.delete(name))


def _store(name: str, data: bytes) -> None:
    """Under this very name: what a killed worker has left is replaced."""
    default_storage.delete(name)
    default_storage.save(name, ContentFile(data))
