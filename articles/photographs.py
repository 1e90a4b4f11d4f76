"""Photos of articles as they are stored, and what is still arriving of them; see docs/adr/0041."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, TypeAlias, cast

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from communities.pictures import StoredPicture
from moderation.errors import TransitionRefused

if TYPE_CHECKING:
    from collections.abc import Iterable

    from articles.amendment import Amendment
    from articles.models import Article

    Holder: TypeAlias = Article | Amendment

MAX_PHOTOS = 12


def upload_path(upload: Upload, _filename: str = "") -> str:
    """Where a file grows while it arrives."""
    return f"uploads/{upload.key.hex[:2]}/{upload.key.hex}"


class Photo(StoredPicture):
    """A photo of an article, with its words."""

    ROUTE = "articles:photo"

    # None while an amendment would add it: then it is no photo of its article yet.
    article = models.ForeignKey(
        "articles.Article", null=True, on_delete=models.CASCADE, related_name="photos"
    )
    # Discarded before its amendment goes, so that no file stays behind.
    amendment = models.ForeignKey(
        "articles.Amendment", null=True, on_delete=models.PROTECT, related_name="photos", editable=False,
        db_index=False,
    )  # fmt: skip
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

    class Meta(StoredPicture.Meta):
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = [F("number").asc(nulls_last=True), "pk"]
        constraints = [
            *StoredPicture.Meta.constraints,
            models.UniqueConstraint(fields=["article", "fingerprint"], name="photo_once_an_article"),
            models.UniqueConstraint(fields=["article", "number"], name="photo_number_once"),
            models.UniqueConstraint(
                fields=["amendment", "fingerprint"],
                condition=Q(amendment__isnull=False),
                name="photo_once_an_amendment",
            ),
            models.CheckConstraint(
                condition=Q(article__isnull=False, amendment=None) | Q(article=None, amendment__isnull=False),
                name="photo_of_article_or_amendment",
            ),
        ]

    def __str__(self) -> str:
        return self.caption

    def save(self, *args: object, **kwargs: object) -> None:
        """A new one takes the next free number of its article."""
        if self._state.adding and self.number is None:
            self.number = next_number(article_id_of(self.holder))
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    @property
    def holder(self) -> Holder:
        """Its article, or the amendment that would add it."""
        return cast("Holder", self.amendment or self.article)

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
        return said or _now("Photo of the news “%(title)s”") % {"title": self.holder.title}


def article_id_of(holder: Holder) -> int:
    """The article that has or would have the photos of an article or an amendment."""
    found: int = getattr(holder, "article_id", holder.pk)
    return found


def numbers_of(article_id: int) -> set[int]:
    """The numbers that photos of the article have, and those that amendments would add."""
    own = Photo.objects.filter(article=article_id).values_list("number", flat=True)
    to_come = Photo.objects.filter(amendment__article=article_id).values_list("number", flat=True)
    return {number for number in (*own, *to_come) if number}


def next_number(article_id: int) -> int:
    """The number that a new photo of the article gets."""
    return max(numbers_of(article_id), default=0) + 1


def too_many() -> str:
    """That there is no room for one more."""
    return _now("An article holds at most %(count)d photos. Take one off first.") % {"count": MAX_PHOTOS}


def faults_of(photos: Iterable[Photo]) -> list[str]:
    """Which of them cannot be shown, and of which nobody says who took it, in words."""
    shown = list(photos)
    refused = [
        _now("Photo %(number)s cannot be shown. Take it off, or put another one in its place.")
        % {"number": photo.number}
        for photo in shown
        if photo.refusal
    ]
    missing = [
        _now("Photo %(number)s: who took it is still missing.") % {"number": photo.number}
        for photo in shown
        if not photo.credit
    ]
    return [*refused, *missing]


def require_ready(photos: Iterable[Photo]) -> None:
    """TransitionRefused while one waits: nobody has seen it yet, so nobody can have approved it."""
    if any(photo.is_waiting for photo in photos):
        raise TransitionRefused(_now("A photo is still being made ready. Try again in a minute."))


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
