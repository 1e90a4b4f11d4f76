"""Things people do with articles, beyond the moves that every item has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from articles import tasks, uploads
from articles.models import Article
from articles.photographs import Photo, Upload, next_number
from common import broker
from common.photos import PhotoRefused
from communities.pictures import fingerprint, looked_at
from moderation.errors import TransitionRefused

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from accounts.models import User

MAX_PHOTOS = 12


def add_photo(
    article: Article,
    upload: File,
    *,
    by: User,
    number: int | None = None,
    key: UUID | None = None,
    **words: Any,
) -> Photo:
    """Add a photo with its words; a worker makes it ready. The same file twice is one photo.

    PhotoRefused (common.photos) for what is no usable picture; TransitionRefused once under review or full.
    """
    print_of_file = fingerprint(upload)
    existing = article.photos.filter(fingerprint=print_of_file).first()
    if existing is not None:
        return existing
    size = looked_at(upload)
    with transaction.atomic():
        locked = _locked(article, by=by)
        photo = article.photos.filter(fingerprint=print_of_file).first()
        if photo is not None:
            return photo  # of a double click, the first one was faster, and may have sent it too
        _require_editable(locked)
        _require_room(article)
        photo = Photo(article=article, fingerprint=print_of_file, uploaded_by=by, **words)
        photo.number = _free_number(article, number)
        photo.key = key or photo.key
        photo.leave_to_worker(upload, size)
        transaction.on_commit(lambda: broker.offer(tasks.make_photo_ready, photo.pk), robust=True)
        return photo


class NotArrived(TransitionRefused):
    """Something of the photo is still on its way."""


def add_arrived_photo(
    article: Article, key: UUID, *, by: User, forgets_refused: bool = True, **words: Any
) -> Photo:
    """Add a photo that came piece by piece; asked again, it is the same photo.

    Raises as add_photo does; NotArrived while something of it is missing. forgets_refused: what is no usable
    picture is deleted, so that another may come in its place.
    """
    taken = article.photos.filter(key=key).first()
    if taken is not None:
        return taken
    try:
        with transaction.atomic():
            upload = Upload.objects.select_for_update().filter(key=key, uploaded_by=by).first()
            if upload is None or not upload.is_whole:
                raise NotArrived(_("A photo has not arrived completely. Send it again."))
            with default_storage.open(upload.path) as file:
                photo = add_photo(article, file, by=by, key=key, **words)
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
        _require_editable(_locked(photo.article, by=by))
        for name, value in words.items():
            setattr(photo, name, value)
        photo.save(update_fields=list(words))


def remove_photo(photo: Photo, *, by: User) -> None:
    """Take a photo off an article that is still being written; a worker that is at it finds it gone."""
    with transaction.atomic():
        _require_editable(_locked(photo.article, by=by))
        # As it is now: a worker may have stored files since this page was read.
        found = Photo.objects.select_for_update().filter(pk=photo.pk).first()
        if found is not None:
            found.discard()


def _free_number(article: Article, wished: int | None) -> int:
    """The number that the composer has promised, if no other photo has it."""
    if wished and not article.photos.filter(number=wished).exists():
        return wished
    return next_number(article.pk)


def _locked(article: Article, *, by: User) -> Article:
    locked = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
    if not locked.is_authored_by(by):
        raise PermissionDenied
    return locked


def _require_editable(article: Article) -> None:
    if not article.is_editable:
        raise TransitionRefused(_("It was sent in the meantime, so its photos cannot be changed now."))


def _require_room(article: Article) -> None:
    if article.photos.count() >= MAX_PHOTOS:
        raise TransitionRefused(
            _("An article holds at most %(count)d photos. Take one off first.") % {"count": MAX_PHOTOS}
        )
