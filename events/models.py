"""The calendar: what a community invites to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from communities.items import CommunityItem
from communities.living import pair
from events.change import EventChange
from events.querysets import EventQuerySet

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


__all__ = ["Event", "EventChange"]


class Event(CommunityItem):
    """One entry of the calendar of a community. Its clock is that of its region."""

    KIND = "event"
    KIND_LABEL = _("Event")
    FALLBACK_SLUG = "kegiatan"
    SHEET = ("balanced", "children", "hate", "advertising")
    PLACES = ("title", "place", "text")

    text = models.TextField(
        _("description"),
        max_length=10000,
        help_text=_("What it is about, for whom, what to bring, what it costs."),
    )
    place = models.CharField(_("place"), max_length=160, help_text=_("For example Balai Desa Toman."))
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    # How often it was changed since it was published: devices that hold it know by this which is newer.
    sequence = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    amended_at = models.DateTimeField(null=True, editable=False)
    cancelled_at = models.DateTimeField(null=True, editable=False)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        db_index=False,
        editable=False,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = EventQuerySet.as_manager()

    class Meta(CommunityItem.Meta):
        abstract = False
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = [
            *CommunityItem.Meta.constraints,
            pair("cancelled"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="event_ends_after_it_begins"
            ),
        ]
        indexes = [
            *CommunityItem.Meta.indexes,
            models.Index(fields=["starts_at", "id"], condition=Q(status="approved"), name="event_by_time"),
            models.Index(
                fields=["region", "starts_at"], condition=Q(status="approved"), name="event_in_region"
            ),
            models.Index(
                fields=["community", "starts_at"], condition=Q(status="approved"), name="event_of_community"
            ),
            models.Index(fields=["published_at"], condition=Q(status="approved"), name="event_published"),
            models.Index(fields=["decided_at"], name="event_decided"),
        ]

    @classmethod
    def state_fields(cls) -> list[str]:
        """What became of it since it was published, too."""
        return [*super().state_fields(), "sequence", "amended_at", "cancelled_at", "cancelled_by"]

    @property
    def is_cancelled(self) -> bool:
        """Whether its community has said that it does not take place."""
        return self.cancelled_at is not None

    @property
    def is_over(self) -> bool:
        """Whether it has ended."""
        return self.ends_at < timezone.now()

    def problems_before_submitting(self) -> list[StrOrPromise]:
        """It comes from a verified community and lies ahead."""
        problems = super().problems_before_submitting()
        if self.is_over:
            problems.append(_now("The event is already over. Set a time that lies ahead."))
        return problems
