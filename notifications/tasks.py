"""What the queue may ask for. Each may come twice, or late, or after a kill, and does no harm."""

from celery import shared_task

from notifications import broker, delivery, fanout


@shared_task
def fan_out(activity_id: int) -> None:
    """Tell everybody concerned with one activity, then send what came of it."""
    fanout.fan_out(activity_id)
    broker.offer(send_mail)


@shared_task
def send_mail() -> None:
    """Send what is due."""
    delivery.send_due()


@shared_task
def sweep() -> None:
    """Each minute: do what was left undone, whatever the reason."""
    fanout.fan_out_waiting()
    delivery.send_due()
