"""What the portal keeps here about a person: to take along, and to take away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import F

from notifications.models import Notification, Subscription

if TYPE_CHECKING:
    from accounts.models import User


def export(user: User) -> dict[str, Any]:
    """What the person follows and was told of, ready for JSON."""
    told = Notification.objects.visible_to(user).order_by("pk")
    return {
        "subscriptions": list(
            Subscription.objects.of(user).values(
                "community__name", "region", "category", "rhythm", "created_at"
            )
        ),
        "notifications": list(
            told.values("read_at", verb=F("activity__verb"), happened_at=F("activity__happened_at"))
        ),
    }


def erase(user: User) -> None:
    """Whoever has gone follows nothing and was told of nothing; mails that wait go with it."""
    Subscription.objects.filter(user=user).delete()
    Notification.objects.filter(recipient=user).delete()
