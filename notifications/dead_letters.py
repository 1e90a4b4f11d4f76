"""What failed for good and is tried again by somebody's decision, which stands in the history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

import activity.actions
from notifications.models import Delivery
from notifications.verbs import DELIVERY_RETRY

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import User

# What was chosen on one page of the admin, or all of a bad day in several steps.
AT_ONCE = 1000


@transaction.atomic
def try_again(chosen: QuerySet[Delivery], *, by: User) -> int:
    """Let them wait once more, as if never tried; how many those were. Asked anew as all others are."""
    ids = list(chosen.values_list("pk", flat=True)[:AT_ONCE])
    dead = list(Delivery.objects.dead().filter(pk__in=ids).select_for_update())
    Delivery.objects.filter(pk__in=[delivery.pk for delivery in dead]).update(
        state=Delivery.State.WAITING, attempts=0, due_at=timezone.now(), ended_at=None
    )
    activity.actions.record_all(DELIVERY_RETRY, dead, by=by, region=None)
    return len(dead)
