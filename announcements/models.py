"""What offices announce, who confirmed having read it, and who passed it on."""

from __future__ import annotations

import uuid
from hashlib import sha256
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from announcements.places import NATION, lying_q
from announcements.querysets import AnnouncementQuerySet, PassedOnQuerySet
from articles.models import Article
from common.html import excerpt
from communities.models import Community, Kind, Membership
from regions.models import Region

if TYPE_CHECKING:
    from django.db.models import QuerySet


class Audience(models.TextChoices):
    """Whom an office tells."""

    COMMUNITIES = "communities", _("Members of KIM")
    READERS = "readers", _("Everybody: members of KIM and all readers there")


def attachment_path(announcement: Announcement, filename: str) -> str:
    """Where an attachment is kept: private, under a name that tells nothing."""
    return f"announcements/{uuid.uuid4().hex}"


def _pair(name: str) -> models.CheckConstraint:
    """A time and its person come together."""
    return models.CheckConstraint(
        condition=Q((f"{name}_at", None), (f"{name}_by", None))
        | Q((f"{name}_at__isnull", False), (f"{name}_by__isnull", False)),
        name=f"announcement_{name}_at_has_by",
    )


def _person() -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )


class Announcement(models.Model):
    """What an office tells all KIM, or everybody, beneath it. Its words do not change once it is sent."""

    # Whose office speaks; none is the ministry.
    region = models.ForeignKey(
        Region, null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    # The office by the name it had then.
    source = models.CharField(_("source"), max_length=160, editable=False)
    title = models.CharField(_("title"), max_length=160)
    text = models.TextField(_("text"), max_length=50_000)
    valid_until = models.DateField(_("valid until"))
    audience = models.CharField(_("for whom"), max_length=12, choices=Audience, default=Audience.COMMUNITIES)
    # Which of the four kinds of community; none is all of them.
    kinds = ArrayField(
        models.CharField(max_length=20, choices=Kind), verbose_name=_("kinds"), default=list, blank=True
    )
    # See announcements.places; never empty.
    places = ArrayField(models.CharField(max_length=13, blank=True, db_collation="C"), editable=False)
    attachment = models.FileField(upload_to=attachment_path, blank=True, editable=False)
    attachment_name = models.CharField(max_length=120, blank=True, editable=False)
    attachment_type = models.CharField(max_length=40, blank=True, editable=False)
    # The one that this one puts right.
    corrects = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrections", editable=False
    )
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    sent_at = models.DateTimeField(null=True, editable=False)
    sent_by = _person()
    # How many it went to, as they were counted at that moment.
    people = models.PositiveIntegerField(default=0, editable=False)
    communities = models.PositiveIntegerField(default=0, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_by = _person()
    withdrawal_reason = models.TextField(blank=True, editable=False)

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")
        constraints = [
            _pair("sent"),
            _pair("withdrawn"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawal_reason="")
                | (Q(withdrawn_at__isnull=False, sent_at__isnull=False) & ~Q(withdrawal_reason="")),
                name="announcement_withdrawn_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(audience__in=Audience.values), name="announcement_audience_known"
            ),
            models.CheckConstraint(
                condition=Q(kinds__contained_by=Kind.values), name="announcement_kinds_known"
            ),
            models.CheckConstraint(
                condition=Q(audience="communities") | Q(kinds=[]), name="announcement_kinds_of_communities"
            ),
            models.CheckConstraint(condition=Q(places__len__gte=1), name="announcement_goes_somewhere"),
            models.CheckConstraint(
                condition=Q(attachment="", attachment_name="", attachment_type="")
                | (~Q(attachment="") & ~Q(attachment_name="") & ~Q(attachment_type="")),
                name="announcement_attachment_has_name",
            ),
        ]
        indexes = [
            models.Index(fields=["region", "-id"], name="announcement_of_office"),
            models.Index(
                fields=["-sent_at", "-id"], condition=Q(sent_at__isnull=False), name="announcement_newest"
            ),
            models.Index(
                fields=["valid_until"],
                condition=Q(sent_at__isnull=False, withdrawn_at=None),
                name="announcement_in_force",
            ),
            GinIndex(fields=["places"], name="announcement_places"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page of its readers."""
        return reverse("announcements:detail", args=[self.pk])

    @property
    def is_sent(self) -> bool:
        """Whether it has left the office."""
        return self.sent_at is not None

    @property
    def is_expired(self) -> bool:
        """Whether its last day is over, by the clock of the installation."""
        return self.valid_until < timezone.localdate()

    @property
    def is_in_force(self) -> bool:
        """Whether it holds now: sent, not withdrawn, not expired."""
        return self.is_sent and self.withdrawn_at is None and not self.is_expired

    @property
    def is_for_readers(self) -> bool:
        """Whether everybody may read it."""
        return self.audience == Audience.READERS

    @property
    def summary(self) -> str:
        """Its first words."""
        return excerpt(self.text, 40)

    @property
    def place(self) -> str:
        """Whose office it is, in words."""
        return self.region.label if self.region else str(_("All of Indonesia"))

    @property
    def own_place(self) -> str:
        """The office's region as places write it."""
        return self.region_id or NATION

    @property
    def chosen_codes(self) -> list[str]:
        """The regions that were chosen; none where it goes to all beneath the office."""
        return [] if self.places == [self.own_place] else self.places

    @property
    def fingerprint(self) -> str:
        """Of all that is sent: whoever sends or changes it says by this what they have seen."""
        words = [self.title, self.text, self.valid_until, self.audience, self.kinds, self.places]
        return sha256(repr([*words, str(self.attachment)]).encode()).hexdigest()[:32]

    def addressed_communities(self) -> QuerySet[Community]:
        """The living communities of its places and kinds."""
        found = Community.objects.living().filter(lying_q("region", self.places))
        return found.filter(kind__in=self.kinds) if self.kinds else found

    def addressed_members(self) -> QuerySet[Membership]:
        """Who belongs to one of them now; a person with two of them has two rows."""
        return Membership.objects.current().filter(community__in=self.addressed_communities())

    def addressed_residents(self) -> QuerySet[User]:
        """Who lives in its places, by their own word."""
        return User.objects.filter(lying_q("home_region", self.places) & Q(home_region__isnull=False))


class Receipt(models.Model):
    """That a person confirmed having read an announcement. Opening it is not confirming."""

    announcement = models.ForeignKey(
        Announcement, on_delete=models.CASCADE, related_name="receipts", db_index=False
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    read_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")
        constraints = [models.UniqueConstraint(fields=["announcement", "user"], name="receipt_once")]

    def __str__(self) -> str:
        return f"{self.announcement_id} {self.user_id}"


class PassedOn(models.Model):
    """That a community makes a news item of an announcement. It counts once the item is published."""

    announcement = models.ForeignKey(
        Announcement, on_delete=models.CASCADE, related_name="passed_on", db_index=False
    )
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="+")
    article = models.OneToOneField(Article, on_delete=models.CASCADE, related_name="passes_on")
    passed_on_at = models.DateTimeField(default=timezone.now)
    passed_on_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = PassedOnQuerySet.as_manager()

    class Meta:
        verbose_name = _("passing on")
        verbose_name_plural = _("passings on")
        constraints = [
            models.UniqueConstraint(fields=["announcement", "community"], name="passed_on_once_a_community")
        ]

    def __str__(self) -> str:
        return f"{self.announcement_id} {self.community_id}"
