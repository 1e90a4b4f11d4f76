"""Offices: their names, how they can be reached, and how they want to work."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from regions.models import Region


class Office(models.Model):
    """The office (Diskominfo) of a region, by the name it has today; no region means the ministry.

    What is empty is taken from the office above, then from the settings: see accounts.offices.
    """

    region = models.OneToOneField(
        Region, null=True, blank=True, on_delete=models.PROTECT, related_name="office"
    )
    name = models.CharField(_("name"), max_length=160)
    address = models.CharField(_("address"), max_length=300, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    website = models.URLField(_("website"), blank=True)
    minimum_members = models.PositiveSmallIntegerField(
        _("members that a community needs"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    dormant_months = models.PositiveSmallIntegerField(
        _("months without news or events until a community counts as dormant"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )
    kim_check_facts = models.BooleanField(_("KIM may check facts"), null=True, blank=True)
    trust_items = models.PositiveSmallIntegerField(
        _("items approved unchanged until a community may publish first"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    trust_days = models.PositiveSmallIntegerField(
        _("days in which these items were approved"),
        null=True,
        blank=True,
        validators=[MinValueValidator(7), MaxValueValidator(365)],
    )
    # Days until a decision by kind of item, like {"article": 2}; a kind that is missing is inherited.
    review_days = models.JSONField(default=dict, blank=True, editable=False)
    # Seven times ["08:00", "16:00"] or null, Monday first (accounts.office_hours.Week); empty is inherited.
    hours = models.JSONField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        constraints = [
            models.UniqueConstraint(models.Value(1), condition=Q(region=None), name="office_one_ministry"),
            models.CheckConstraint(
                condition=Q(minimum_members=None) | Q(minimum_members__range=(1, 100)),
                name="office_minimum_members_sane",
            ),
            models.CheckConstraint(
                condition=Q(dormant_months=None) | Q(dormant_months__range=(1, 60)),
                name="office_dormant_months_sane",
            ),
            models.CheckConstraint(
                condition=Q(trust_items=None) | Q(trust_items__range=(1, 100)), name="office_trust_items_sane"
            ),
            models.CheckConstraint(
                condition=Q(trust_days=None) | Q(trust_days__range=(7, 365)), name="office_trust_days_sane"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Holiday(models.Model):
    """A day on which the offices of a region and all beneath it are closed; no region: all of Indonesia."""

    region = models.ForeignKey(
        Region, null=True, blank=True, on_delete=models.PROTECT, related_name="holidays"
    )
    day = models.DateField(_("day"))
    name = models.CharField(_("occasion"), max_length=80)

    class Meta:
        verbose_name = _("holiday")
        verbose_name_plural = _("holidays")
        ordering = ("day", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["region", "day"], nulls_distinct=False, name="holiday_once_a_region"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SavedReply(models.Model):
    """Words that the officers of an office use again and again."""

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="saved_replies")
    title = models.CharField(_("title"), max_length=80)
    text = models.TextField(_("text"), max_length=2000)

    class Meta:
        verbose_name = _("saved reply")
        verbose_name_plural = _("saved replies")
        ordering = ("title", "pk")
        constraints = [
            models.UniqueConstraint(fields=["office", "title"], name="saved_reply_title_once"),
        ]

    def __str__(self) -> str:
        return self.title
