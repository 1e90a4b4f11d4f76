"""Celery's entry points of the office."""

from celery import shared_task

from office import overdue, posting_actions


@shared_task
def end_postings() -> None:
    """Close the postings that end by themselves."""
    posting_actions.end_run_out()


@shared_task
def tell_of_overdue() -> None:
    """In the morning: offices hear how much is overdue on their desk and beneath it."""
    overdue.tell()
