"""What the clock asks for. Each may come twice, or late, or after a kill, and does no harm."""

from celery import shared_task

from articles import copies, reading, revisions, scheduling


@shared_task
def keep_reads() -> None:
    """Each minute: how often articles were read, into the database."""
    reading.keep()


@shared_task
def fingerprint() -> None:
    """Each hour: what was not remembered when it was sent."""
    copies.keep_missing()


@shared_task
def announce_due() -> None:
    """Each minute: tell of what was approved for a time that has come."""
    scheduling.announce_due()


@shared_task
def forget_revisions() -> None:
    """Each night, hour by hour: versions that nobody marked, of what was sent long ago."""
    revisions.forget_old()
