"""From one activity to a row in the inbox of everybody concerned, in windows that a kill cannot tear.

Each window is one transaction: the lock on the activity, the rows, the cursor. A worker that dies leaves
whole windows behind; whoever comes next goes on after the last one. Nobody is loaded: PostgreSQL writes
the rows from the query of the audience.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import IntegrityError, connection, transaction
from django.db.models import BooleanField, ExpressionWrapper
from django.db.models.sql import Query
from django.utils import timezone

from activity.models import Activity
from notifications import audiences, desk, stories, timing
from notifications.channels import CHANNELS
from notifications.circles import Circle, Window, active, end_of_window, reasons
from notifications.models import Delivery, Notification, Rhythm, Story

logger = logging.getLogger(__name__)
Bundle = Delivery.Bundle

# People in one window: large enough that the work around it does not count, short enough to let others in.
WINDOW_SIZE = 20_000
# What was not told for so long is found in the inbox; a mail about it would only puzzle.
WORTH_A_MAIL = timedelta(days=7)
# Whose rhythm is not that of all channels.
RHYTHMS = {"by_email": "mailed"}
AT_ONCE = 1000

# The names of our own tables; `people` and `reasons` are queries of Django's.
TELL = f"""
WITH reasons AS MATERIALIZED (
    SELECT person_id, max(strength) AS rhythm, max(mailed) AS mailed
    FROM ({{reasons}}) AS reason GROUP BY person_id
),
concerned AS MATERIALIZED (
    SELECT people.*, reasons.rhythm, reasons.mailed
    FROM ({{people}}) AS people JOIN reasons ON reasons.person_id = people.id
),
told AS (
    INSERT INTO {Notification._meta.db_table} (activity_id, recipient_id, created_at)
    SELECT %(activity)s, id, %(now)s FROM concerned ORDER BY id
    {{conflict}}
    RETURNING id, recipient_id
)
"""  # noqa: S608
# Where somebody of the window has a row already. Where nobody has, PostgreSQL need not ask row by row.
EACH_ONCE = "ON CONFLICT (activity_id, recipient_id) DO NOTHING"
DELIVER = f"""
INSERT INTO {Delivery._meta.db_table}
    (notification_id, recipient_id, channel, bundle, state, due_at, attempts, error)
