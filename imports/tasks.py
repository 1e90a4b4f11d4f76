"""What the queue may ask for. Each may come twice, or late, or after a kill, and does no harm."""

from celery import shared_task

from imports import forgetting, work


@shared_task
def go_on(import_id: int) -> None:
    """Read, check, apply or undo one import."""
    work.work(import_id)


@shared_task
def sweep() -> None:
    """Each minute: go on with what was left undone, whatever the reason."""
    work.work_on_all()


@shared_task
def forget() -> None:
    """Each night: delete what stood in spreadsheets that were imported long ago."""
    forgetting.forget_old()
