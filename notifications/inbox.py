"""What one person has been told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from notifications.models import Notification

if TYPE_CHECKING:
    from accounts.models import User


def unread_count(user: User) -> int:
    """How many notifications the person has not read; an index answers it."""
    return Notification.objects.filter(recipient=user, read_at=None).count()
