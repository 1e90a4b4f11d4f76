"""What the clock asks for."""

from celery import shared_task

from aspirations import actions
from aspirations.by_email import by_email


@shared_task
def look_after() -> None:
    """Each hour: close what was answered two weeks ago, and forget what nobody confirmed."""
    actions.close_lapsed()
    by_email.forget_old()
