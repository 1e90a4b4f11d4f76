"""Who follows what, who was told what, and what has still to be sent."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from activity.models import Activity
from communities.models import Community
from notifications.querysets import DeliveryQuerySet, NotificationQuerySet, SubscriptionQuerySet
from regions.models import Region


class Subscription(models.Model):
    """That a person follows a community, or a region and all beneath it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="subscriptions")
    # The unique indexes below answer for both keys: in the order that a fan-out walks through them.
    community = models.ForeignKey(
        Community,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="subscriptions",
        db_index=False,
    )
    region = models.ForeignKey(
        Region,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="subscriptions",
        db_index=False,
    )
    wants_email = models.BooleanField(_("also by e-mail"), default=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        constraints = [
            models.CheckConstraint(
                condition=Q(community__isnull=False, region=None) | Q(community=None, region__isnull=False),
                name="subscription_to_one_thing",
            ),
            models.UniqueConstraint(
                fields=["community", "user"],
                condition=Q(community__isnull=False),
                name="subscription_once_a_community",
            ),
            models.UniqueConstraint(
                fields=["region", "user"],
                condition=Q(region__isnull=False),
                name="subscription_once_a_region",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} → {self.community_id or self.region_id}"

    @property
    def thing(self) -> Community | Region:
        """What is followed."""
        return self.community or self.region  # type: ignore[return-value]


class Notification(models.Model):
    """That one person is told of one activity, once."""

    # No index of their own: `notification_once` and `notification_inbox` begin with them, and every
    # index is paid for by each row of a fan-out.
    activity = models.ForeignKey(
        Activity, on_delete=models.PROTECT, related_name="notifications", db_index=False
    )
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications", db_index=False
    )
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        constraints = [models.UniqueConstraint(fields=["activity", "recipient"], name="notification_once")]
        indexes = [
            models.Index(fields=["recipient", "-id"], name="notification_inbox"),
            models.Index(fields=["recipient"], condition=Q(read_at=None), name="notification_unread"),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} → {self.recipient_id}"


class Delivery(models.Model):
    """One e-mail for one notification, from waiting to its end. Redis may be emptied: this row remains."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SENT = "sent", _("Sent")
        DROPPED = "dropped", _("Not needed any more")
        FAILED = "failed", _("Failed")

    notification = models.OneToOneField(Notification, on_delete=models.CASCADE, related_name="delivery")
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    due_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
    # Why it ended without being sent, or what the mail server said last.
    error = models.CharField(max_length=300, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="waiting", ended_at=None)
                | (~Q(state="waiting") & Q(ended_at__isnull=False)),
                name="delivery_ended_at_with_state",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], condition=Q(state="waiting"), name="delivery_waiting")
        ]

    def __str__(self) -> str:
        return f"{self.notification_id} {self.state}"
