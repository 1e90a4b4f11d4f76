"""Things people do with articles, beyond the moves that every item has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from articles.models import Article, Photo
from common.photos import render_sizes
from communities.pictures import fingerprint
from moderation.errors import TransitionRefused

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from accounts.models import User

MAX_PHOTOS = 12


def add_photo(article: Article, upload: UploadedFile, *, by: User, **words: Any) -> Photo:
    """Add a photo with its words, re-encoded without metadata; the same file twice is one photo.

    PhotoRefused (common.photos) for what is no usable picture; TransitionRefused once under review or full.
    """
    print_of_file = fingerprint(upload)
    existing = article.photos.filter(fingerprint=print_of_file).first()
    if existing is not None:
        return existing
    rendered = render_sizes(upload)
    with transaction.atomic():
        locked = _locked(article, by=by)
        photo = article.photos.filter(fingerprint=print_of_file).first()
        if photo is not None:
            return photo  # of a double click, the first one was faster, and may have sent it too
        _require_editable(locked)
        _require_room(article)
        photo = Photo(article=article, fingerprint=print_of_file, uploaded_by=by, **words)
        return photo.keep(rendered)


def describe_photo(photo: Photo, *, by: User) -> None:
    """Store changed words."""
    with transaction.atomic():
        _require_editable(_locked(photo.article, by=by))
        photo.save(update_fields=["caption", "credit", "alternative", "place", "taken_on"])


def remove_photo(photo: Photo, *, by: User) -> None:
    """Take a photo off an article that is still being written."""
    with transaction.atomic():
        _require_editable(_locked(photo.article, by=by))
        photo.discard()


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
