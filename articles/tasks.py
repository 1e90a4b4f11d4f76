"""What the clock asks for. Each may come twice, or late, or after a kill, and does no harm."""

from celery import shared_task

from articles import reading


@shared_task
def keep_reads() -> None:
    """Each minute: how often articles were read, into the database."""
    reading.keep()
