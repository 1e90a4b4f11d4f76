"""Spreadsheets that offices bring in: the file, its rows, and who may claim what came of them."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.roles import Duty
from communities.models import Community
from regions.models import Region

if TYPE_CHECKING:
    from accounts.models import User


class State(models.TextChoices):
    """Where an import stands. The busy ones are a worker's to leave; see imports/work.py."""

    UPLOADED = "uploaded", _("Columns to match")
    READING = "reading", _("Being read")
    CHECKING = "checking", _("Being checked")
    CHECKED = "checked", _("Checked, not applied yet")
    APPLYING = "applying", _("Being applied")
    APPLIED = "applied", _("Applied")
    UNDOING = "undoing", _("Being undone")
    UNDONE = "undone", _("Undone")
    REFUSED = "refused", _("Cannot be read")


BUSY = frozenset({State.READING, State.CHECKING, State.APPLYING, State.UNDOING})
# Where the columns may still be matched otherwise.
MATCHABLE = frozenset({State.UPLOADED, State.CHECKED, State.REFUSED})


class ImportQuerySet(models.QuerySet["Import"]):
    """Questions about many imports."""

    def visible_to(self, user: User) -> Self:
        """Those of the offices where the person decides; another office's do not exist for them."""
        offices = [posting.region_id for posting in user.current_postings if posting.may(Duty.REGISTRY)]
        return self.filter(Q(region__in=[code for code in offices if code]) | _nation(offices))

    def to_forget(self, before: datetime) -> Self:
        """Those whose last step was taken before this moment, and whose rows are still kept as they came."""
        return self.exclude(state__in=BUSY).filter(
            Q(applied_at=None) | Q(applied_at__lt=before), made_at__lt=before, forgotten_at=None
        )

    def busy(self) -> Self:
        """Those that a worker should be at."""
        return self.filter(state__in=BUSY)


def _nation(offices: list[str | None]) -> Q:
    return Q(region=None) if None in offices else Q(pk=None)


def file_path(upload: Import, filename: str) -> str:
    """Where a spreadsheet is kept: private, under a name that tells nothing."""
    return f"imports/{uuid.uuid4().hex}"


class Import(models.Model):
    """One spreadsheet of one office, from the upload to its undoing."""

    # The office's region; none is the ministry.
    region = models.ForeignKey(Region, null=True, on_delete=models.PROTECT, related_name="+")
    file = models.FileField(upload_to=file_path)
    original_name = models.CharField(max_length=120)
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    heading_row = models.PositiveIntegerField(default=1)
    headings = models.JSONField(default=list)
    samples = models.JSONField(default=list)
    # Which column holds which field: {"name": 2, …}, counted from 0.
    mapping = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.UPLOADED)
    # Why it could not be read or applied, a code of imports/wording.py.
    problem = models.CharField(max_length=40, blank=True)
    # The last row that the present step has done, and how many there are.
    cursor = models.PositiveIntegerField(default=0)
    done_count = models.PositiveIntegerField(default=0)
    row_count = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    applied_at = models.DateTimeField(null=True)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    # When the file and what stood in its rows was deleted; what became of the rows stays.
    forgotten_at = models.DateTimeField(null=True, editable=False)

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="import_state_known"),
            models.CheckConstraint(
                condition=Q(applied_at=None, applied_by=None)
                | Q(applied_at__isnull=False, applied_by__isnull=False),
                name="import_applied_at_has_by",
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="import_undone_at_has_by",
            ),
        ]
        indexes = [
            models.Index(fields=["region", "-id"], name="import_of_office"),
            models.Index(fields=["id"], condition=Q(state__in=sorted(BUSY)), name="import_busy"),
            models.Index(fields=["made_at"], condition=Q(forgotten_at=None), name="import_to_forget"),
        ]

    def __str__(self) -> str:
        return self.original_name

    @property
    def is_busy(self) -> bool:
        """Whether a worker is at it, or will be."""
        return self.state in BUSY

    @property
    def is_matchable(self) -> bool:
        """Whether its columns may still be matched otherwise."""
        return self.state in MATCHABLE and self.forgotten_at is None

    def counts(self) -> dict[str, int]:
        """How many rows had which outcome."""
        numbers = self.rows.values_list("outcome").annotate(number=models.Count("pk")).order_by()
        return {**dict.fromkeys(Outcome.values, 0), **dict(numbers)}


class Outcome(models.TextChoices):
    """What became of a row."""

    UNCHECKED = "unchecked", _("Not checked yet")
    READY = "ready", _("Ready")
    WRONG = "wrong", _("Left out: errors")
    SAME = "same", _("Registered already")
    MADE = "made", _("Registered")
    UNDONE = "undone", _("Undone")
    KEPT = "kept", _("Kept")


class ImportRow(models.Model):
    """One row of a spreadsheet: what stood there, what is wrong with it, and what it became."""

    of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    cells = models.JSONField(default=list)
    # What the reader saw at a column: {"3": "formula"}.
    marks = models.JSONField(default=dict)
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.UNCHECKED)
    # [[field, code, parameters], …]: words are made when shown (imports/wording.py).
    errors = models.JSONField(default=list)
    hints = models.JSONField(default=list)
    values = models.JSONField(default=dict)
    # What doubles are found by.
    village = models.ForeignKey(Region, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    name_key = models.CharField(max_length=120, blank=True)
    decree_key = models.CharField(max_length=80, blank=True)
    community = models.ForeignKey(Community, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of imports")
        constraints = [
            models.UniqueConstraint(fields=["of", "number"], name="importrow_once"),
            # A community comes of one row only.
            models.UniqueConstraint(
                fields=["community"], condition=Q(outcome="made"), name="importrow_makes_one"
            ),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="importrow_outcome_known"),
        ]
        indexes = [
            models.Index(fields=["of", "outcome", "number"], name="importrow_by_outcome"),
            models.Index(fields=["of", "village"], name="importrow_in_village"),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.values.get('name', '')}"

    def cell(self, field: str, mapping: dict[str, int]) -> Any:
        """What stands in the column of a field; empty where there is none."""
        column = mapping.get(field)
        return self.cells[column] if column is not None and column < len(self.cells) else ""

    def hint(self, field: str, code: str, **parameters: Any) -> None:
        """Note what is worth a look, once: a row is compared again before it is registered."""
        others = [hint for hint in self.hints if hint[:2] != [field, code]]
        self.hints = [*others, [field, code, parameters]]


class PageClaim(models.Model):
    """That whoever holds its link may become the first manager of an imported community."""

    community = models.OneToOneField(Community, on_delete=models.CASCADE, related_name="page_claim")
    of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="claims")
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    # When the mail to the group's address went out; never where it has none.
    mailed_at = models.DateTimeField(null=True)
    claimed_at = models.DateTimeField(null=True)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("invitation to claim a page")
        verbose_name_plural = _("invitations to claim a page")
        constraints = [
            models.CheckConstraint(
                condition=Q(claimed_at=None, claimed_by=None)
                | Q(claimed_at__isnull=False, claimed_by__isnull=False),
                name="pageclaim_claimed_at_has_by",
            ),
        ]
        indexes = [
            models.Index(
                fields=["id"], condition=Q(mailed_at=None, claimed_at=None), name="pageclaim_to_mail"
            ),
        ]

    def __str__(self) -> str:
        return str(self.community)

    @property
    def is_open(self) -> bool:
        """Whether it can still be used."""
        return self.claimed_at is None and self.expires_at > timezone.now()
