"""The desk of an office in the inboxes of its officers: one line while something waits, none afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from activity.models import Activity
from notifications.models import Notification

if TYPE_CHECKING:
    pass

# What takes an item off the desk, told by the second half of its verb.
SETTLING = {"approve", "return", "reject", "withdraw", "receive", "hand_over"}
# What has told the officers, by the second half of its verb.
ASKING = ("submit", "send", "arrive", "reopen")


def settle(activity: Activity) -> None:
    """Where the activity takes an item off the desk: nobody needs to read any more that it was sent in."""
    kind, _, what = activity.verb.partition(".")
    if what not in SETTLING:
        return
    asked = Activity.objects.filter(
        target_type=activity.target_type_id,
        target_id=activity.target_id,
        verb__in=[f"{kind}.{name}" for name in ASKING],
        pk__lt=activity.pk,
    )
    Notification.objects.unread().filter(activity__in=asked.values("pk")).update(read_at=timezone.now())
