"""How long offices take to decide: from sending to the first approval, a return or a refusal."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Aggregate, Count, DurationField, F, Q
from django.db.models.expressions import CombinedExpression

from moderation.states import Status

if TYPE_CHECKING:
    from moderation.querysets import ModeratedQuerySet
    from regions.models import Region

# What "usually" looks back on, and from how many decisions on one may speak of it.
SPAN = timedelta(days=90)
ENOUGH = 3


class Median(Aggregate):
    """The middle value of a group."""

    function = "percentile_cont"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"


def decided(first_approval: str, start: datetime, end: datetime) -> Q:
    """What was decided from `start` until before `end`; later moves of what is public are no such decisions.

    `first_approval` is the kind's field with the moment of its first approval.
    """
    approved = Q(status=Status.APPROVED, **{first_approval: F("decided_at")})
    in_time = Q(decided_at__gte=start, decided_at__lt=end)
    return in_time & (approved | Q(status__in=[Status.RETURNED, Status.REJECTED]))


def took() -> CombinedExpression:
    """How long the decision took."""
    return F("decided_at") - F("submitted_at")


def usual(
    items: ModeratedQuerySet, first_approval: str, region: Region | str | None, now: datetime
) -> timedelta | None:
    """The median of the last months in the region; None where too little was decided to say."""
    found = items.within(region).filter(decided(first_approval, now - SPAN, now)).order_by()
    answer = found.annotate(took=took()).aggregate(
        middle=Median("took", output_field=DurationField()), number=Count("pk")
    )
    return answer["middle"] if answer["number"] >= ENOUGH else None
