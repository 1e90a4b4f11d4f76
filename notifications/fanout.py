"""From one activity to a row in the inbox of everybody concerned, in windows that a kill cannot tear.

Each window is one transaction: the lock on the activity, the rows, the cursor. A worker that dies leaves
whole windows behind; whoever comes next goes on after the last one. Nobody is loaded: PostgreSQL writes
the rows from the query of the audience.
"""

from __future__ import annotations

import logging
from datetime import timedelta

from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import QuerySet, Value
from django.utils import timezone

from accounts.models import User
from activity.models import Activity
from notifications import audiences
from notifications.circles import Window, end_of_window
from notifications.models import Delivery, Notification

logger = logging.getLogger(__name__)

# People in one window: large enough that the work around it does not count, short enough to let others in.
WINDOW_SIZE = 20_000
# What was not told for so long is found in the inbox; a mail about it would only puzzle.
WORTH_A_MAIL = timedelta(days=7)
AT_ONCE = 1000

# The names of our own tables; `concerned` is a query of Django's.
TELL = f"""
WITH concerned AS MATERIALIZED ({{concerned}}),
told AS (
    INSERT INTO {Notification._meta.db_table} (activity_id, recipient_id, created_at)
    SELECT %s, id, %s FROM concerned
    ON CONFLICT (activity_id, recipient_id) DO NOTHING
    RETURNING id, recipient_id
)
INSERT INTO {Delivery._meta.db_table} (notification_id, state, due_at, attempts, error)
SELECT told.id, '{Delivery.State.WAITING}', %s, 0, ''
FROM told JOIN concerned ON concerned.id = told.recipient_id
WHERE concerned.by_email
"""  # noqa: S608


def fan_out(activity_id: int, *, window_size: int = WINDOW_SIZE) -> None:
    """Tell everybody concerned who has not been told; as often as it is called, once each."""
    while _next_window(activity_id, window_size):
        pass


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
    circles = audiences.circles(activity)
    after = activity.fanout_cursor
    until = end_of_window(circles, after=after, size=size)
    _tell(activity, audiences.told(activity, circles, Window(after, until)))
    if until is None:
        activity.fanned_out_at = timezone.now()
    else:
        activity.fanout_cursor = until
    activity.save(update_fields=["fanned_out_at", "fanout_cursor"])
    return until is not None


def _tell(activity: Activity, users: QuerySet[User]) -> None:
    """A notification for each of the users, and a delivery for each that is new and wanted by e-mail."""
    now = timezone.now()
    if activity.happened_at < now - WORTH_A_MAIL:
        users = users.annotate(by_email=Value(value=False))
    try:
        rows = users.order_by("pk").values("id", "by_email")  # type: ignore[misc]
        sql, params = rows.query.sql_with_params()
    except EmptyResultSet:
        return
    with connection.cursor() as cursor:
        cursor.execute(TELL.format(concerned=sql), [*params, activity.pk, now, now])
