"""Things people do with articles, beyond the moves that every item has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import tasks, uploads
from articles.photographs import MAX_PHOTOS, Photo, Upload, article_id_of, next_number, numbers_of, too_many
from common import broker
from common.photos import PhotoRefused
from communities.pictures import fingerprint, looked_at
from moderation.errors import TransitionRefused

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from accounts.models import User
    from articles.photographs import Holder


def add_photo(
    holder: Holder,
    upload: File,
    *,
    by: User,
    number: int | None = None,
    key: UUID | None = None,
    **words: Any,
) -> Photo:
    """Add a photo with its words to an article, or to an amendment; a worker makes it ready.

    The same file twice is one photo. PhotoRefused (common.photos) for what is no usable picture;
    TransitionRefused once under review or full, and for what the published article shows already.
    """
    print_of_file = fingerprint(upload)
    existing = holder.photos.filter(fingerprint=print_of_file).first()
    if existing is not None:
        return existing
    size = looked_at(upload)
    with transaction.atomic():
        locked = _locked(holder, by=by)
        photo = holder.photos.filter(fingerprint=print_of_file).first()
        if photo is not None:
            return photo  # of a double click, the first one was faster, and may have sent it too
        _require_editable(locked)
        _require_room(holder)
        _require_new(holder, print_of_file)
        photo = Photo(fingerprint=print_of_file, uploaded_by=by, **{holder.KIND: holder}, **words)
        photo.number = _free_number(holder, number)
        photo.key = key or photo.key
        _note_change(locked)
        photo.leave_to_worker(upload, size)
        transaction.on_commit(lambda: broker.offer(tasks.make_photo_ready, photo.pk), robust=True)
        return photo


class NotArrived(TransitionRefused):
    """Something of the photo is still on its way."""


def add_arrived_photo(
    holder: Holder, key: UUID, *, by: User, forgets_refused: bool = True, **words: Any
) -> Photo:
    """Add a photo that came piece by piece; asked again, it is the same photo.

    Raises as add_photo does; NotArrived while something of it is missing. forgets_refused: what is no usable
    picture is deleted, so that another may come in its place.
    """
    taken = holder.photos.filter(key=key).first()
    if taken is not None:
        return taken
    try:
        with transaction.atomic():
            upload = Upload.objects.select_for_update().filter(key=key, uploaded_by=by).first()
            if upload is None or not upload.is_whole:
                raise NotArrived(_("A photo has not arrived completely. Send it again."))
            with default_storage.open(upload.path) as file:
                photo = add_photo(holder, file, by=by, key=key, **words)
            uploads.discard(upload)
            return photo
    except PhotoRefused:
        if forgets_refused:
            with transaction.atomic():
                uploads.discard(Upload(pk=key))
        raise


def describe_photo(photo: Photo, *, by: User, words: Mapping[str, Any]) -> None:
    """Store these of its words; what somebody else wrote meanwhile of the others stays."""
    with transaction.atomic():
        locked = _locked(photo.holder, by=by)
        _require_editable(locked)
        for name, value in words.items():
            setattr(photo, name, value)
        photo.save(update_fields=list(words))
        _note_change(locked)


def remove_photo(photo: Photo, *, by: User) -> None:
    """Take a photo off what is still being written; a worker that is at it finds it gone."""
    with transaction.atomic():
        locked = _locked(photo.holder, by=by)
        _require_editable(locked)
        # As it is now: a worker may have stored files since this page was read.
        found = Photo.objects.select_for_update().filter(pk=photo.pk).first()
        if found is not None:
            found.discard()
            _note_change(locked)


def _free_number(holder: Holder, wished: int | None) -> int:
    """The number that the composer has promised, if no other photo has it."""
    article_id = article_id_of(holder)
    return wished if wished and wished not in numbers_of(article_id) else next_number(article_id)


def _locked(holder: Holder, *, by: User) -> Holder:
    locked: Holder = type(holder)._base_manager.select_for_update(of=("self",)).get(pk=holder.pk)
    if not locked.is_authored_by(by):
        raise PermissionDenied
    return locked


def _note_change(locked: Holder) -> None:
    """With other photos an amendment is another version: a manager who has read the last one reads again."""
    if locked.KIND == "amendment":
        locked.changed_at = timezone.now()
        locked.save(update_fields=["changed_at"])


def _require_editable(holder: Holder) -> None:
    if not holder.is_editable:
        raise TransitionRefused(_("It was sent in the meantime, so its photos cannot be changed now."))


def _require_room(holder: Holder) -> None:
    if holder.photos.count() >= MAX_PHOTOS:
        raise TransitionRefused(too_many())


def _require_new(holder: Holder, print_of_file: str) -> None:
    shown = Photo.objects.filter(article=article_id_of(holder), fingerprint=print_of_file).first()
    if shown is not None:
        raise TransitionRefused(
            _("Photo %(number)s of the article is this very picture already: change its words.")
            % {"number": shown.number}
        )
