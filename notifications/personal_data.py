"""What the portal keeps here about a person: to take along, and to take away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import F

from notifications import addresses, telegram
from notifications.models import (
    AddressStop,
    FollowRequest,
    KindStop,
    Mute,
    Notification,
    Preferences,
    PushDevice,
    Subscription,
    TelegramLink,
)

if TYPE_CHECKING:
    from accounts.models import User

TIMES = ("time_zone", "quiet_from", "quiet_until", "digest_hour")


def export(user: User) -> dict[str, Any]:
    """What the person follows and was told of, ready for JSON."""
    told = Notification.objects.visible_to(user).order_by("pk")
    return {
        "no_email_about": list(KindStop.objects.filter(user=user).values_list("kind", flat=True)),
        "address_stopped": list(
            AddressStop.objects.filter(email=user.email).values("reason", "said", "refusals", "stopped_at")
        ),
        "devices": list(PushDevice.objects.of(user).values("label", "created_at", "last_sent_at")),
        "telegram": list(TelegramLink.objects.filter(user=user).values("chat_id", "kinds", "linked_at")),
        "subscriptions": list(
            Subscription.objects.of(user).values(
                "community__name", "region", "category", "rhythm", "by_email", "created_at"
            )
        ),
        "muted": list(Mute.objects.filter(user=user).values("community__name", "created_at")),
        "times": Preferences.objects.filter(user=user).values(*TIMES).first(),
        "asked_to_follow": list(
            FollowRequest.objects.filter(email=user.email).values(
                "community__name", "region", "category", "created_at"
            )
        ),
        "notifications": list(
            told.values("read_at", verb=F("activity__verb"), happened_at=F("activity__happened_at"))
        ),
    }


def erase(user: User) -> None:
    """Whoever has gone follows nothing and was told of nothing; mails that wait go with it."""
    Subscription.objects.filter(user=user).delete()
    Mute.objects.filter(user=user).delete()
    Preferences.objects.filter(user=user).delete()
    FollowRequest.objects.filter(email=user.email).delete()
    Notification.objects.filter(recipient=user).delete()
    KindStop.objects.filter(user=user).delete()
    PushDevice.objects.of(user).delete()
    telegram.unlink(user)
    addresses.resume(user.email)
