"""What is kept beside an item while offices review it: who has taken it, notes, remarks, what was sent.

The item is any kind of Moderated, so these rows point at it as the history does: by type and number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from moderation.differences import Piece


class BesideQuerySet(models.QuerySet):
    """Questions about rows beside items."""

    def of(self, item: models.Model) -> Self:
        """Those of one item."""
        kind = ContentType.objects.get_for_model(item)
        return self.filter(target_type=kind, target_id=item.pk)


class ClaimQuerySet(BesideQuerySet):
    """Questions about claims."""

    def live(self) -> Self:
        """Those that have not lapsed."""
        return self.filter(lapses_at__gt=timezone.now())

    def of_kind(self, model: type[models.Model]) -> Self:
        """Those of all items of a kind; beside an OuterRef they say which rows are taken."""
        return self.filter(target_type=ContentType.objects.get_for_model(model))


class Beside(models.Model):
    """A row that belongs to one item of any kind."""

    target_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    target_id = models.BigIntegerField()
    target = GenericForeignKey("target_type", "target_id")

    class Meta:
        abstract = True


class Claim(Beside):
    """That an officer is reviewing an item, so that nobody else decides it meanwhile. Lapses by itself."""

    taken_at = models.DateTimeField(default=timezone.now)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    lapses_at = models.DateTimeField()
    # Taken with the button, not by reading: only such a one is kept when the officer goes on to another item.
    is_by_hand = models.BooleanField(default=False)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("item taken")
        verbose_name_plural = _("items taken")
        constraints = [
            models.UniqueConstraint(fields=["target_type", "target_id"], name="claim_one_officer_an_item"),
            models.CheckConstraint(condition=Q(lapses_at__gt=F("taken_at")), name="claim_lapses_later"),
        ]

    def __str__(self) -> str:
        return f"{self.target_type_id}/{self.target_id}"


class Note(Beside):
    """What officers tell each other about an item. The author of the item never sees it."""

    text = models.TextField(_("internal note"), max_length=2000)
    written_at = models.DateTimeField(default=timezone.now)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = BesideQuerySet.as_manager()

    class Meta:
        verbose_name = _("internal note")
        verbose_name_plural = _("internal notes")
        indexes = [models.Index(fields=["target_type", "target_id", "id"], name="note_of_item")]

    def __str__(self) -> str:
        return f"{self.target_type_id}/{self.target_id}"


class Remark(Beside):
    """A note of an officer at a place in the text, with the author's answer; or a slip corrected there.

    The place is a part of the item's content and a paragraph of it. `passage` is what stood there, so that it
    is found again and seen beside what stands there now. Its author sees it once `is_told`.
    """

    class Kind(models.TextChoices):
        NOTE = "note", _("Note")
        SLIP = "slip", _("Slip corrected")

    kind = models.CharField(max_length=4, choices=Kind, default=Kind.NOTE)
    part = models.CharField(max_length=40)
    number = models.PositiveSmallIntegerField()
    passage = models.TextField(blank=True)
    # The words that a note is about; of a slip, those that were wrong.
    quote = models.CharField(_("words it is about"), max_length=300, blank=True)
    # Of a slip, the words that took their place.
    text = models.TextField(_("note"), max_length=1000)
    written_at = models.DateTimeField(default=timezone.now)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    is_told = models.BooleanField(default=False)
    answer = models.TextField(_("answer"), max_length=1000, blank=True)
    is_repaired = models.BooleanField(_("repaired"), default=False)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = BesideQuerySet.as_manager()

    if TYPE_CHECKING:
        # What remarks.margin() finds out: what changed at its place, and how the part is called.
        changes: list[Piece]
        part_label: StrOrPromise

    class Meta:
        verbose_name = _("note in the text")
        verbose_name_plural = _("notes in the text")
        indexes = [models.Index(fields=["target_type", "target_id", "id"], name="remark_of_item")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["note", "slip"]), name="remark_kind_known"),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None, answer="", is_repaired=False)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
                name="remark_answered_at_has_by",
            ),
            models.CheckConstraint(
                condition=Q(settled_at=None, settled_by=None)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="remark_settled_at_has_by",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target_type_id}/{self.target_id}/{self.part}"

    @property
    def is_slip(self) -> bool:
        """Whether it says what an officer corrected."""
        return self.kind == self.Kind.SLIP

    @property
    def is_open(self) -> bool:
        """Whether something about it is still to be done or looked at."""
        return not self.is_slip and self.settled_at is None


class Version(Beside):
    """An item's words as they were sent for review, to show what changed when it comes again."""

    content = models.JSONField(encoder=DjangoJSONEncoder)
    sent_at = models.DateTimeField(default=timezone.now)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    is_returned = models.BooleanField(default=False)

    objects = BesideQuerySet.as_manager()

    class Meta:
        verbose_name = _("version sent")
        verbose_name_plural = _("versions sent")
        indexes = [models.Index(fields=["target_type", "target_id", "id"], name="version_of_item")]

    def __str__(self) -> str:
        return f"{self.target_type_id}/{self.target_id}"
