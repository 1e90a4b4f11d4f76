"""What the clock asks for. Each may come twice, or late, or after a kill, and does no harm."""

from celery import shared_task

from communities import life


@shared_task
def look_after() -> None:
    """Each day: reminders of SKs, warnings, proposals."""
    life.look_after()
