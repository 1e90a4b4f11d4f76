"""What every item that an office reviews has in common."""

from __future__ import annotations

import re
import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from accounts.roles import Duty
from common.blocks import blocks
from common.html import plain_text
from moderation import deadlines
from moderation.guidelines import RULES, Rule
from moderation.reviewing import Claim, Note, Remark, Version
from moderation.states import EDITABLE, MOVES, Move, Status
from regions.templatetags.region_time import local_time

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django_stubs_ext import StrOrPromise

    from accounts.models import User
    from regions.models import Region


__all__ = ["Claim", "Moderated", "Note", "Remark", "Version"]

PARAGRAPHS = re.compile(r"\n{2,}")


class Moderated(models.Model):
    """An item that an author submits and an office decides.

    A child declares KIND (its verb prefix and its name in addresses), TITLE_FIELD and `region`, says who
    authors it, and inherits `Moderated.Meta`. Only moderation.actions.move() writes the status.
    """

    KIND: ClassVar[str]
    KIND_LABEL: ClassVar[StrOrPromise]
    # Whose work the decision is (accounts/roles.py).
    DUTY: ClassVar[Duty] = Duty.NEWS
    TITLE_FIELD: ClassVar[str] = "title"
    # The path from the kind to its community's name, for lists over all kinds.
    COMMUNITY_NAME: ClassVar[str] = "community__name"
    # Words for moves where the kind has its own, like "Verify" for a community.
    MOVE_LABELS: ClassVar[dict[str, StrOrPromise]] = {}

    # Moves that make no sense for the kind: they do not exist for it.
    UNUSED_MOVES: ClassVar[frozenset[str]] = frozenset()
    # The field with the person who may not decide what waits, because somebody else has to.
    KEEPS_OUT: ClassVar[str] = ""
    # Moves of the table that exist only for kinds that name them here.
    MOVES_CHOSEN: ClassVar[frozenset[str]] = frozenset()
    # The moves that may be made for several items at once, unread one by one: none unless a kind says so.
    MOVES_TOGETHER: ClassVar[frozenset[str]] = frozenset()
    # Whether refusing and withdrawing cite a rule of moderation.guidelines; else words are enough.
    CITES_RULES: ClassVar[bool] = False
    # The questions that an officer answers before it is published (moderation.sheet).
    SHEET: ClassVar[tuple[str, ...]] = ()
    # The parts of its content at whose places officers leave remarks (moderation.remarks).
    PLACES: ClassVar[tuple[str, ...]] = ()
    # Whether officers correct small slips in it themselves (moderation.slips).
    HAS_SLIPS: ClassVar[bool] = False
    # Fields that hold HTML, compared by their words.
    RICH_FIELDS: ClassVar[frozenset[str]] = frozenset()

    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.DRAFT, editable=False
    )
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="%(app_label)s_created",
        editable=False,
    )
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    submitted_at = models.DateTimeField(null=True, editable=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    due_at = models.DateTimeField(null=True, editable=False)
    decided_at = models.DateTimeField(null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    decision_reason = models.TextField(blank=True, editable=False)
    # The code of the rule that the decision cites (moderation.guidelines).
    decision_rule = models.CharField(max_length=20, blank=True, default="", db_default="", editable=False)
    # Withdrawn for what its very title says: the title is shown to nobody outside.
    is_title_hidden = models.BooleanField(default=False, db_default=False, editable=False)

    region: models.ForeignKey[Region, Region]

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Status.values), name="%(class)s_status_known"),
            models.CheckConstraint(
                condition=Q(submitted_at=None, submitted_by=None, due_at=None)
                | Q(submitted_at__isnull=False, submitted_by__isnull=False, due_at__isnull=False),
                name="%(class)s_submitted_at_has_by",
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="%(class)s_decided_at_has_by",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.DRAFT) | Q(submitted_at__isnull=False),
                name="%(class)s_past_draft_was_submitted",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[Status.DRAFT, Status.SUBMITTED]) | Q(decided_at__isnull=False),
                name="%(class)s_decision_has_decider",
            ),
            models.CheckConstraint(
                condition=Q(is_title_hidden=False) | Q(status=Status.SUSPENDED),
                name="%(class)s_hidden_is_withdrawn",
            ),
        ]
        indexes = [
            models.Index(
                fields=["region", "due_at"], condition=Q(status=Status.SUBMITTED), name="%(class)s_waiting"
            ),
        ]

    @property
    def heading(self) -> str:
        """The item's title or name, whatever the kind calls it."""
        return str(getattr(self, self.TITLE_FIELD))

    def get_absolute_url(self) -> str:
        """The public page."""
        raise NotImplementedError

    @property
    def shown_url(self) -> str:
        """The public page, for everybody's eyes."""
        return self.get_absolute_url()

    @property
    def shown_heading(self) -> str:
        """The title, for everybody's eyes."""
        return self.heading

    @property
    def is_editable(self) -> bool:
        """Whether its author may change its words now."""
        return self.status in EDITABLE

    @property
    def is_overdue(self) -> bool:
        """Whether it waits past its deadline."""
        return self.waits_for_office and self.due_at is not None and self.due_at < timezone.now()

    @property
    def waits_for_office(self) -> bool:
        """Whether an office has to decide on it; the twin is ModeratedQuerySet.waiting_q()."""
        return self.status == Status.SUBMITTED

    @property
    def cited_rule(self) -> Rule | None:
        """The rule that the last decision cites, if it does."""
        return RULES.get(self.decision_rule)

    @classmethod
    def cites(cls, move: Move) -> bool:
        """Whether this move of this kind cites a rule."""
        return cls.CITES_RULES and move.needs_rule

    def is_authored_by(self, user: User | AnonymousUser) -> bool:
        """Whether the author's moves are this person's to make."""
        raise NotImplementedError

    def is_party(self, user: User) -> bool:
        """Whether it is about this person's own work, so that others decide; a kind says when."""
        return False

    def problems_before_submitting(self) -> list[StrOrPromise]:
        """What is still missing for a review, in words; empty when it may be sent."""
        return []

    def beside_review(self, officer: User) -> dict[str, Any]:
        """What else the desk shows beside the item, as context of its template; a kind adds it."""
        return {}

    def content(self) -> dict[str, str]:
        """What the author fills in, as text by the name of the part: what a version keeps of the item."""
        fields = [field for field in self._meta.concrete_fields if field.editable and not field.primary_key]
        return {
            field.name: "" if (value := field.value_from_object(self)) is None else str(value)
            for field in fields
            if not field.generated
        }

    def content_label(self, name: str) -> StrOrPromise:
        """What a part of the content is called; a kind adds its parts that are no fields."""
        try:
            return self._meta.get_field(name).verbose_name  # type: ignore[union-attr]
        except FieldDoesNotExist:
            return name

    def passages(self, name: str) -> list[str]:
        """The words of a part, paragraph by paragraph, as the pages of the item show them."""
        text = str(getattr(self, name, "") or "")
        if name in self.RICH_FIELDS:
            return [plain_text(block).strip() for block in blocks(text)]
        return [part.strip() for part in PARAGRAPHS.split(text.replace("\r\n", "\n").strip()) if part.strip()]

    def on_slip(self, name: str, *, by: User) -> list[str]:
        """What else must happen when an office corrects a slip of a part; answers the fields it changed."""
        return []

    def content_words(self, name: str, value: str) -> str:
        """A part of the content as people read it."""
        if name in self.RICH_FIELDS:
            return plain_text(value)
        field = {field.name: field for field in self._meta.concrete_fields}.get(name)
        if field is None or not value:
            return value
        if isinstance(field, models.DateTimeField):
            return local_time(parse_datetime(value), self.region)
        if field.remote_field:
            return str(field.remote_field.model._base_manager.filter(pk=value).first() or value)
        return str(dict(field.flatchoices).get(value, value))

    def deadline_from(self, moment: datetime) -> datetime:
        """Until when the office should have decided on what is sent at `moment`; asked before it is sent."""
        if self.status == Status.RETURNED and self.decided_at and self.due_at:
            return deadlines.due_again(
                self.KIND, self.region, moment, returned_at=self.decided_at, was_due_at=self.due_at
            )
        return deadlines.due_at(self.KIND, self.region, moment)

    @classmethod
    def moves(cls) -> list[Move]:
        """The moves of the table that this kind knows."""
        known = [move for move in MOVES.values() if not move.by_choice or move.name in cls.MOVES_CHOSEN]
        return [move for move in known if move.name not in cls.UNUSED_MOVES]

    @classmethod
    def state_fields(cls) -> list[str]:
        """What only moves and steps write, beside status and decision: an author's form never does."""
        return []

    def is_open_to(self, move: Move) -> bool:
        """Whether the move may be made beyond what the status says; a child may know more."""
        return True

    def why_closed_to(self, move: Move) -> StrOrPromise:
        """In words, why it is not open to a move that its status allows."""
        return _("This is not possible any more. Reload the page to see where it stands.")

    @property
    def kept_out(self) -> int | None:
        """Who may not decide what waits now; the twin stands in moderation.querysets."""
        waits = self.KEEPS_OUT and self.status == Status.SUBMITTED
        return getattr(self, f"{self.KEEPS_OUT}_id") if waits else None

    def move_label(self, move: Move) -> StrOrPromise:
        """The words on the button of a move."""
        return self.MOVE_LABELS.get(move.name, move.label)

    def details_of(self, move: Move) -> dict[str, Any]:
        """What the history notes of a move besides reason and rule; asked before it is made."""
        return {}

    def on_move(self, move: Move, *, by: User, at: datetime) -> list[str]:
        """What else must happen in the same transaction; a child may override it.

        Runs before the row is saved, because the constraints look at the row as a whole; answers the names
        of the fields it has changed.
        """
        return []

    @classmethod
    def verb(cls, move: str) -> str:
        """The activity verb of a move, like `article.approve`."""
        return f"{cls.KIND}.{MOVES[move].name}"

    @classmethod
    def verb_of_slip(cls) -> str:
        """The verb of an office that corrects a slip, like `article.slip`."""
        return f"{cls.KIND}.slip"
