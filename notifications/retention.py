"""How long the inbox remembers: what was read for 90 days, what nobody opened for a year."""

from __future__ import annotations

import time
from datetime import timedelta

from django.utils import timezone

from notifications.models import Delivery, Notification

KEPT = timedelta(days=90)
# Who does not come for a year does not miss it either, and the table has an end.
KEPT_UNREAD = timedelta(days=365)
# A chunk is one transaction: short enough to hold up nobody, however much there is.
CHUNK = 5000
ROUND_SECONDS = 240


def forget_old(*, seconds: float = ROUND_SECONDS) -> int:
    """Take away what was read long ago, and what was told long ago and never read; how many.

    The oldest first. What is left waits for the next round.
    """
    deadline = time.monotonic() + seconds
    return forget_read(deadline) + forget_unread(deadline)


def forget_read(deadline: float) -> int:
    """What was read long ago."""
    forgotten = 0
    while time.monotonic() < deadline:
        old = Notification.objects.filter(read_at__lt=timezone.now() - KEPT).order_by("read_at")
        ids = list(old.values_list("pk", flat=True)[:CHUNK])
        forgotten += _forget(ids)
        if len(ids) < CHUNK:
            break
    return forgotten


def forget_unread(deadline: float) -> int:
    """What was told long ago: the table is walked from its oldest row, for no index has the time of telling.

    Among the oldest only few stay: what was read lately.
    """
    forgotten, after, long_ago = 0, 0, timezone.now() - KEPT_UNREAD
    while time.monotonic() < deadline:
        oldest = Notification.objects.filter(pk__gt=after).order_by("pk")
        rows = list(oldest.values_list("pk", "created_at", "read_at")[:CHUNK])
        forgotten += _forget([pk for pk, told_at, read_at in rows if told_at < long_ago and read_at is None])
        if len(rows) < CHUNK or rows[-1][1] >= long_ago:
            break
        after = rows[-1][0]
    return forgotten


def _forget(ids: list[int]) -> int:
    Delivery.objects.filter(notification__in=ids).delete()
    Notification.objects.filter(pk__in=ids).delete()
    return len(ids)
