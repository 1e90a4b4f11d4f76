"""What the clock asks for."""

from celery import shared_task

from replies.by_email import by_email


@shared_task
def forget_old() -> None:
    """Each hour: forget what nobody confirmed."""
    by_email.forget_old()
