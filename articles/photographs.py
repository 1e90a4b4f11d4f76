"""Photos of articles as they are stored, and what is still arriving of them; see docs/adr/0041."""

from __future__ import annotations

import uuid
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Max, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from common.photos import DAMAGED, REASONS
from communities.pictures import StoredPicture

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# By the last part of a size like `small-avif`; without one it is WebP.
TYPES = {"avif": "image/avif", "webp": "image/webp", "jpeg": "image/jpeg"}


def original_path(photo: Photo, _filename: str) -> str:
    """Where the file is kept as it came: no page has an address for it."""
    return f"originals/{photo.key.hex[:2]}/{photo.key.hex}"


def upload_path(upload: Upload, _filename: str = "") -> str:
    """Where a file grows while it arrives."""
    return f"uploads/{upload.key.hex[:2]}/{upload.key.hex}"


class PhotoQuerySet(models.QuerySet):
    """Questions about photos."""

    def waiting(self) -> Self:
        """Those that a worker has still to make ready, and that none is at."""
        return self.filter(state=Photo.State.WAITING).filter(
            Q(claimed_until=None) | Q(claimed_until__lt=timezone.now())
        )


class Photo(StoredPicture):
    """A photo of an article, with its words. A worker makes it ready; until then its place is kept."""

    class State(models.TextChoices):
        WAITING = "waiting", _("is being made ready")
        READY = "ready", _("ready")
        REFUSED = "refused", _("cannot be shown")

    ROUTE = "articles:photo"

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="photos")
    # By which the text says where it stands: see articles.placing. None only for what has no place yet.
    number = models.PositiveSmallIntegerField(null=True, editable=False)
    caption = models.CharField(_("caption"), max_length=300, help_text=_("What is seen, where and when."))
    credit = models.CharField(_("photographer"), max_length=120)
    alternative = models.CharField(
        _("description for people who do not see it"), max_length=300, blank=True, default="", db_default="",
        help_text=_("What the photo shows, in a sentence; empty: the caption."),
    )  # fmt: skip
    place = models.CharField(_("where it was taken"), max_length=120, blank=True, default="", db_default="")
    taken_on = models.DateField(_("when it was taken"), null=True, blank=True)
    original = models.FileField(
        upload_to=original_path, editable=False, blank=True, default="", db_default=""
    )
    state = models.CharField(
        max_length=8, choices=State, default=State.READY, db_default=State.READY, editable=False
    )
    # Why it was refused, as a word of common.photos.REASONS.
    refusal = models.CharField(max_length=8, default="", db_default="", editable=False)
    # Whether there is AVIF, WebP and JPEG in each width; photos of earlier have WebP and one JPEG.
    has_all_formats = models.BooleanField(default=False, db_default=False, editable=False)
    claimed_until = models.DateTimeField(null=True, editable=False)
    tries = models.PositiveSmallIntegerField(default=0, db_default=0, editable=False)

    objects = PhotoQuerySet.as_manager()

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = [F("number").asc(nulls_last=True), "pk"]
        constraints = [
            models.UniqueConstraint(fields=["article", "fingerprint"], name="photo_once_an_article"),
            models.UniqueConstraint(fields=["article", "number"], name="photo_number_once"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "ready", "refused"]), name="photo_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state="refused") & ~Q(refusal="") | ~Q(state="refused") & Q(refusal=""),
                name="photo_refused_with_reason",
            ),
        ]
        indexes = [models.Index(fields=["id"], condition=Q(state="waiting"), name="photo_waiting")]

    def __str__(self) -> str:
        return self.caption

    def save(self, *args: object, **kwargs: object) -> None:
        """A new one takes the next free number of its article."""
        if self._state.adding and self.number is None:
            self.number = next_number(self.article_id)
        super().save(*args, **kwargs)  # type: ignore[arg-type]

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
    def marker(self) -> str:
        """What stands in the text where it belongs."""
        return f"[foto {self.number}]"

    @property
    def words(self) -> str:
        """Everything said about it, for a version of its article."""
        credit = f"({self.credit})" if self.credit else ""
        said = " ".join(filter(None, (self.caption, credit)))
        beside = (self.alternative, self.place, str(self.taken_on or ""))
        return " · ".join(part for part in (said, *beside) if part)

    @property
    def alt(self) -> str:
        """What a reader who does not see it is told; of one without words, to which news it belongs."""
        said = self.alternative or self.caption
        return said or _now("Photo of the news “%(title)s”") % {"title": self.article.title}

    @property
    def avif_srcset(self) -> str:
        """The AVIF sizes with their widths; empty for photos of earlier."""
        return self._srcset("avif")

    @property
    def jpeg_srcset(self) -> str:
        """The JPEG sizes with their widths, for devices that read nothing newer."""
        return self._srcset("jpeg")

    def rendition(self, size: str) -> tuple[str, str] | None:
        """The name in storage and the type of a size like `small`, `small-avif` or `fallback`."""
        name, _dash, kind = size.partition("-")
        if not kind:
            return super().rendition(size)
        if not self.has_all_formats or kind not in TYPES or name not in self.WIDTHS:
            return None
        file = getattr(self, name)
        return (_in(kind, file.name), TYPES[kind]) if file else None

    def file_names(self) -> list[str]:
        """Every file that belongs to it, the original too."""
        names = super().file_names()
        if self.has_all_formats:
            stored = [getattr(self, name).name for name in self.WIDTHS]
            names += [_in(kind, name) for name in filter(None, stored) for kind in TYPES]
        return sorted({*names, *([str(self.original.name)] if self.original else [])})

    def _srcset(self, kind: str) -> str:
        if not self.has_all_formats:
            return ""
        return ", ".join(
            f"{reverse(self.ROUTE, args=[self.key, f'{name}-{kind}'])} {min(width, self.width)}w"
            for name, width in self.WIDTHS.items()
            if getattr(self, name)
        )


def next_number(article_id: int) -> int:
    """The number that a new photo of the article gets."""
    return (Photo.objects.filter(article=article_id).aggregate(highest=Max("number"))["highest"] or 0) + 1


def _in(kind: str, name: str) -> str:
    """The same width in another format: they lie beside each other."""
    return str(PurePosixPath(name).with_suffix(f".{kind}"))


class Upload(models.Model):
    """A photo on its way from a device, piece by piece. It goes when the article has it, or after a day."""

    # Made on the device: whoever sends it again means the same photo.
    key = models.UUIDField(primary_key=True, default=uuid.uuid4)
    size = models.PositiveIntegerField()
    received = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField(default=timezone.now)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("photo on its way")
        verbose_name_plural = _("photos on their way")
        constraints = [
            models.CheckConstraint(condition=Q(received__lte=F("size")), name="upload_not_more_than_whole")
        ]
        indexes = [
            models.Index(fields=["uploaded_by"], name="upload_of_person"),
            models.Index(fields=["begun_at"], name="upload_begun"),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.received}/{self.size}"

    @property
    def is_whole(self) -> bool:
        """Whether all of it is here."""
        return self.received == self.size

    @property
    def path(self) -> str:
        """Its name in storage."""
        return upload_path(self)
