"""What the clock asks for."""

from celery import shared_task

from complaints import outcome_mail


@shared_task
def mail_outcomes() -> None:
    """Each minute: tell those who reported without an account."""
    outcome_mail.send_due()
