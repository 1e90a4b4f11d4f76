"""What happened, to what, where, by whom: audit trail and outbox in one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.db.models.functions import Left
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Posting
from activity import verbs
from regions.models import Region
from regions.querysets import within_q
from regions.succession import codes_of_the_past

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class ActivityQuerySet(models.QuerySet):
    """Questions about many activities."""

    def of(self, target: models.Model) -> ActivityQuerySet:
        """The history of one thing, oldest first."""
        kind = ContentType.objects.get_for_model(target)
        return self.filter(target_type=kind, target_id=target.pk).select_related("actor").order_by("pk")

    def within(self, region: Region | None) -> ActivityQuerySet:
        """What happened in the region and beneath, also under codes that a decree has closed since.

        None is everything, also what belongs to no region.

        A province or a regency is one value of an index that also holds the order of time; what lies deeper
        is looked for among its regency's.
        """
        if region is None:
            return self
        length = 2 if len(region.pk) == 2 else 5
        here = Q(part=region.pk[:length])
        if len(region.pk) > length:
            here &= within_q("region", region)
        if past := codes_of_the_past(region):
            here |= Q(region__in=past)
        return self.alias(part=Left("region", length)).filter(here)

    def waiting(self) -> ActivityQuerySet:
        """Those that nobody has been told of yet: the outbox, oldest first."""
        return self.filter(fanned_out_at=None).order_by("pk")


class Activity(models.Model):
    """One thing that happened. Never changed and never deleted; only the outbox columns move.

    No personal data is copied here: words are made from verb and target when shown.
    """

    verb = models.CharField(max_length=60)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    # Acted for an office: by which posting, and so from which office and in which role.
    posting = models.ForeignKey(
        Posting, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    target_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    target_id = models.BigIntegerField()
    target = GenericForeignKey("target_type", "target_id")
    region = models.ForeignKey(Region, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)
    details = models.JSONField(default=dict, blank=True)
    happened_at = models.DateTimeField(default=timezone.now)
    # The outbox: empty until everyone concerned has a row; the cursor is the last recipient done.
    fanned_out_at = models.DateTimeField(null=True, blank=True)
    fanout_cursor = models.BigIntegerField(default=0)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        indexes = [
            models.Index(fields=["target_type", "target_id", "id"], name="activity_of_target"),
            models.Index(fields=["id"], condition=Q(fanned_out_at=None), name="activity_outbox"),
            models.Index(fields=["region", "-id"], name="activity_in_region"),
            # The audit of a province, of a regency, of the nation; of one person; of one kind of act.
            models.Index(Left("region", 2), "happened_at", "id", name="activity_in_province"),
            models.Index(Left("region", 5), "happened_at", "id", name="activity_in_regency"),
            models.Index(fields=["happened_at", "id"], name="activity_by_time"),
            models.Index(fields=["actor", "happened_at", "id"], name="activity_of_actor"),
            models.Index(fields=["verb", "happened_at", "id"], name="activity_of_verb"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.target_id}"

    @property
    def label(self) -> StrOrPromise:
        """The verb in words."""
        return verbs.label(self.verb)
