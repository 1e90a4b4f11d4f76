"""Pictures as they are stored and shown: of a community here, of an article above. See docs/adr/0041."""

from __future__ import annotations

import hashlib
import uuid
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.photos import DAMAGED, FALLBACK_WIDTH, REASONS, Size, fit, look_at

if TYPE_CHECKING:
    from django.core.files.base import File
    from django_stubs_ext import StrOrPromise

    from accounts.models import User

# By the last part of a size like `small-avif`; without one it is WebP.
TYPES = {"avif": "image/avif", "webp": "image/webp", "jpeg": "image/jpeg"}
# Of a picture that only the worker can read; its place is kept so until then.
UNKNOWN_SIZE = (1600, 1200)


def picture_path(picture: StoredPicture, filename: str) -> str:
    """Where a rendition is kept: under the picture's own key, never under the name it came with."""
    return f"pictures/{picture.key.hex[:2]}/{picture.key.hex}/{filename}"


def original_path(picture: StoredPicture, _filename: str) -> str:
    """Where the file is kept as it came: no page has an address for it."""
    return f"originals/{picture.key.hex[:2]}/{picture.key.hex}"


class PictureQuerySet(models.QuerySet):
    """Questions about pictures."""

    def waiting(self) -> Self:
        """Those that a worker has still to make ready, and that none is at."""
        return self.filter(state=StoredPicture.State.WAITING).filter(
            Q(claimed_until=None) | Q(claimed_until__lt=timezone.now())
        )


