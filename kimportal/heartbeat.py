"""Signs of life of worker and beat: a key in Redis that runs out unless it is renewed."""

import logging
import time
from typing import Any

import redis
from celery import current_app
from celery.beat import PersistentScheduler
from celery.signals import heartbeat_sent
from django.conf import settings

EVERY_SECONDS = 5
LASTS_SECONDS = 30
KEY = "kimportal:alive:{name}"

logger = logging.getLogger(__name__)
_noted: dict[str, float] = {}


def connect() -> redis.Redis:
    """A client that answers or fails at once: nobody waits for a sign of life."""
    return redis.Redis.from_url(
        settings.REDIS_URL,
        socket_connect_timeout=1,
        socket_timeout=1,
        retry=None,
        single_connection_client=True,
    )


def note(name: str) -> None:
    """Say that `worker` or `beat` lives; at most once in EVERY_SECONDS, and never with an error."""
    now = time.monotonic()
    if now - _noted.get(name, -EVERY_SECONDS) < EVERY_SECONDS:
        return
    _noted[name] = now
    try:
        with connect() as client:
            client.set(KEY.format(name=name), int(time.time()), ex=LASTS_SECONDS)
    except redis.RedisError as problem:
        logger.warning("The sign of life of %s could not be noted: %s", name, problem)


def is_alive(client: redis.Redis, name: str) -> bool:
    """Whether a sign of life came lately."""
    return bool(client.exists(KEY.format(name=name)))


class Scheduler(PersistentScheduler):
    """Celery beat's own scheduler, which notes that it lives."""

    max_interval = EVERY_SECONDS

    def tick(self, *args: Any, **kwargs: Any) -> float:
        """One round: note it, and sleep no longer than until the next note is due."""
        note("beat")
        return min(super().tick(*args, **kwargs), EVERY_SECONDS)


def queue_key(queue: str) -> str:
    """The name under which a worker says that it takes from a queue."""
    return f"queue-{queue}"


@heartbeat_sent.connect
def _note_worker(**_: Any) -> None:
    note("worker")
    for queue in current_app.amqp.queues.consume_from:
        note(queue_key(queue))
