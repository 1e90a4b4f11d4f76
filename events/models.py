"""The calendar: what a community invites to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from communities.items import CommunityItem
from events.querysets import EventQuerySet

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


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

    objects = EventQuerySet.as_manager()

    class Meta(CommunityItem.Meta):
        abstract = False
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = [
            *CommunityItem.Meta.constraints,
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

    def problems_before_submitting(self) -> list[StrOrPromise]:
        """It comes from a verified community and lies ahead."""
        problems = super().problems_before_submitting()
        if self.ends_at < timezone.now():
            problems.append(_now("The event is already over. Set a time that lies ahead."))
        return problems
