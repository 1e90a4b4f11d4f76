"""What people tell an office, who supports it, and what waits for the confirmation of an address."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.roles import Duty
from aspirations.querysets import SHOWN, AspirationQuerySet
from aspirations.steps import HANDLED, OPEN, Status
from common.html import excerpt
from communities.models import Community
from mailing.unconfirmed import Unconfirmed
from regions.models import Region

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

TITLE_LENGTH, TEXT_LENGTH, WORDS_LENGTH = 160, 4000, 4000
TONES = {
    Status.ANSWERED: "ok",
    Status.CLOSED: "ok",
    Status.WITHDRAWN: "draft",
}


def _pair(name: str) -> models.CheckConstraint:
    """A time and its person come together."""
    return models.CheckConstraint(
        condition=Q((f"{name}_at", None), (f"{name}_by", None))
        | Q((f"{name}_at__isnull", False), (f"{name}_by__isnull", False)),
        name=f"aspiration_{name}_at_has_by",
    )


def _person() -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )


def _moment() -> models.DateTimeField:
    return models.DateTimeField(null=True, editable=False)


class Words(models.Model):
    """What is written, about which place, and for whose eyes."""

    region = models.ForeignKey(
        Region, verbose_name=_("region"), on_delete=models.PROTECT, related_name="+", editable=False
    )
    title = models.CharField(_("title"), max_length=TITLE_LENGTH)
    text = models.TextField(_("text"), max_length=TEXT_LENGTH)
    is_public = models.BooleanField(_("public"), default=True)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        abstract = True


class Aspiration(Words):
    """What a citizen, or a KIM for its village, tells the office. Its status has one writer: actions."""

    KIND = "aspiration"
    DUTY = Duty.ASPIRATIONS

    # With whose office it lies: at first its own region; none is the ministry. The lowest office at or above
    # it that has somebody for aspirations decides.
    desk = models.ForeignKey(Region, null=True, on_delete=models.PROTECT, related_name="+", editable=False)
    # The KIM that speaks for its village, where it is not a citizen.
    community = models.ForeignKey(
        Community, null=True, on_delete=models.PROTECT, related_name="aspirations", editable=False
    )
    status = models.CharField(max_length=10, choices=Status, default=Status.SENT, editable=False)
    sent_at = models.DateTimeField(default=timezone.now, editable=False)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    receive_due_at = models.DateTimeField(editable=False)
    answer_due_at = models.DateTimeField(editable=False)
    # Whichever of the two counts now; none once the office has done its part.
    due_at = _moment()
    # By the office that has it: empty again when another gets it.
    received_at = _moment()
    received_by = _person()
    # When everybody could read it first.
    shown_at = _moment()
    forwarded_at = _moment()
    forwarded_by = _person()
    forwarded_to = models.CharField(max_length=160, blank=True, editable=False)
    lapor_number = models.CharField(max_length=40, blank=True, editable=False)
    answer = models.TextField(max_length=WORDS_LENGTH, blank=True, editable=False)
    answered_at = _moment()
    answered_by = _person()
    reopened_at = _moment()
    reopened_by = _person()
    closed_at = _moment()
    # Nobody, where the portal closed it.
    closed_by = _person()
    withdrawn_at = _moment()
    withdrawn_by = _person()
    kept_back_at = _moment()
    kept_back_by = _person()
    kept_back_reason = models.TextField(max_length=WORDS_LENGTH, blank=True, editable=False)
    # How many support it, beside the rows: lists are ordered by it.
    support_count = models.PositiveIntegerField(default=0, editable=False)

    objects = AspirationQuerySet.as_manager()

    class Meta:
        verbose_name = _("aspiration")
        verbose_name_plural = _("aspirations")
        constraints = [
            *map(_pair, ("received", "forwarded", "answered", "reopened", "withdrawn", "kept_back")),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="aspiration_status_known"),
            models.CheckConstraint(
                condition=Q(status__in=OPEN, due_at__isnull=False) | (~Q(status__in=OPEN) & Q(due_at=None)),
                name="aspiration_due_while_open",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[Status.SENT, Status.FORWARDED, Status.WITHDRAWN])
                | Q(received_at__isnull=False),
                name="aspiration_handled_is_received",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.FORWARDED) | Q(forwarded_at__isnull=False),
                name="aspiration_forwarded_has_time",
            ),
            models.CheckConstraint(
                condition=Q(forwarded_at=None, forwarded_to="", lapor_number="")
                | (Q(forwarded_at__isnull=False) & ~Q(forwarded_to="")),
                name="aspiration_forwarded_to_somebody",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answer="") | (Q(answered_at__isnull=False) & ~Q(answer="")),
                name="aspiration_answer_has_words",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=HANDLED) | Q(answered_at__isnull=False),
                name="aspiration_answered_first",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.CLOSED, closed_at__isnull=False)
                | (~Q(status=Status.CLOSED) & Q(closed_at=None, closed_by=None)),
                name="aspiration_closed_has_time",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.WITHDRAWN, withdrawn_at__isnull=False)
                | (~Q(status=Status.WITHDRAWN) & Q(withdrawn_at=None)),
                name="aspiration_withdrawn_has_time",
            ),
            models.CheckConstraint(
                condition=Q(kept_back_at=None, kept_back_reason="")
                | (Q(kept_back_at__isnull=False) & ~Q(kept_back_reason="")),
                name="aspiration_kept_back_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(shown_at=None) | Q(is_public=True), name="aspiration_shown_is_public"
            ),
        ]
        indexes = [
            models.Index(fields=["region", "-id"], name="aspiration_of_region"),
            models.Index(fields=["desk", "-id"], name="aspiration_of_desk"),
            models.Index(fields=["-shown_at", "-id"], condition=SHOWN, name="aspiration_newest"),
            models.Index(fields=["-support_count", "-id"], condition=SHOWN, name="aspiration_most_supported"),
            models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="aspiration_due"),
            models.Index(
                fields=["answered_at"], condition=Q(answered_at__isnull=False), name="aspiration_answered"
            ),
            # What still closes by itself, without all that is closed.
            models.Index(
                fields=["answered_at"], condition=Q(status=Status.ANSWERED), name="aspiration_to_close"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page of its readers."""
        return reverse("aspirations:detail", args=[self.pk])

    @property
    def reference(self) -> str:
        """The number that people quote, at the counter or on the telephone."""
        return f"ASP-{self.pk:06d}"

    @property
    def created_by(self) -> User:
        """Its author, by the name that other kinds use."""
        return self.sent_by

    @property
    def created_by_id(self) -> int:
        """The same without asking."""
        return self.sent_by_id

    @property
    def summary(self) -> str:
        """Its first words."""
        return excerpt(self.text, 30)

    @property
    def tone(self) -> str:
        """The colour of its status."""
        return TONES.get(Status(self.status), "wait")

    @property
    def is_open(self) -> bool:
        """Whether an office still has something to do."""
        return self.status in OPEN

    @property
    def is_overdue(self) -> bool:
        """Whether the office has let its time pass."""
        return self.due_at is not None and self.due_at < timezone.now()

    @property
    def is_received(self) -> bool:
        """Whether the office that has it has received it."""
        return self.received_at is not None

    @property
    def is_kept_back(self) -> bool:
        """Whether the office keeps it from the public."""
        return self.kept_back_at is not None

    @property
    def is_shown(self) -> bool:
        """Whether everybody can read it: the twin of AspirationQuerySet.public()."""
        return bool(self.shown_at) and not self.is_kept_back and self.status != Status.WITHDRAWN

    @property
    def takes_support(self) -> bool:
        """Whether others may still support it."""
        return self.is_shown and self.status != Status.CLOSED

    @property
    def speaker(self) -> str:
        """Whose it is for everybody: the KIM by its name; of a citizen never the name."""
        if self.community_id and self.community:
            return self.community.name
        return str(_("A citizen"))

    def is_authored_by(self, user: User | AnonymousUser) -> bool:
        """Whether it is this person's: who sent it, and who manages the KIM for which it speaks."""
        if not user.is_authenticated:
            return False
        if self.sent_by_id == user.pk:
            return True
        return bool(self.community_id and self.community and self.community.has_manager(user))


class Support(models.Model):
    """That a person supports an aspiration. Not in the history: what one stands for is one's own to undo."""

    aspiration = models.ForeignKey(
        Aspiration, on_delete=models.CASCADE, related_name="supports", db_index=False
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    supported_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("support")
        verbose_name_plural = _("supports")
        constraints = [models.UniqueConstraint(fields=["aspiration", "user"], name="support_once")]

    def __str__(self) -> str:
        return f"{self.aspiration_id} {self.user_id}"


class Request(Words, Unconfirmed):
    """What somebody without an account has written; it waits until they confirm their address."""

    class Meta:
        verbose_name = _("aspiration to be confirmed")
        verbose_name_plural = _("aspirations to be confirmed")
        indexes = [
            models.Index(fields=["email", "created_at"], name="aspiration_request_of_address"),
            models.Index(fields=["created_at"], name="aspiration_request_age"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"
