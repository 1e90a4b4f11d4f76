"""Photos that arrive piece by piece from a device on a bad line; see docs/adr/0041.

The device makes the key, and sends pieces with the place where each begins. A piece whose answer was lost is
sent again and changes nothing; a device that was away asks with an empty piece how much is here.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _now

from articles.photographs import Photo, Upload
from common.limits import is_within
from common.uploads import MB, PHOTO_LIMIT_BYTES, TOO_LARGE, in_megabytes
from communities.models import Community

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django_stubs_ext import StrOrPromise

    from accounts.models import User

PIECE_BYTES = MB
# Of one person: unfinished at a time, and begun in a day. A long report has twelve photos.
OPEN_MOST, OPEN_BYTES = 40, 60 * MB
DAY_SECONDS, DAY_MOST = 24 * 60 * 60, 400
KEPT = timedelta(days=1)


class UploadRefused(Exception):
    """This photo is not taken; the message says why. `later`: it may be tried again another day."""

    def __init__(self, message: StrOrPromise, *, later: bool = False) -> None:
        super().__init__(str(message))
        self.message, self.later = message, later


class OutOfPlace(Exception):
    """The piece begins after what is here; carries how much that is."""

    def __init__(self, received: int) -> None:
        super().__init__(str(received))
        self.received = received


def receive(key: UUID, piece: bytes, *, at: int, size: int, by: User) -> int:
    """Take a piece that begins `at`, of a photo of `size` bytes; answers how much is here now.

    PermissionDenied for who may not write, or for somebody else's photo.
    """
    owners = Photo.objects.filter(key=key).values_list("uploaded_by", flat=True)
    if taken := owners.first():
        if taken != by.pk:
            raise PermissionDenied  # the keys of public photos are in their addresses
        return size  # its article has it already: the answer to that was lost
    with transaction.atomic():
        upload = _begun(key, size, by=by)
        path = Path(default_storage.path(upload.path))
        if upload.received and not path.exists():
            upload.received = 0
        if at > upload.received:
            raise OutOfPlace(upload.received)
        if at + len(piece) > size:
            raise UploadRefused(_now("More arrived of this photo than it has. Choose it again."))
        if at + len(piece) > upload.received:
            _write(path, at, piece)
            upload.received = at + len(piece)
        upload.save(update_fields=["received"])
        return upload.received


def discard(upload: Upload) -> None:
    """Forget it, and its file after the commit."""
    name = upload.path
    upload.delete()
    transaction.on_commit(lambda: default_storage.delete(name))


def forget(keys: Iterable[UUID], *, by: User) -> None:
    """Forget those of the person that were replaced by others before an article had them."""
    for upload in Upload.objects.filter(pk__in=keys, uploaded_by=by):
        discard(upload)


def forget_old() -> None:
    """What no article has taken within a day; the device that sent it still has it."""
    for upload in Upload.objects.filter(begun_at__lt=timezone.now() - KEPT).iterator():
        with transaction.atomic():
            discard(upload)


def _begun(key: UUID, size: int, *, by: User) -> Upload:
    """The row of this photo, locked; a new one within the limits of the person."""
    found = Upload.objects.select_for_update().filter(key=key).first()
    if found is None:
        _require_room(size, by=by)
        Upload.objects.bulk_create([Upload(key=key, size=size, uploaded_by=by)], ignore_conflicts=True)
        found = Upload.objects.select_for_update().get(key=key)
    if found.uploaded_by_id != by.pk:
        raise PermissionDenied
    if found.size != size:
        raise UploadRefused(_now("Another photo came under the same key. Choose it again."))
    return found


def _require_room(size: int, *, by: User) -> None:
    if not Community.objects.with_member(by).exists():
        raise PermissionDenied
    if not 0 < size <= PHOTO_LIMIT_BYTES:
        raise UploadRefused(
            TOO_LARGE % {"size": in_megabytes(size), "limit": in_megabytes(PHOTO_LIMIT_BYTES)}
        )
    mine = Upload.objects.filter(uploaded_by=by)
    held = mine.aggregate(bytes=Sum("size"))["bytes"] or 0
    is_full = held + size > OPEN_BYTES or mine.count() >= OPEN_MOST
    if is_full or not is_within(f"photos:{by.pk}", DAY_MOST, DAY_SECONDS):
        raise UploadRefused(
            _now("Many photos of yours are on their way. Save what you write, or go on tomorrow."), later=True
        )


def _write(path: Path, at: int, piece: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o640)
    with path.open("r+b") as file:
        file.seek(at)
        file.write(piece)
