"""When a delivery is due, in PostgreSQL's words: the fan-out asks it for thousands of people at a time.

Each person has a clock: the zone they chose, else that of their home region, else WIB. On this clock lie
the hour of their digest and their quiet hours; what would fall into these waits for their end.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import connection
from django.utils import timezone

from accounts.models import User
from notifications.models import Delivery, Preferences, Rhythm
from regions.models import Region, TimeZone

BUNDLE = f"""
CASE way.rhythm
    WHEN {Rhythm.WEEKLY.value} THEN '{Delivery.Bundle.WEEKLY}'
    WHEN {Rhythm.DAILY.value} THEN '{Delivery.Bundle.DAILY}'
    ELSE %(single)s
END
"""

# Joined to `concerned` (id, home_region_id) and `way` (channel, rhythm); gives `timing.due_at`.
DUE = f"""
LEFT JOIN {Preferences._meta.db_table} AS wish ON wish.user_id = concerned.id
LEFT JOIN {Region._meta.db_table} AS home ON home.code = concerned.home_region_id
CROSS JOIN LATERAL (
    SELECT COALESCE(NULLIF(wish.time_zone, ''), home.time_zone, '{TimeZone.WIB}') AS zone
) AS clock
CROSS JOIN LATERAL (
    SELECT %(now)s::timestamptz AT TIME ZONE clock.zone AS now,
        make_interval(hours => COALESCE(wish.digest_hour, {Preferences.DIGEST_HOUR})) AS digest
) AS local
CROSS JOIN LATERAL (
    SELECT CASE way.rhythm
        WHEN {Rhythm.DAILY.value} THEN
            date_trunc('day', local.now - local.digest) + interval '1 day' + local.digest
        WHEN {Rhythm.WEEKLY.value} THEN
            date_trunc('week', local.now - local.digest + interval '1 day')
            + interval '6 days' + local.digest
        ELSE local.now
    END AS at
) AS wanted
CROSS JOIN LATERAL (
    SELECT COALESCE(CASE
        WHEN wish.quiet_from < wish.quiet_until
            THEN wanted.at::time >= wish.quiet_from AND wanted.at::time < wish.quiet_until
        ELSE wanted.at::time >= wish.quiet_from OR wanted.at::time < wish.quiet_until
    END, false) AS is_quiet
) AS night
CROSS JOIN LATERAL (
    SELECT CASE
        WHEN NOT night.is_quiet THEN wanted.at
        WHEN wanted.at::time < wish.quiet_until THEN wanted.at::date + wish.quiet_until
        ELSE wanted.at::date + 1 + wish.quiet_until
    END AT TIME ZONE clock.zone AS due_at
) AS timing
"""

# Of the desk an officer hears at most once an hour: what waits already takes along what is new.
DUE_OF_DESK = f"""
{DUE}
CROSS JOIN LATERAL (
    SELECT max(due_at) AS due_at FROM {Delivery._meta.db_table}
    WHERE recipient_id = concerned.id AND channel = way.channel AND bundle = '{Delivery.Bundle.DESK}'
) AS before
"""  # noqa: S608
AT_MOST_HOURLY = """
CASE
    WHEN before.due_at > %(now)s THEN before.due_at
    ELSE GREATEST(timing.due_at, before.due_at + interval '1 hour')
END
"""
# For whom it is night now, and until when: what was put off, or due while nobody sent, waits on.
NIGHTS = f"""
SELECT concerned.id, timing.due_at
FROM (SELECT id, home_region_id FROM {User._meta.db_table} WHERE id = ANY(%(people)s)) AS concerned
CROSS JOIN (VALUES ({Rhythm.AT_ONCE.value})) AS way (rhythm)
{DUE}
WHERE night.is_quiet
"""  # noqa: S608


def nights(people: Collection[int]) -> dict[int, datetime]:
    """Which of them have quiet hours at this moment, and when those end."""
    with connection.cursor() as cursor:
        cursor.execute(NIGHTS, {"people": list(people), "now": timezone.now()})
        return dict(cursor.fetchall())