SELECT told.id, told.recipient_id, way.channel, {{bundle}}, '{Delivery.State.WAITING}', {{due_at}}, 0, ''
FROM told JOIN concerned ON concerned.id = told.recipient_id AND ({{reached}})
CROSS JOIN LATERAL (VALUES {{ways}}) AS way (channel, is_open, rhythm)
{{timing}}
WHERE way.is_open AND way.rhythm > {Rhythm.OFF.value}
"""  # noqa: S608


def fan_out(activity_id: int, *, window_size: int = WINDOW_SIZE) -> None:
    """Tell everybody concerned who has not been told; as often as it is called, once each."""
    while _window_or_again(activity_id, window_size):
        pass


def _window_or_again(activity_id: int, size: int) -> bool:
    """The next window; once more where meanwhile somebody of it got a row, or was erased."""
    try:
        return _next_window(activity_id, size)
    except IntegrityError:
        return _next_window(activity_id, size)


def fan_out_waiting() -> None:
    """The guarantee behind the queue: tell of all that is left in the outbox, the oldest first."""
    waiting = Activity.objects.waiting().values_list("pk", flat=True)[:AT_ONCE]
    for activity_id in list(waiting):
        try:
            fan_out(activity_id)
        except Exception:
            # One that cannot be told must not keep the others waiting.
            logger.exception("Activity %s could not be told.", activity_id)


@transaction.atomic
def _next_window(activity_id: int, size: int) -> bool:
    """Write one window. False when all is done, or when another worker is at it."""
    locked = Activity.objects.waiting().select_for_update(skip_locked=True, no_key=True)
    activity = locked.filter(pk=activity_id).first()
    if activity is None:
        return False
    if activity.fanout_cursor == 0:
        _begin(activity)
    circles = audiences.circles(activity)
    after = activity.fanout_cursor
    until = end_of_window(circles, after=after, size=size)
    if circles:
        _tell(activity, circles, Window(after, until))
    if until is None:
        activity.fanned_out_at = timezone.now()
    else:
        activity.fanout_cursor = until
    activity.save(update_fields=["fanned_out_at", "fanout_cursor"])
    return until is not None


def _begin(activity: Activity) -> None:
    """What is done once: the story behind all the rows, and what the activity has settled on the desks."""
    if activity.verb in audiences.AUDIENCES:
        Story.objects.bulk_create([stories.story_of(activity)], ignore_conflicts=True)
    desk.settle(activity)


def _tell(activity: Activity, circles: Sequence[Circle], window: Window) -> None:
    """A notification for everybody of the window, and for each new one the deliveries that are wanted."""
    story = stories.story_of(activity)
    ways = _ways(activity, story)
    people = active(window).exclude(pk=activity.actor_id or 0).annotate(**ways)
    try:
        fields = people.values("id", "home_region_id", *ways).query
        sql, values = _named({"people": fields, "reasons": reasons(circles, window).query})
    except EmptyResultSet:
        return
    values |= {"activity": activity.pk, "now": timezone.now(), "single": _single(activity, story)}
    sql["conflict"] = EACH_ONCE if _somebody_has_a_row(activity, window) else ""
    statement = TELL.format(**sql) + (_deliver(activity, story, ways) if ways else "SELECT FROM told")
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def _somebody_has_a_row(activity: Activity, window: Window) -> bool:
    """Whether the window was told before, in part or in whole; the lock on the activity keeps it true."""
    return Notification.objects.filter(window.within("recipient"), activity=activity).exists()


def _ways(activity: Activity, story: Story) -> dict[str, ExpressionWrapper]:
    """For each channel whether it reaches a person; none for what is long past."""
    if activity.happened_at < timezone.now() - WORTH_A_MAIL:
        return {}
    return {
        f"by_{name}": ExpressionWrapper(channel.reachable(story.kind), output_field=BooleanField())
        for name, channel in CHANNELS.items()
    }


def _single(activity: Activity, story: Story) -> str:
    """The bundle of what is told at once."""
    return (
        Bundle.DESK if story.thread == stories.DESK and activity.verb not in stories.URGENT else Bundle.SINGLE
    )


def _deliver(activity: Activity, story: Story, ways: Collection[str]) -> str:
    """The second half of the statement: who hears by which channel, and when."""
    rows = ", ".join(
        f"('{way.removeprefix('by_')}', concerned.{way}, concerned.{RHYTHMS.get(way, 'rhythm')})"
        for way in ways
    )
    # Who is reached by none is left out before clocks are looked at.
    reached = " OR ".join(f"concerned.{way}" for way in ways)
    if activity.verb in stories.URGENT:
        when = {"timing": "", "due_at": "%(now)s", "bundle": "%(single)s"}
    elif _single(activity, story) == Bundle.DESK:
        when = {"timing": timing.DUE_OF_DESK, "due_at": timing.AT_MOST_HOURLY, "bundle": timing.BUNDLE}
    else:
        when = {"timing": timing.DUE, "due_at": "timing.due_at", "bundle": timing.BUNDLE}
    return DELIVER.format(ways=rows, reached=reached, **when)


def _named(queries: dict[str, Query]) -> tuple[dict[str, str], dict[str, Any]]:
    """Queries of Django's as SQL whose values have names, so that several fit into one statement."""
    sql: dict[str, str] = {}
    values: dict[str, Any] = {}
    for name, query in queries.items():
        text, found = query.sql_with_params()
        keys = [f"{name}_{number}" for number in range(len(found))]
        sql[name] = text % tuple(f"%({key})s" for key in keys)
        values |= dict(zip(keys, found, strict=True))
    return sql, values
