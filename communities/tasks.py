"""What the clock asks for. Each may come twice, or late, or after a kill, and does no harm."""

from celery import shared_task

from communities import developing, life
from communities.models import Picture


@shared_task
def look_after() -> None:
    """Each day: reminders of SKs, warnings, proposals."""
    life.look_after()


@shared_task
def make_picture_ready(picture_id: int) -> None:
    """Render a logo or a group photo in the sizes and formats that are shown."""
    developing.make_ready(Picture, picture_id)


@shared_task
def sweep_pictures() -> None:
    """Each minute: logos and group photos that wait, whatever the reason."""
    developing.make_all_ready(Picture)
