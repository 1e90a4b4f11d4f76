"""Communities, the documents of their registration, and who belongs to them."""

from __future__ import annotations

import uuid
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.roles import Duty
from communities import registration, trusting
from communities.change_request import ChangeRequest, FormerSlug
from communities.forum import ForumMembership
from communities.invitation import Invitation
from communities.living import Living
from communities.pictures import Picture
from communities.querysets import CommunityQuerySet, MembershipQuerySet
from communities.trust import Trustable
from moderation.errors import TransitionRefused
from moderation.models import Moderated
from moderation.states import Move, Status
from regions.models import Level, Region
from regions.search import Words

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django_stubs_ext import StrOrPromise

    from accounts.models import User


__all__ = [
    "ChangeRequest",
    "Community",
    "Document",
    "FormerSlug",
    "ForumMembership",
    "Invitation",
    "Kind",
    "Membership",
    "Picture",
]


class Kind(models.TextChoices):
    """The four partners that the regulation names, and the forum in which they federate."""

    KIM = "kim", _("KIM (community information group)")
    TRADITIONAL_MEDIA = "traditional_media", _("Traditional media group")
    CONTENT_CREATORS = "content_creators", _("Positive content creators")
    STRATEGIC_GROUP = "strategic_group", _("Strategic group")
    FORUM = "forum", _("Forum KIM")

    @property
    def levels(self) -> tuple[Level, Level]:
        """From which level of region down to which: a forum has a regency or a province, others a village."""
        if self is Kind.FORUM:
            return Level.PROVINCE, Level.REGENCY
        return Level.VILLAGE, Level.VILLAGE


def _region_fits_kind() -> Q:
    """A forum lives in a province or a regency, every other kind in a village."""
    wide = Q(Exact(Length("region"), 2)) | Q(Exact(Length("region"), 5))
    village = Q(Exact(Length("region"), 13))
    return (Q(kind=Kind.FORUM) & wide) | (~Q(kind=Kind.FORUM) & village)


