"""What the clock asks for. Each may come twice, or late, or after a kill, and does no harm."""

from celery import shared_task

from articles import amendment_actions, copies, leftovers, reading, revisions, scheduling, uploads
from articles.models import Photo
from communities import developing


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


@shared_task
def make_photo_ready(photo_id: int) -> None:
    """Render a photo in the sizes and formats that are shown."""
    developing.make_ready(Photo, photo_id)


@shared_task
def sweep_photos() -> None:
    """Each minute: photos that wait, whatever the reason."""
    developing.make_all_ready(Photo)


@shared_task
def forget_uploads() -> None:
    """Each hour: photos that began to arrive a day ago and that no article has taken, or never will."""
    uploads.forget_old()
    amendment_actions.forget_rejected_photos()


@shared_task
def sweep_leftovers() -> None:
    """Each ten minutes, a folder each: files of photos that belong to no row."""
    leftovers.sweep()
