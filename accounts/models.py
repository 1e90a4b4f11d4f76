"""People: the account, what it agreed to, and the postings it holds."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cached_property

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length, Lower
from django.db.models.lookups import Exact, LessThanOrEqual
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.office_models import Holiday, Office, SavedReply
from accounts.querysets import PostingQuerySet, UserManager
from accounts.roles import DECISIONS, MAY, Duty, Role
from regions.models import Region

__all__ = ["Consent", "Holiday", "Office", "Posting", "SavedReply", "User"]


class User(AbstractBaseUser, PermissionsMixin):
    """One person, known by e-mail address."""

    email = models.EmailField(_("e-mail address"), max_length=254, unique=True)
    name = models.CharField(
        _("name"),
        max_length=120,
        help_text=_("As it should stand under your news, for example Rina Oktavia."),
    )
    home_region = models.ForeignKey(
        Region,
        verbose_name=_("home region"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    wants_email = models.BooleanField(
        _("notify me by e-mail"), default=True, help_text=_("Notifications in the portal always arrive.")
    )
    language = models.CharField(
        _("language of e-mails to me"),
        max_length=7,
        choices=settings.LANGUAGES,
        default=settings.LANGUAGE_CODE,
    )
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("administers the installation"), default=False)
    joined_at = models.DateTimeField(_("joined"), default=timezone.now, editable=False)
    # Set when the person took themselves away; what they published stays.
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [
            models.CheckConstraint(
                condition=Exact(Lower("email"), F("email")), name="user_email_in_lower_case"
            ),
            models.CheckConstraint(
                condition=Q(erased_at=None) | Q(name="", home_region=None, is_active=False),
                name="user_erased_leaves_nothing",
            ),
        ]

    def __str__(self) -> str:
        return self.byline or self.email

    @property
    def byline(self) -> str:
        """The name that stands under an article, also when the person has gone."""
        return gettext("deleted author") if self.erased_at else self.name

    def get_full_name(self) -> str:
        """The same, by the name that Django uses."""
        return self.byline

    def get_short_name(self) -> str:
        """The first word of the name, for a greeting."""
        return self.name.split(" ")[0] if self.name else self.email

    def confirm_address(self) -> None:
        """Count the e-mail address as confirmed, for accounts that are made on the server itself."""
        from allauth.account.models import EmailAddress

        confirmed = {"verified": True, "primary": True}
        EmailAddress.objects.update_or_create(user=self, email=self.email, defaults=confirmed)

    @property
    def has_confirmed_address(self) -> bool:
        """Whether the person has shown that mail to the address reaches them."""
        from allauth.account.models import EmailAddress

        return EmailAddress.objects.filter(user=self, email=self.email, verified=True).exists()

    @cached_property
    def held_postings(self) -> list[Posting]:
        """The postings this person holds now, widest first; asked once in a request."""
        postings = self.postings.current().select_related("region__office", "stands_in_for__user")
        return sorted(postings, key=lambda posting: (posting.region_id or "", posting.pk))

    @cached_property
    def current_postings(self) -> list[Posting]:
        """The postings that count now: all they hold, or the one chosen on the desk (office.at_work)."""
        return self.held_postings

    @property
    def sets_up_an_office(self) -> bool:
        """Whether a posting lets the person say how an office works."""
        return any(posting.may(Duty.SETTINGS) for posting in self.current_postings)

    @property
    def searches_the_audit(self) -> bool:
        """Whether a posting lets the person search who did what."""
        return any(posting.may(Duty.AUDIT) for posting in self.current_postings)

    @property
    def keeps_the_register(self) -> bool:
        """Whether a posting lets the person decide on communities, and so bring them in by a spreadsheet."""
        return any(posting.may(Duty.REGISTRY) for posting in self.current_postings)

    @property
    def is_officer(self) -> bool:
        """Whether the desk is this person's place of work."""
        return bool(self.current_postings)


class Consent(models.Model):
    """That a person agreed to a text, by the version of the text."""

    class Document(models.TextChoices):
        TERMS = "terms", _("Terms of writing")
        PRIVACY = "privacy", _("Privacy notice")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="consents")
    document = models.CharField(max_length=10, choices=Document)
    version = models.CharField(max_length=20)
    agreed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "document", "version"], name="consent_once_a_version"),
        ]

    def __str__(self) -> str:
        return f"{self.document} {self.version}"


class Posting(models.Model):
    """A role in one region, which covers all that lies beneath it; no region means the nation."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="postings")
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.OFFICER)
    region = models.ForeignKey(
        Region,
        verbose_name=_("region"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="postings",
    )
    # A substitute does the work of another posting from one day to another, while its person is away.
    stands_in_for = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="substitutes"
    )
    started_at = models.DateTimeField(_("since"), default=timezone.now)
    started_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # Set beforehand where a posting ends by itself; ended_at follows then with the next sweep.
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    ended_at = models.DateTimeField(_("until"), null=True, blank=True)
    ended_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = PostingQuerySet.as_manager()

    class Meta:
        verbose_name = _("posting")
        verbose_name_plural = _("postings")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "region"],
                condition=Q(ended_at=None, stands_in_for=None),
                nulls_distinct=False,
                name="posting_once_a_region",
            ),
            models.UniqueConstraint(
                fields=["user", "stands_in_for"],
                condition=Q(ended_at=None, stands_in_for__isnull=False),
                name="posting_one_substitution",
            ),
            models.CheckConstraint(
                condition=Q(stands_in_for=None) | Q(ends_at__isnull=False),
                name="posting_substitute_has_end",
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=models.F("started_at")),
                name="posting_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="posting_ended_at_has_by",
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="posting_role_known"),
            # The nation, a province ("16"), or a regency or city ("16.06"): no office lies deeper.
            models.CheckConstraint(
                condition=Q(region=None) | Q(LessThanOrEqual(Length("region"), 5)),
                name="posting_where_offices_are",
            ),
        ]
        indexes = [
            models.Index(fields=["region", "user"], condition=Q(ended_at=None), name="posting_current")
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.region.label if self.region else _('all Indonesia')}"

    @property
    def last_moment(self) -> datetime | None:
        """When it ended, or ends by itself: the last day that counts is the one just before midnight."""
        if self.ended_at and self.ended_at != self.ends_at:
            return self.ended_at
        return self.ends_at - timedelta(seconds=1) if self.ends_at else None

    @property
    def is_current(self) -> bool:
        """Whether it gives rights now: the twin of PostingQuerySet.current()."""
        now = timezone.now()
        return self.ended_at is None and self.started_at <= now and (not self.ends_at or self.ends_at > now)

    @property
    def decides(self) -> bool:
        """Whether this role decides items of any kind."""
        return not MAY[self.role].isdisjoint(DECISIONS)

    @property
    def appoints(self) -> bool:
        """Whether this role appoints officers."""
        return self.may(Duty.APPOINT)

    def may(self, duty: Duty) -> bool:
        """Whether this role has the duty."""
        return duty in MAY[self.role]

    def covers(self, region: Region | None) -> bool:
        """Whether the region is the posting's own or lies beneath it."""
        if self.region_id is None:
            return True
        return region is not None and self.region_id in region.ancestor_codes
