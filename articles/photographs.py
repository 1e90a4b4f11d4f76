"""Photos of articles as they are stored, and what is still arriving of them; see docs/adr/0041."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from communities.pictures import StoredPicture


def upload_path(upload: Upload, _filename: str = "") -> str:
    """Where a file grows while it arrives."""
    return f"uploads/{upload.key.hex[:2]}/{upload.key.hex}"


class Photo(StoredPicture):
    """A photo of an article, with its words."""

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

    class Meta(StoredPicture.Meta):
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = [F("number").asc(nulls_last=True), "pk"]
        constraints = [
            *StoredPicture.Meta.constraints,
            models.UniqueConstraint(fields=["article", "fingerprint"], name="photo_once_an_article"),
            models.UniqueConstraint(fields=["article", "number"], name="photo_number_once"),
        ]

    def __str__(self) -> str:
        return self.caption

    def save(self, *args: object, **kwargs: object) -> None:
        """A new one takes the next free number of its article."""
        if self._state.adding and self.number is None:
            self.number = next_number(self.article_id)
        super().save(*args, **kwargs)  # type: ignore[arg-type]

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


def next_number(article_id: int) -> int:
    """The number that a new photo of the article gets."""
    return (Photo.objects.filter(article=article_id).aggregate(highest=Max("number"))["highest"] or 0) + 1


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
