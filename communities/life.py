"""What happens to communities by the calendar alone: reminders of the SK, warning of dormancy, proposal.

Each function does what is left to do in sets of rows, and once: killed anywhere, the next run goes on.
"""

from __future__ import annotations

import calendar
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Case, DateTimeField, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from accounts import offices
from communities import verbs
from communities.life_actions import record_many
from communities.living import REMINDERS
from communities.models import Community, Invitation
from regions.models import Region
from regions.querysets import within_q

# How many rows one transaction takes.
CHUNK = 500
# How long before its office is asked a community is warned.
WARNING = timedelta(days=30)


def look_after(*, now: datetime | None = None) -> dict[str, int]:
    """All that is due at this moment, by what it was."""
    now = now or timezone.now()
    return {
        "reminded": remind_of_decrees(now),
        "warned": warn_of_dormancy(now),
        "proposed": propose_dormancy(now),
        "forgotten": forget_addresses(now),
    }


def remind_of_decrees(now: datetime) -> int:
    """Remind managers 90, 30 and 7 days before the SK runs out, once each; the nearest only."""
    today, done = timezone.localdate(now), 0
    for days in sorted(REMINDERS):
        due = (
            Community.objects.living()
            .filter(decree_valid_until__range=(today, today + timedelta(days=days)))
            .filter(Q(reminded_days=None) | Q(reminded_days__gt=days))
        )
        done += _in_chunks(due, verbs.COMMUNITY_EXPIRING, {"reminded_days": days}, days=days)
    return done


def warn_of_dormancy(now: datetime) -> int:
    """Tell managers that nothing was published for almost as long as their office allows."""
    silent = _silent(now + WARNING).filter(dormancy_warned_at=None)
    return _in_chunks(silent, verbs.COMMUNITY_WARN, {"dormancy_warned_at": now})


def propose_dormancy(now: datetime) -> int:
    """Ask the office about those that were warned in time and stayed silent."""
    silent = _silent(now).filter(dormancy_warned_at__lte=now - WARNING, dormancy_proposed_at=None)
    return _in_chunks(silent, verbs.COMMUNITY_PROPOSE, {"dormancy_proposed_at": now})


def forget_addresses(now: datetime) -> int:
    """End invitations that ran out unused, and blank the addresses of people who did not want to come."""
    unused = Invitation.objects.filter(ended_at=None, expires_at__lte=now)
    return unused.update(ended_at=now, ended_by=F("invited_by"), email="")


def months_before(moment: datetime, months: int) -> datetime:
    """The same day so many months earlier, or the last one of a shorter month."""
    year, month = divmod(moment.year * 12 + moment.month - 1 - months, 12)
    day = min(moment.day, calendar.monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)


def _silent(moment: datetime) -> QuerySet[Community]:
    """Living communities without a sign for the months of their office, seen from `moment`.

    The shortest time of any office narrows the index scan; the row's own office decides.
    """
    values = offices.own_values("dormant_months")
    latest = months_before(moment, min(values.values()))
    return (
        Community.objects.living()
        .filter(dormant_at=None, active_at__lte=latest)
        .annotate(limit=_limits(values, moment), sign=Greatest("active_at", Coalesce("kept_at", "active_at")))
        .filter(sign__lte=F("limit"))
    )


def _limits(values: dict[str, int], moment: datetime) -> Case:
    """Before when the last sign must lie, by the office of the row: the longest code speaks first."""
    default = months_before(moment, values[""])
    regions = Region.objects.in_bulk([code for code in values if code])
    whens = [
        When(within_q("region", regions[code]), then=Value(months_before(moment, values[code])))
        for code in sorted(regions, key=len, reverse=True)
    ]
    return Case(*whens, default=Value(default), output_field=DateTimeField())


def _in_chunks(due: QuerySet[Community], verb: str, fields: dict[str, Any], **details: Any) -> int:
    """Set the fields of all that are due, and record it, a chunk a transaction."""
    done = 0
    while True:
        with transaction.atomic():
            # Who publishes or decides at this moment keeps the row; the next run sees what came of it.
            chunk = list(
                due.select_for_update(of=("self",), skip_locked=True)
                .select_related("region")
                .order_by("pk")[:CHUNK]
            )
            Community.objects.filter(pk__in=[community.pk for community in chunk]).update(**fields)
            record_many(verb, chunk, **details)
        done += len(chunk)
        if len(chunk) < CHUNK:
            return done
