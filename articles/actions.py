"""Things people do with articles, beyond the moves that every item has."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from articles.models import Article, Photo
from common.photos import RenderedPhoto, render_sizes
from moderation.errors import TransitionRefused

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from accounts.models import User

MAX_PHOTOS = 12


def add_photo(article: Article, upload: UploadedFile, *, caption: str, credit: str, by: User) -> Photo:
    """Add a photo, re-encoded without metadata; the same file twice is one photo.

    PhotoRefused (common.photos) for what is no usable picture; TransitionRefused once under review or full.
    """
    fingerprint = _fingerprint(upload)
    existing = article.photos.filter(fingerprint=fingerprint).first()
    if existing is not None:
        return existing
    rendered = render_sizes(upload)
    with transaction.atomic():
        _lock_editable(article, by=by)
        photo = article.photos.filter(fingerprint=fingerprint).first()
        if photo is not None:
            return photo
        return _store(article, rendered, fingerprint=fingerprint, caption=caption, credit=credit, by=by)


def describe_photo(photo: Photo, *, by: User) -> None:
    """Store a changed caption or credit."""
    with transaction.atomic():
        _lock_editable(photo.article, by=by)
        photo.save(update_fields=["caption", "credit"])


def remove_photo(photo: Photo, *, by: User) -> None:
    """Take a photo off an article that is still being written; its files go after the commit."""
    files = photo.files()
    with transaction.atomic():
        _lock_editable(photo.article, by=by)
        photo.delete()
        for file in files:
            transaction.on_commit(lambda name=file.name, storage=file.storage: storage.delete(name))  # type: ignore[misc]


def _lock_editable(article: Article, *, by: User) -> None:
    locked = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
    if not locked.is_authored_by(by):
        raise PermissionDenied
    if not locked.is_editable:
        raise TransitionRefused(_("It was sent in the meantime, so its photos cannot be changed now."))


def _fingerprint(upload: UploadedFile) -> str:
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()


def _store(
    article: Article, rendered: RenderedPhoto, *, fingerprint: str, caption: str, credit: str, by: User
) -> Photo:
    if article.photos.count() >= MAX_PHOTOS:
        raise TransitionRefused(
            _("An article holds at most %(count)d photos. Take one off first.") % {"count": MAX_PHOTOS}
        )
    photo = Photo(
        article=article,
        fingerprint=fingerprint,
        caption=caption,
        credit=credit,
        width=rendered.width,
        height=rendered.height,
        uploaded_by=by,
    )
    for name, variant in zip(Photo.WIDTHS, rendered.webp, strict=False):
        getattr(photo, name).save(f"{variant.width}.webp", ContentFile(variant.data), save=False)
    photo.fallback.save("960.jpg", ContentFile(rendered.jpeg.data), save=False)
    photo.save()
    return photo
