"""Who was told what, and what has still to be sent. What people follow stands in following_models.py."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from activity.models import Activity
from notifications.address_models import AddressStop, KindStop
from notifications.following_models import (
    Followed,
    FollowRequest,
    Mute,
    Preferences,
    Rhythm,
    Subscription,
)
from notifications.kinds import Kind
from notifications.push_models import PushDevice
from notifications.querysets import DeliveryQuerySet, NotificationQuerySet
from notifications.telegram_models import TelegramLink, TelegramTicket

__all__ = [
    "AddressStop",
    "Delivery",
    "FollowRequest",
    "Followed",
    "Kind",
    "KindStop",
    "Mute",
    "Notification",
    "Preferences",
    "PushDevice",
    "Rhythm",
    "Story",
    "Subscription",
    "TelegramLink",
    "TelegramTicket",
]


class Story(models.Model):
    """What all notifications of one activity have in common: written once, so that their rows stay narrow."""

    Kind = Kind

    activity = models.OneToOneField(
        Activity, on_delete=models.PROTECT, primary_key=True, related_name="story"
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    # What is shown as one line where much of it is unread: "news:community:12", "desk". Empty: never.
    thread = models.CharField(max_length=60, blank=True)

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        constraints = [models.CheckConstraint(condition=Q(kind__in=Kind.values), name="story_kind_known")]
        indexes = [models.Index(fields=["thread", "-activity"], condition=~Q(thread=""), name="story_thread")]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.kind} {self.thread}".rstrip()


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
            models.Index(fields=["recipient", "-id"], condition=Q(read_at=None), name="notification_new"),
            # What was read long ago is taken away; a row costs this index nothing before it is read.
            models.Index(fields=["read_at"], condition=Q(read_at__isnull=False), name="notification_read"),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} → {self.recipient_id}"

    @property
    def kind(self) -> str:
        """What it is about; empty where nobody has written that down."""
        return self.activity.story.kind if hasattr(self.activity, "story") else ""

    @property
    def thread(self) -> str:
        """What it belongs to in the inbox; empty where it stands alone."""
        return self.activity.story.thread if hasattr(self.activity, "story") else ""


class Delivery(models.Model):
    """One notification by one channel, from waiting to its end. Redis may be emptied: this row remains.

    Those of one person that are due with the same channel and bundle leave as one message.
    """

    class Channel(models.TextChoices):
        EMAIL = "email", _("E-mail")
        PUSH = "push", _("Push")
        TELEGRAM = "telegram", "Telegram"

    class Bundle(models.TextChoices):
        SINGLE = "", _("Single")
        DESK = "desk", _("Desk")
        DAILY = "daily", _("Daily digest")
        WEEKLY = "weekly", _("Weekly digest")

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SENT = "sent", _("Sent")
        DROPPED = "dropped", _("Not needed any more")
        FAILED = "failed", _("Failed")

    # The unique index begins with the notification.
    notification = models.ForeignKey(
        Notification, on_delete=models.CASCADE, related_name="deliveries", db_index=False
    )
    # Again the recipient of the notification, which guards it: a bundle is found without walking an inbox.
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    channel = models.CharField(_("channel"), max_length=8, choices=Channel, default=Channel.EMAIL)
    bundle = models.CharField(_("bundle"), max_length=6, choices=Bundle, blank=True, default=Bundle.SINGLE)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING)
    due_at = models.DateTimeField(_("due"), default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    ended_at = models.DateTimeField(_("ended"), null=True)
    # Why it ended without being sent, or what the mail server said last.
    error = models.CharField(_("why it was not sent"), max_length=300, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [
            models.UniqueConstraint(fields=["notification", "channel"], name="delivery_once_a_channel"),
            models.CheckConstraint(
                condition=Q(state="waiting", ended_at=None)
                | (~Q(state="waiting") & Q(ended_at__isnull=False)),
                name="delivery_ended_at_with_state",
            ),
        ]
        indexes = [
            # In this order a channel takes them: what waits for another one is not looked at.
            models.Index(
                fields=["channel", "due_at", "id"], condition=Q(state="waiting"), name="delivery_due"
            ),
            models.Index(
                fields=["recipient", "channel", "bundle"],
                condition=Q(state="waiting"),
                name="delivery_bundle",
            ),
            # When an officer was last written to about the desk.
            models.Index(
                fields=["recipient", "channel", "-due_at"], condition=Q(bundle="desk"), name="delivery_desk"
            ),
            # The dead letters, which an administrator reads.
            models.Index(fields=["-ended_at"], condition=Q(state="failed"), name="delivery_dead"),
        ]

    def __str__(self) -> str:
        return f"{self.notification_id} {self.channel} {self.state}"
