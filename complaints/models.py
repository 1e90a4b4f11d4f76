"""What readers report: many reports of one item are one case, which an office decides within 48 hours."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Self, cast

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from moderation.guidelines import RULES, Rule
from moderation.querysets import covered_by
from moderation.reviewing import Beside, BesideQuerySet
from regions.models import Region

if TYPE_CHECKING:
    from accounts.models import User
    from moderation.models import Moderated

# 2×24 hours of the clock, whatever the office hours are (Dewan Pers, Pedoman Pemberitaan Media Siber, 2012).
TIME_TO_DECIDE = timedelta(hours=48)


class CaseQuerySet(BesideQuerySet):
    """Questions about many cases."""

    def open(self) -> Self:
        """Those that nobody has decided yet."""
        return self.filter(outcome="")

    def overdue(self) -> Self:
        """Open ones past their deadline."""
        return self.open().filter(due_at__lt=timezone.now())

    def on_desks_of(self, user: User) -> Self:
        """Those in the regions of the person's postings."""
        return self.filter(covered_by(user.current_postings))


class Case(Beside):
    """What is to be decided about one published item that readers have reported."""

    class Outcome(models.TextChoices):
        """What the office has done."""

        KEPT = "kept", _("It stays as it is")
        REPAIRED = "repaired", _("It was repaired")
        WITHDRAWN = "withdrawn", _("It was withdrawn")

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    words = models.TextField(_("words to those who reported"), max_length=2000, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        constraints = [
            models.UniqueConstraint(
                fields=["target_type", "target_id"], condition=Q(outcome=""), name="case_one_open_an_item"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", decided_at=None, decided_by=None)
                | Q(
                    outcome__in=["kept", "repaired", "withdrawn"],
                    decided_at__isnull=False,
                    decided_by__isnull=False,
                ),
                name="case_outcome_has_decider",
            ),
            models.CheckConstraint(condition=Q(due_at__gt=F("opened_at")), name="case_due_later"),
        ]
        indexes = [
            models.Index(fields=["target_type", "target_id", "id"], name="case_of_item"),
            models.Index(fields=["region", "due_at"], condition=Q(outcome=""), name="case_open"),
            models.Index(fields=["region", "-decided_at"], name="case_decided"),
            # What a province and the nation have decided last.
            models.Index(
                fields=["-decided_at", "-id"], condition=Q(decided_at__isnull=False), name="case_decided_last"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target_type_id}/{self.target_id}"

    @property
    def is_open(self) -> bool:
        """Whether it waits for the office."""
        return not self.outcome

    @property
    def is_overdue(self) -> bool:
        """Whether it waits past its deadline."""
        return self.is_open and self.due_at < timezone.now()

    @property
    def item(self) -> Moderated:
        """What was reported; nothing that was ever public is deleted."""
        return cast("Moderated", self.target)

    @property
    def heading(self) -> str:
        """What was reported, in words that may be shown."""
        return self.item.shown_heading

    def get_absolute_url(self) -> str:
        """The public page of what was reported; gone, it says why."""
        return self.item.shown_url


class Report(models.Model):
    """What one reader has said. Who it was is never shown to the author."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="reports")
    rule = models.CharField(max_length=20)
    words = models.TextField(_("what is wrong"), max_length=1000, blank=True)
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    # Only where an answer is wanted; taken away with the answer.
    email = models.EmailField(blank=True)
    reported_at = models.DateTimeField(default=timezone.now)
    told_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("report of a reader")
        verbose_name_plural = _("reports of readers")
        constraints = [
            models.UniqueConstraint(fields=["case", "reporter"], name="report_once_a_person"),
            models.CheckConstraint(condition=Q(told_at=None) | Q(email=""), name="report_told_has_no_email"),
        ]
        indexes = [models.Index(fields=["case"], condition=~Q(email=""), name="report_wants_mail")]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.rule}"

    @property
    def broken(self) -> Rule | None:
        """The rule that the reader finds broken."""
        return RULES.get(self.rule)
