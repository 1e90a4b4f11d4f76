"""What was counted a moment ago, and the reports that an office keeps."""

from __future__ import annotations

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from figures.querysets import ReportQuerySet
from regions.models import Region


class Tally(models.Model):
    """The figures of one region and period as they were counted: read until they are a minute old."""

    # The code of the region; empty is the nation. No foreign key: a tally is thrown away any time.
    place = models.CharField(max_length=13, blank=True)
    period = models.CharField(max_length=7)
    numbers = models.JSONField()
    counted_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "period"], name="tally_once")]
        indexes = [models.Index(fields=["counted_at"], name="tally_by_age")]

    def __str__(self) -> str:
        return f"{self.place} {self.period}"


class Snapshot(models.Model):
    """What stood in one place when a month ended: the figures whose rows do not know the past."""

    # The code of the region; empty is the nation. No foreign key: what was stays when a region is no more.
    place = models.CharField(max_length=13, blank=True, db_collation="C", editable=False)
    # "2026-10".
    period = models.CharField(max_length=7, editable=False)
    # By the name of the figure.
    numbers = models.JSONField(editable=False)
    taken_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["period", "place"], name="snapshot_once"),
            models.CheckConstraint(
                name="snapshot_of_a_month", condition=Q(period__regex=r"^[0-9]{4}-(0[1-9]|1[0-2])$")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.period}"


def report_path(report: Report, filename: str) -> str:
    """Where a report's file is kept: private, under a name that tells nothing."""
    return f"reports/{report.pk}/{uuid.uuid4().hex}"


class Report(models.Model):
    """The figures of one office over a month or a year, as they were when it was made."""

    class State(models.TextChoices):
        WAITING = "waiting", _("In the queue")
        WORKING = "working", _("Being made")
        DONE = "done", _("Ready")
        FAILED = "failed", _("Not made")

    region = models.ForeignKey(Region, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # "2026-10" or "2026".
    period = models.CharField(_("period"), max_length=7)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING, editable=False)
    progress = models.PositiveSmallIntegerField(default=0, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    # What it tells, frozen: page, spreadsheet and PDF are made of it.
    content = models.JSONField(default=dict, editable=False)
    spreadsheet = models.FileField(upload_to=report_path, blank=True, editable=False)
    document = models.FileField(upload_to=report_path, blank=True, editable=False)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    finished_at = models.DateTimeField(null=True, editable=False)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [
            models.CheckConstraint(
                name="report_state_known", condition=Q(state__in=["waiting", "working", "done", "failed"])
            ),
            models.CheckConstraint(
                name="report_period_written", condition=Q(period__regex=r"^[0-9]{4}(-[0-9]{2})?$")
            ),
            models.CheckConstraint(
                name="report_done_has_files",
                condition=~Q(state="done")
                | (Q(finished_at__isnull=False) & ~Q(spreadsheet="") & ~Q(document="")),
            ),
            models.CheckConstraint(name="report_progress_in_percent", condition=Q(progress__lte=100)),
        ]
        indexes = [
            models.Index(fields=["region", "-id"], name="report_of_region"),
            models.Index(fields=["id"], condition=Q(state__in=["waiting", "working"]), name="report_to_make"),
        ]

    def __str__(self) -> str:
        return f"{self.place}, {self.period_words}"

    def get_absolute_url(self) -> str:
        """Its page: how far it is, then what it tells."""
        return reverse("office:report", args=[self.pk])

    @property
    def place(self) -> str:
        """The region in words."""
        return self.region.label if self.region else str(_("All of Indonesia"))

    @property
    def period_words(self) -> str:
        """ "Oktober 2026", "2026"."""
        year, _dash, month = self.period.partition("-")
        return date_format(date(int(year), int(month), 1), "F Y") if month else year

    @property
    def is_open(self) -> bool:
        """Whether it is still to be made."""
        return self.state in (self.State.WAITING, self.State.WORKING)
