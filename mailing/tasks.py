"""What the clock asks for. It may come twice, or late, or after a kill, and does no harm."""

from celery import shared_task
from django.db import InterfaceError, OperationalError

from common.session_locks import place
from mailing import sending


@shared_task(
    autoretry_for=(OperationalError, InterfaceError),
    retry_backoff=2,
    retry_backoff_max=60,
    retry_jitter=True,
    max_retries=5,
    soft_time_limit=90,
    time_limit=120,
)
def send_due() -> None:
    """Each minute, and as soon as something waits: mail people who have no account.

    One at a time: a mail server that hangs would else hold up each process that was asked meanwhile.
    """
    with place("mailing") as taken:
        if taken is not None:
            sending.send_due()
            sending.forget_old()
