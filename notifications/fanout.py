"""From one activity to a row in the inbox of everybody concerned, in windows that a kill cannot tear.

Each window is one transaction: the lock on the activity, the rows, the cursor. A worker that dies leaves
whole windows behind; whoever comes next goes on after the last one. Nobody is loaded: PostgreSQL writes
the rows from the query of the audience.
"""

from __future__ import annotations

import logging
from datetime import timedelta

from django.core.exceptions import EmptyResultSet
from django.db import connection, models, transaction
from django.db.models import F, QuerySet, Value
from django.utils import timezone

from activity.models import Activity
from notifications import audiences
from notifications.circles import Window, end_of_window
from notifications.models import Delivery, Notification

logger = logging.getLogger(__name__)

# People in one window: large enough that the work around it does not count, short enough to let others in.
WINDOW_SIZE = 5000
# What was not told for so long is found in the inbox; a mail about it would only puzzle.
WORTH_A_MAIL = timedelta(days=7)
AT_ONCE = 1000


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
    after = activity.fanout_cursor
    until = end_of_window(audiences.circles(activity), after=after, size=size)
    _write(activity, Window(after, until))
    if until is None:
        activity.fanned_out_at = timezone.now()
    else:
        activity.fanout_cursor = until
    activity.save(update_fields=["fanned_out_at", "fanout_cursor"])
    return until is not None


def _write(activity: Activity, window: Window) -> None:
    now = timezone.now()
    insert_from(
        audiences.audience(activity, window).order_by("pk"),
        Notification,
        {"activity_id": Value(activity.pk), "recipient_id": F("pk"), "created_at": _moment(now)},
    )
    if activity.happened_at < now - WORTH_A_MAIL:
        return
    told = Notification.objects.filter(window.within("recipient"), activity=activity, read_at=None)
    insert_from(
        told.filter(recipient__in=audiences.mailed(activity, window)).order_by("recipient"),
        Delivery,
        {
            "notification_id": F("pk"),
            "state": Value(Delivery.State.WAITING, models.CharField()),
            "due_at": _moment(now),
            "attempts": Value(0),
            "error": Value(""),
        },
    )


def _moment(at: object) -> Value:
    return Value(at, output_field=models.DateTimeField())


def insert_from(rows: QuerySet, model: type[models.Model], columns: dict[str, F | Value]) -> None:
    """INSERT … SELECT … ON CONFLICT DO NOTHING: rows of `model` from a query, without loading any."""
    selected = rows.annotate(**{f"new_{name}": value for name, value in columns.items()})
    try:
        sql, params = selected.values_list(*(f"new_{name}" for name in columns)).query.sql_with_params()
    except EmptyResultSet:
        return
    quote = connection.ops.quote_name
    names = ", ".join(quote(name) for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {quote(model._meta.db_table)} ({names}) {sql} ON CONFLICT DO NOTHING", params
        )
