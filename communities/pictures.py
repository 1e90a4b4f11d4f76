"""Pictures as they are stored and shown: of a community here, of an article above."""

from __future__ import annotations

import hashlib
import uuid
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone

if TYPE_CHECKING:
    from django.core.files.base import File

    from common.photos import RenderedPhoto


def picture_path(picture: StoredPicture, filename: str) -> str:
    """Where a rendition is kept: under the picture's own key, never under the name it came with."""
    return f"pictures/{picture.key.hex[:2]}/{picture.key.hex}/{filename}"


class StoredPicture(models.Model):
    """A picture re-encoded without metadata in the sizes that are shown; no original is kept.

    A child names its ROUTE: the address that answers a rendition to whoever may see it.
    """

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

    class Meta:
        abstract = True

    def keep(self, rendered: RenderedPhoto) -> Self:
        """Store the renditions and the row."""
        self.width, self.height = rendered.width, rendered.height
        for name, variant in zip(self.WIDTHS, rendered.webp, strict=False):
            getattr(self, name).save(f"{variant.width}.webp", ContentFile(variant.data), save=False)
        self.fallback.save("960.jpg", ContentFile(rendered.jpeg.data), save=False)
        self.save()
        return self

    def discard(self) -> None:
        """Delete the row, and its files after the commit."""
        names = self.file_names()
        self.delete()
        transaction.on_commit(lambda: _delete(names))

    def file_names(self) -> list[str]:
        """Every file that belongs to it, by its name in storage."""
        candidates = [getattr(self, name) for name in (*self.WIDTHS, "fallback")]
        return [str(file.name) for file in candidates if file]

    def rendition(self, size: str) -> tuple[str, str] | None:
        """The name in storage and the type of a size; None for one that it does not have."""
        file = getattr(self, size) if size in {*self.WIDTHS, "fallback"} else None
        if not file:
            return None
        return str(file.name), "image/jpeg" if size == "fallback" else "image/webp"

    @property
    def src(self) -> str:
        """The JPEG for devices that read no WebP, and for previews in other services."""
        return reverse(self.ROUTE, args=[self.key, "fallback"])

    @property
    def preview_size(self) -> tuple[int, int]:
        """The width and height of that JPEG."""
        from common.photos import FALLBACK_WIDTH, fit

        return fit((self.width, self.height), FALLBACK_WIDTH)

    @property
    def srcset(self) -> str:
        """The WebP sizes with their widths, as the HTML attribute wants them."""
        return ", ".join(
            f"{reverse(self.ROUTE, args=[self.key, name])} {min(width, self.width)}w"
            for name, width in self.WIDTHS.items()
            if getattr(self, name)
        )


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
