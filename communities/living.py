"""The later life of a community: what it did last, whether it sleeps, whether it has ended."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from regions.models import Region

if TYPE_CHECKING:
    from datetime import date

    from django_stubs_ext import StrOrPromise

# How many days before its SK runs out a community is reminded.
REMINDERS = (90, 30, 7)


def pair(name: str) -> models.CheckConstraint:
    """A time and its person come together."""
    return models.CheckConstraint(
        condition=Q((f"{name}_at", None), (f"{name}_by", None))
        | Q((f"{name}_at__isnull", False), (f"{name}_by__isnull", False)),
        name=f"%(class)s_{name}_at_has_by",
    )


def _person() -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )


class Living(models.Model):
    """What a verified community has besides its status: it may need renewal, sleep, or have ended.

    None of it is a status: a community that sleeps, or whose SK has run out, stays verified and readable.
    """

    # The region of the office that verified it; none for the ministry.
    verifying_region = models.ForeignKey(
        Region, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    # The smallest number of days of REMINDERS that its managers were reminded of for the SK of now.
    reminded_days = models.PositiveSmallIntegerField(null=True, editable=False)
    # When something of it was last published; at first when it was verified.
    active_at = models.DateTimeField(null=True, editable=False)
    dormancy_warned_at = models.DateTimeField(null=True, editable=False)
    dormancy_proposed_at = models.DateTimeField(null=True, editable=False)
    dormant_at = models.DateTimeField(null=True, editable=False)
    dormant_by = _person()
    # When the office noted that it is active, although nothing was published.
    kept_at = models.DateTimeField(null=True, editable=False)
    kept_by = _person()
    dissolved_on = models.DateField(null=True, editable=False)
    dissolved_at = models.DateTimeField(null=True, editable=False)
    dissolved_by = _person()

    class Meta:
        abstract = True
        constraints = [
            pair("dormant"),
            pair("kept"),
            pair("dissolved"),
            models.CheckConstraint(
                condition=Q(dissolved_at=None, dissolved_on=None)
                | Q(dissolved_at__isnull=False, dissolved_on__isnull=False),
                name="%(class)s_dissolved_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(dormancy_proposed_at=None) | Q(dormancy_warned_at__isnull=False),
                name="%(class)s_warned_before_proposed",
            ),
        ]
        indexes = [
            models.Index(
                fields=["active_at"],
                condition=Q(status="approved", dormant_at=None, dissolved_at=None),
                name="%(class)s_by_last_sign",
            ),
            models.Index(
                fields=["region", "dormancy_proposed_at"],
                condition=Q(dormancy_proposed_at__isnull=False),
                name="%(class)s_proposed",
            ),
            models.Index(
                fields=["decree_valid_until"],
                condition=Q(status="approved", dissolved_at=None),
                name="%(class)s_by_end_of_decree",
            ),
        ]

    decree_valid_until: models.DateField[date | None, date | None]
    region: models.ForeignKey[Region, Region]

    @property
    def is_dissolved(self) -> bool:
        """Whether it has ended; its page stays."""
        return self.dissolved_at is not None

    @property
    def is_dormant(self) -> bool:
        """Whether the office confirmed that nothing comes from it any more."""
        return self.dormant_at is not None and not self.is_dissolved

    @property
    def needs_renewal(self) -> bool:
        """Whether its SK has run out: a fact of the date, not a state that somebody sets."""
        until = self.decree_valid_until
        return until is not None and until < self.region.today and not self.is_dissolved

    @property
    def renewal_is_near(self) -> bool:
        """Whether the managers should ask the village for a new SK now."""
        until = self.decree_valid_until
        return until is not None and until <= self.region.today + timedelta(days=REMINDERS[0])

    @property
    def life_pills(self) -> list[tuple[StrOrPromise, str]]:
        """What to know beside its status: words and tone of each pill."""
        pills: list[tuple[StrOrPromise, str]] = []
        if self.is_dissolved:
            return [(_("Dissolved"), "stop")]
        if self.is_dormant:
            pills.append((_("Not active"), "draft"))
        if self.needs_renewal:
            pills.append((_("Needs renewal"), "wait"))
        return pills
