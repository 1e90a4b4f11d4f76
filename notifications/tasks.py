"""What the queue may ask for. Each may come twice, or late, or after a kill, and does no harm.

A database that is away for a moment is asked again soon, later and later; what a channel could not send is
noted in the database and waits there for its time, never in the queue.
"""

from __future__ import annotations

from typing import Any

from celery import shared_task
from django.db import InterfaceError, OperationalError

from common import broker
from notifications import (
    delivery,
    fanout,
    requests,
    retention,
    telegram_updates,
)
from notifications.channels import CHANNELS

AGAIN: dict[str, Any] = {
    "autoretry_for": (OperationalError, InterfaceError),
    "retry_backoff": 2,
    "retry_backoff_max": 60,
    "retry_jitter": True,
    "max_retries": 5,
}
# A round takes delivery.ROUND_SECONDS and the message that it is at; whoever drips on is cut off.
ROUND: dict[str, Any] = AGAIN | {"soft_time_limit": 90, "time_limit": 120}


@shared_task(**AGAIN)
def fan_out(activity_id: int) -> None:
    """Tell everybody concerned with one activity, then send what came of it."""
    fanout.fan_out(activity_id)
    offer_rounds()


@shared_task(**ROUND)
def send_mail() -> None:
    """Send mails for a while; where more wait, again after what else is in the queue."""
    if delivery.send_due("email"):
        broker.offer(send_mail)


@shared_task(**ROUND)
def send_push(name: str = "") -> None:
    """The same for a channel to devices, or for all of them."""
    names = [name] if name else [other for other in CHANNELS if other != "email"]
    for each in names:
        if delivery.send_due(each):
            broker.offer(send_push, each)


@shared_task(**AGAIN)
def sweep() -> None:
    """Each minute: do what was left undone, whatever the reason."""
    fanout.fan_out_waiting()
    offer_rounds()


def offer_rounds() -> None:
    """As many rounds of each channel as it has senders; whoever finds no place goes at once."""
    for name, channel in CHANNELS.items():
        for _place in range(channel.senders):
            if name == "email":
                broker.offer(send_mail)
            else:
                broker.offer(send_push, name)


@shared_task(**ROUND)
def hear_telegram() -> None:
    """Ask the bot what is new, where Telegram does not call by itself."""
    telegram_updates.fetch()


@shared_task(**AGAIN)
def tidy() -> None:
    """Forget what nobody confirmed, what was read long ago, and what nobody has read for a year."""
    requests.forget_old()
    retention.forget_old()