class StoredPicture(models.Model):
    """A picture re-encoded without metadata in the sizes and formats that are shown. A worker makes it ready;
    until then its place is kept. The file as it came is kept too, and has no address.

    A child names its ROUTE: the address that answers a rendition to whoever may see it; and it inherits Meta.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("is being made ready")
        READY = "ready", _("ready")
        REFUSED = "refused", _("cannot be shown")

    ROUTE: ClassVar[str]
    # The sizes in rising width; a picture that is narrower than a size has no file for it.
    WIDTHS: ClassVar[dict[str, int]] = {"small": 480, "medium": 960, "large": 1600}

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    fingerprint = models.CharField(max_length=64, editable=False)
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    small = models.FileField(upload_to=picture_path, editable=False)
    medium = models.FileField(upload_to=picture_path, editable=False, blank=True)
    large = models.FileField(upload_to=picture_path, editable=False, blank=True)
    fallback = models.FileField(upload_to=picture_path, editable=False)
    uploaded_at = models.DateTimeField(default=timezone.now, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )

    original = models.FileField(
        upload_to=original_path, editable=False, blank=True, default="", db_default=""
    )
    state = models.CharField(
        max_length=8, choices=State, default=State.READY, db_default=State.READY, editable=False
    )
    # Why it was refused, as a word of common.photos.REASONS.
    refusal = models.CharField(max_length=8, default="", db_default="", editable=False)
    # Whether there is AVIF, WebP and JPEG in each width; pictures of earlier have WebP and one JPEG.
    has_all_formats = models.BooleanField(default=False, db_default=False, editable=False)
    claimed_until = models.DateTimeField(null=True, editable=False)
    tries = models.PositiveSmallIntegerField(default=0, db_default=0, editable=False)

    objects = PictureQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "ready", "refused"]), name="%(class)s_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state="refused") & ~Q(refusal="") | ~Q(state="refused") & Q(refusal=""),
                name="%(class)s_refused_with_reason",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["id"], condition=Q(state="waiting"), name="%(class)s_waiting")
        ]

    def leave_to_worker(self, upload: File, size: Size | None) -> Self:
        """Store the file as it came, and the row, with the size where it is known; a task makes it ready."""
        self.width, self.height = size or UNKNOWN_SIZE
        self.state = self.State.WAITING
        upload.seek(0)
        self.original.save("", upload, save=False)
        self.save()
        return self

    def discard(self) -> None:
        """Delete the row, and its files after the commit."""
        names = self.file_names()
        self.delete()
        transaction.on_commit(lambda: _delete(names))

    def file_names(self) -> list[str]:
        """Every file that belongs to it, by its name in storage; the original too."""
        stored = [getattr(self, name) for name in (*self.WIDTHS, "fallback", "original")]
        names = {str(file.name) for file in stored if file}
        if self.has_all_formats:
            widths = [getattr(self, name).name for name in self.WIDTHS]
            names |= {_in(kind, name) for name in filter(None, widths) for kind in TYPES}
        return sorted(names)

    def rendition(self, size: str) -> tuple[str, str] | None:
        """The name in storage and the type of a size like `small`, `small-avif` or `fallback`; None for one
        that it does not have.
        """
        name, _dash, kind = size.partition("-")
        if size == "fallback":
            return (str(self.fallback.name), TYPES["jpeg"]) if self.fallback else None
        is_known = name in self.WIDTHS and kind in {"", *TYPES} and (self.has_all_formats or not kind)
        if not is_known or not getattr(self, name):
            return None
        kind = kind or "webp"
        return _in(kind, getattr(self, name).name), TYPES[kind]

    @property
    def is_waiting(self) -> bool:
        """Whether a worker has still to make it ready."""
        return self.state == self.State.WAITING

    @property
    def is_ready(self) -> bool:
        """Whether it can be shown."""
        return self.state == self.State.READY

    @property
    def refusal_words(self) -> StrOrPromise:
        """Why it cannot be shown, and what to do."""
        return REASONS.get(self.refusal, DAMAGED)

    @property
    def src(self) -> str:
        """The JPEG for devices that read no WebP, and for previews in other services."""
        return reverse(self.ROUTE, args=[self.key, "fallback"])

    @property
    def preview_size(self) -> tuple[int, int]:
        """The width and height of that JPEG."""
        return fit((self.width, self.height), FALLBACK_WIDTH)

    @property
    def srcset(self) -> str:
        """The WebP sizes with their widths, as the HTML attribute wants them."""
        return self._srcset("")

    @property
    def avif_srcset(self) -> str:
        """The AVIF sizes with their widths; empty for pictures of earlier."""
        return self._srcset("-avif") if self.has_all_formats else ""

    @property
    def jpeg_srcset(self) -> str:
        """The JPEG sizes with their widths, for devices that read nothing newer."""
        return self._srcset("-jpeg") if self.has_all_formats else ""

    def _srcset(self, kind: str) -> str:
        return ", ".join(
            f"{reverse(self.ROUTE, args=[self.key, name + kind])} {min(width, self.width)}w"
            for name, width in self.WIDTHS.items()
            if getattr(self, name)
        )


class Picture(StoredPicture):
    """The logo or the group photo of a community."""

    class Use(models.TextChoices):
        LOGO = "logo", _("Logo")
        GROUP = "group", _("Group photo")

    ROUTE = "communities:picture"

    community = models.ForeignKey("communities.Community", on_delete=models.CASCADE, related_name="pictures")
    use = models.CharField(max_length=5, choices=Use)

    class Meta(StoredPicture.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        constraints = [
            *StoredPicture.Meta.constraints,
            models.UniqueConstraint(fields=["community", "use"], name="picture_one_a_use"),
        ]

    def __str__(self) -> str:
        return f"{self.get_use_display()}: {self.community}"

    @property
    def alt(self) -> str:
        """What a reader who does not see it is told."""
        return str(self)


def looked_at(upload: File) -> Size | None:
    """The size of a picture that arrives; a form field that has looked at it leaves the answer on it.

    None where only the worker can tell; PhotoRefused (common.photos) for what is clearly no picture.
    """
    found: Size | None = upload.upright_size if hasattr(upload, "upright_size") else look_at(upload)
    return found


def forget_originals(pictures: models.QuerySet[Any], user: User) -> None:
    """Of the pictures that a person has uploaded stays what pages show; the files as they came may tell where
    somebody was. What still waits loses its own when it is ready (communities.developing).
    """
    mine = pictures.filter(uploaded_by=user).exclude(original="").exclude(state=StoredPicture.State.WAITING)
    names = list(mine.values_list("original", flat=True))
    mine.update(original="")
    transaction.on_commit(lambda: _delete(names))


def _in(kind: str, name: str) -> str:
    """The same width in another format: they lie beside each other."""
    return str(PurePosixPath(name).with_suffix(f".{kind}"))


def _delete(names: list[str]) -> None:
    for name in names:
        default_storage.delete(name)


def fingerprint(upload: File) -> str:
    """What tells whether the same file comes twice: its SHA-256."""
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()
