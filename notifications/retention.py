"""How long the inbox remembers: what was read is taken away after 90 days, with its deliveries."""

from __future__ import annotations

import time
from datetime import timedelta

from django.utils import timezone

from notifications.models import Delivery, Notification

KEPT = timedelta(days=90)
# A chunk is one transaction: short enough to hold up nobody, however much there is.
CHUNK = 5000
ROUND_SECONDS = 240


def forget_read(*, seconds: float = ROUND_SECONDS) -> int:
    """Take away what was read long ago, the oldest first; how many. What is left waits for the next round."""
    deadline, forgotten = time.monotonic() + seconds, 0
    while time.monotonic() < deadline:
        chunk = _forget_chunk()
        forgotten += chunk
        if chunk < CHUNK:
            break
    return forgotten


def _forget_chunk() -> int:
    old = Notification.objects.filter(read_at__lt=timezone.now() - KEPT).order_by("read_at")
    ids = list(old.values_list("pk", flat=True)[:CHUNK])
    Delivery.objects.filter(notification__in=ids).delete()
    Notification.objects.filter(pk__in=ids).delete()
    return len(ids)
