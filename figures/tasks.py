"""What the queue may ask for. Each may come twice, or late, or after a kill, and does no harm."""

from celery import shared_task

from figures import counting, reporting, snapshots


@shared_task
def make_reports() -> None:
    """Make the reports that are asked for."""
    reporting.make_waiting()


@shared_task
def sweep() -> None:
    """Each minute: make what a killed worker left, and throw away what nobody reads."""
    counting.forget_old()
    reporting.make_waiting()


@shared_task
def count_nation() -> None:
    """More often than each minute: the one overview that takes a moment is always ready."""
    counting.count_ahead()


@shared_task
def keep_month() -> None:
    """Each few minutes: where a month has just ended, keep what its rows will not know any more."""
    snapshots.take_due()