class Community(Living, Trustable, Moderated):
    """A group of any of the four kinds in one village, or the forum of those in a regency or a province."""

    KIND = "community"
    KIND_LABEL = _("Community")
    DUTY = Duty.REGISTRY
    TITLE_FIELD = "name"
    COMMUNITY_NAME = "name"
    # Verifying is reading the SK of each one; asking for the same repair is not.
    MOVES_TOGETHER = frozenset({"return"})
    MOVE_LABELS = {
        "approve": _("Verify"),
        "suspend": _("Suspend"),
        "submit": _("Send application"),
        "withdraw": _("Take application back"),
    }

    # Who we are
    name = models.CharField(_("name"), max_length=120, help_text=_("For example KIM Surya Gambo."))
    slug = models.SlugField(max_length=150, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.KIM)
    region = models.ForeignKey(
        Region, verbose_name=_("village"), on_delete=models.PROTECT, related_name="communities"
    )
    address = models.CharField(
        _("address"), max_length=240, blank=True, help_text=_("Street, hamlet, RT/RW.")
    )
    founded_on = models.DateField(_("founded on"), null=True, blank=True)
    member_count = models.PositiveIntegerField(_("number of members"), null=True, blank=True)
    description = models.TextField(
        _("description"), max_length=2000, blank=True, help_text=_("Who you are and what you write about.")
    )
    vision = models.TextField(_("vision"), max_length=1000, blank=True)
    mission = models.TextField(_("mission"), max_length=2000, blank=True)
    potential = models.TextField(
        _("village potential"),
        max_length=2000,
        blank=True,
        help_text=_("What your village is known for: products, places, crafts."),
    )
    # The decree
    decree_number = models.CharField(
        _("SK number"), max_length=80, blank=True, help_text=_("As it stands on the SK.")
    )
    decree_date = models.DateField(_("SK date"), null=True, blank=True)
    decree_issuer = models.CharField(
        _("issued by"), max_length=120, blank=True, help_text=_("Village head, lurah or camat.")
    )
    decree_valid_until = models.DateField(_("valid until"), null=True, blank=True)
    # People, by name and office only
    chair_name = models.CharField(_("chair (ketua)"), max_length=120, blank=True)
    secretary_name = models.CharField(_("secretary (sekretaris)"), max_length=120, blank=True)
    treasurer_name = models.CharField(_("treasurer (bendahara)"), max_length=120, blank=True)
    collecting_head_name = models.CharField(_("head of collecting information"), max_length=120, blank=True)
    processing_head_name = models.CharField(_("head of processing information"), max_length=120, blank=True)
    spreading_head_name = models.CharField(_("head of spreading information"), max_length=120, blank=True)
    # Contacts
    email = models.EmailField(_("group e-mail"), blank=True)
    phone = models.CharField(_("telephone or WhatsApp"), max_length=30, blank=True)
    website = models.URLField(_("website"), blank=True)
    facebook = models.URLField("Facebook", blank=True)
    instagram = models.URLField("Instagram", blank=True)
    youtube = models.URLField("YouTube", blank=True)
    tiktok = models.URLField("TikTok", blank=True)
    # How it works
    is_read_first = models.BooleanField(
        _("managers read everything before the office does"),
        default=False,
        db_default=False,
        help_text=_("What a member sends then goes to the managers first: they send it on, or give it back."),
    )
    # What the office gives
    # None, not "": many have no number yet, and each number is given once.
    registry_number = models.CharField(  # noqa: DJ001
        _("registry number"), max_length=15, null=True, unique=True, editable=False
    )
    verified_at = models.DateTimeField(null=True, editable=False)

    objects = CommunityQuerySet.as_manager()

    class Meta(Moderated.Meta):
        verbose_name = _("community")
        verbose_name_plural = _("communities")
        constraints = [
            *Moderated.Meta.constraints,
            *Living.Meta.constraints,
            *Trustable.Meta.constraints,
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="community_kind_known"),
            models.CheckConstraint(condition=_region_fits_kind(), name="community_region_fits_kind"),
            models.CheckConstraint(
                condition=Q(registry_number=None, verified_at=None)
                | Q(registry_number__isnull=False, verified_at__isnull=False),
                name="community_number_with_verification",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["approved", "suspended"]) | Q(registry_number__isnull=False),
                name="community_verified_has_number",
            ),
            models.CheckConstraint(
                condition=Q(registry_number=None) | Q(registry_number__regex=r"^\d{12,15}$"),
                name="community_number_digits",
            ),
        ]
        indexes = [
            *Moderated.Meta.indexes,
            *Living.Meta.indexes,
            GinIndex(Words("name"), name="community_name_words", condition=Q(status="approved")),
            models.Index(
                fields=["region", "name"], condition=Q(status="approved"), name="community_directory"
            ),
            models.Index(fields=["name", "id"], condition=Q(status="approved"), name="community_by_name"),
            models.Index(fields=["decided_at"], name="community_decided"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The public page."""
        return reverse("communities:detail", args=[self.slug])

    def is_authored_by(self, user: User | AnonymousUser) -> bool:
        """The applicant until it is verified, then every manager: who belongs to it is asked from then on."""
        if not user.is_authenticated:
            return False
        return self.is_applied_for_by(user) if self.verified_at is None else self.has_manager(user)

    def is_applied_for_by(self, user: User | AnonymousUser) -> bool:
        """Whether it is this person's application, not verified yet."""
        return self.verified_at is None and self.created_by_id == user.pk

    def has_manager(self, user: User) -> bool:
        """Whether the person manages this community now."""
        return self.memberships.current().managers().filter(user=user.pk).exists()

    def has_member(self, user: User) -> bool:
        """Whether the person belongs to this community now, in any role."""
        return self.memberships.current().filter(user=user.pk).exists()

    def problems_before_submitting(self) -> list[StrOrPromise]:
        """What the office would have to ask for."""
        return registration.problems(self)

    def beside_review(self, officer: User) -> dict[str, Any]:
        """What else is registered in its village, and what may be the same group."""
        from communities.doubles import seen_by_officer

        return {"neighbourhood": seen_by_officer(self, officer)}

    def on_move(self, move: Move, *, by: User, at: datetime) -> list[str]:
        """First verified it gets a number, and its applicant manages it; suspended it is trusted no more."""
        if move.name == "suspend" and self.is_trusted:
            trusting.lose(self, at=at)
            self.trusted_at = self.trusted_by = None
        if move.name == "approve" and any(picture.is_waiting for picture in self.pictures.all()):
            # Nobody has seen it yet, so nobody can have approved it.
            raise TransitionRefused(_now("A photo is still being made ready. Try again in a minute."))
        if move.name != "approve" or self.registry_number is not None:
            return []
        return registration.enter_in_register(self, by=by, at=at)

    @cached_property
    def pictures_by_use(self) -> dict[str, Picture]:
        """Its logo and its group photo, as far as there are any."""
        return {picture.use: picture for picture in self.pictures.all()}

    @property
    def shown_pictures(self) -> dict[str, Picture]:
        """Those of them that pages show; of one that waits for a worker, its place."""
        return {use: picture for use, picture in self.pictures_by_use.items() if not picture.refusal}

    @property
    def preview_picture(self) -> Picture | None:
        """The one of its card in other services."""
        group = self.pictures_by_use.get(Picture.Use.GROUP)
        return group if group and group.is_ready else None

    @cached_property
    def decree_scan(self) -> Document | None:
        """The newest scan of the SK that holds; that of a change request only once it is approved."""
        return self.documents.filter(Q(change=None) | Q(change__status="approved")).order_by("-pk").first()

    @property
    def is_forum(self) -> bool:
        """Whether its members are communities, not people of one village."""
        return self.kind == Kind.FORUM

    @property
    def takes_writing(self) -> bool:
        """Whether something can be published in its name: verified, and not ended."""
        return self.status == Status.APPROVED and not self.is_dissolved

    @property
    def links(self) -> list[tuple[str, str]]:
        """Website and social accounts that are filled in, with their names."""
        fields = ("website", "facebook", "instagram", "youtube", "tiktok")
        return [
            (str(cast(models.Field, self._meta.get_field(f)).verbose_name), getattr(self, f))
            for f in fields
            if getattr(self, f)
        ]

    @cached_property
    def former_village(self) -> Region | None:
        """Where it was first verified, if it lies elsewhere today: its number begins with that region."""
        if not self.registry_number:
            return None
        code = registration.code_in_number(self.registry_number)
        return None if code == self.region_id else Region.objects.filter(pk=code).first()

    @property
    def cloth_seed(self) -> str:
        """What its batik is chosen by: the registry number, or its address while it has none."""
        return self.registry_number or self.slug


def document_path(document: Document, filename: str) -> str:
    """Where a document is kept: private, under a name that tells nothing."""
    return f"documents/{document.community_id}/{uuid.uuid4().hex}"


class Document(models.Model):
    """A scan of a registration; seen by its managers and the officers of its region only."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="documents")
    # The change request that it came with; empty for the registration itself.
    change = models.ForeignKey(
        ChangeRequest, null=True, blank=True, on_delete=models.CASCADE, related_name="documents"
    )
    file = models.FileField(upload_to=document_path)
    original_name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    uploaded_at = models.DateTimeField(default=timezone.now)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def __str__(self) -> str:
        return self.original_name

    def get_absolute_url(self) -> str:
        """The guarded address of the file."""
        return reverse("communities:document", args=[self.pk])


class Membership(models.Model):
    """That a person belongs, or asks to belong, to a community."""

    class Role(models.TextChoices):
        MANAGER = "manager", _("Manager")
        MEMBER = "member", _("Member")

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.MEMBER)
    asked_at = models.DateTimeField(default=timezone.now)
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "community"], condition=Q(ended_at=None), name="membership_once"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="membership_accepted_at_has_by",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="membership_ended_at_has_by",
            ),
            models.CheckConstraint(condition=Q(role__in=["manager", "member"]), name="membership_role_known"),
        ]
        indexes = [
            models.Index(fields=["community", "user"], condition=Q(ended_at=None), name="membership_current")
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_role_display()})"

    @property
    def manages(self) -> bool:
        """Whether it gives the rights of a manager now."""
        return self.role == self.Role.MANAGER and self.accepted_at is not None and self.ended_at is None
