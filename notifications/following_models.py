"""What people follow, in which rhythm they want to hear of it, and what they would rather not hear."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import Category
from communities.models import Community
from notifications.querysets import FollowRequestQuerySet, SubscriptionQuerySet
from regions.models import Region, TimeZone


class Rhythm(models.IntegerChoices):
    """How often something leaves the portal for a person. The larger, the stronger."""

    OFF = 0, _("only in the portal")
    WEEKLY = 1, _("each week")
    DAILY = 2, _("each day")
    AT_ONCE = 3, _("at once")


class Followed(models.Model):
    """A community, or a region and all beneath it, or one category of news in a region."""

    # No indexes of their own: where rows are many, constraints and indexes of the child begin with the keys.
    community = models.ForeignKey(
        Community, null=True, blank=True, on_delete=models.CASCADE, related_name="%(class)ss", db_index=False
    )
    region = models.ForeignKey(
        Region, null=True, blank=True, on_delete=models.CASCADE, related_name="%(class)ss", db_index=False
    )
    category = models.CharField(_("category"), max_length=20, choices=Category, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(community__isnull=False, region=None, category="")
                | Q(community=None, region__isnull=False),
                name="%(class)s_to_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(category__in=["", *Category.values]), name="%(class)s_category_known"
            ),
        ]

    @property
    def thing(self) -> Community | Region:
        """What is followed; of a region perhaps one category only."""
        return self.community or self.region  # type: ignore[return-value]

    @property
    def title(self) -> str:
        """What is followed, in words: "KIM Surya Gambo", "Kesehatan · Kabupaten Musi Banyuasin"."""
        return f"{self.get_category_display()} · {self.thing}" if self.category else str(self.thing)


class Subscription(Followed):
    """That a person follows it, and how often news of it leaves the portal."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="subscriptions")
    rhythm = models.PositiveSmallIntegerField(_("rhythm"), choices=Rhythm, default=Rhythm.AT_ONCE)
    # Ended by the link of a mail: by other ways it comes as before.
    by_email = models.BooleanField(_("by e-mail too"), default=True, db_default=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = SubscriptionQuerySet.as_manager()

    class Meta(Followed.Meta):
        abstract = False
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        # The unique indexes answer for both keys: in the order that a fan-out walks through them.
        constraints = [
            *Followed.Meta.constraints,
            models.CheckConstraint(condition=Q(rhythm__in=Rhythm.values), name="subscription_rhythm_known"),
            models.UniqueConstraint(
                fields=["community", "user"],
                condition=Q(community__isnull=False),
                name="subscription_once_a_community",
            ),
            models.UniqueConstraint(
                fields=["region", "category", "user"],
                condition=Q(region__isnull=False),
                name="subscription_once_a_category",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} → {self.community_id or self.region_id} {self.category}".rstrip()


class Mute(models.Model):
    """That a person is not told of a community by a region that they follow."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mutes")
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="mutes", db_index=False)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("mute")
        verbose_name_plural = _("mutes")
        constraints = [models.UniqueConstraint(fields=["community", "user"], name="mute_once")]

    def __str__(self) -> str:
        return f"{self.user_id} ✕ {self.community_id}"


class Preferences(models.Model):
    """When a person wants to hear from the portal. Who has no row has the defaults."""

    DIGEST_HOUR = 17

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="preferences"
    )
    time_zone = models.CharField(
        _("time zone"),
        max_length=20,
        choices=TimeZone,
        blank=True,
        help_text=_("Without one that of your home region, else WIB."),
    )
    quiet_from = models.TimeField(_("quiet from"), null=True, blank=True)
    quiet_until = models.TimeField(_("quiet until"), null=True, blank=True)
    # The weekly digest comes at the same hour, on Sundays.
    digest_hour = models.PositiveSmallIntegerField(
        _("hour of the digest"), choices=[(hour, f"{hour:02}.00") for hour in range(24)], default=DIGEST_HOUR
    )

    class Meta:
        verbose_name = _("preferences")
        verbose_name_plural = _("preferences")
        constraints = [
            models.CheckConstraint(
                condition=Q(quiet_from=None, quiet_until=None)
                | Q(quiet_from__isnull=False, quiet_until__isnull=False)
                & ~Q(quiet_from=models.F("quiet_until")),
                name="preferences_quiet_hours_are_two",
            ),
            models.CheckConstraint(
                condition=Q(time_zone__in=["", *TimeZone.values]), name="preferences_time_zone_known"
            ),
            models.CheckConstraint(condition=Q(digest_hour__lt=24), name="preferences_hour_of_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}"


class FollowRequest(Followed):
    """That somebody without an account asked to follow; it waits for a confirmation by e-mail."""

    email = models.EmailField(_("e-mail address"), max_length=254)
    language = models.CharField(max_length=7, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE)
    created_at = models.DateTimeField(default=timezone.now)
    mailed_at = models.DateTimeField(null=True, blank=True)

    objects = FollowRequestQuerySet.as_manager()

    class Meta(Followed.Meta):
        abstract = False
        verbose_name = _("request to follow")
        verbose_name_plural = _("requests to follow")
        indexes = [
            models.Index(fields=["email", "created_at"], name="follow_request_of_address"),
            models.Index(fields=["created_at"], name="follow_request_age"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"
