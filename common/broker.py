"""Handing a task to the queue without waiting for it.

The queue is only speed. What it does not take stays in the outbox, and the sweep of the next minute does it.
"""

from __future__ import annotations

import logging
import time
from typing import Any

import redis
from celery import Task
from django.conf import settings
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)

# How long a decision may be held up by a queue that does not answer.
PATIENCE_SECONDS = 0.3
# How long a process leaves a silent queue alone before it asks again.
REST_SECONDS = 10
_rest_until = 0.0


def offer(task: Task, *args: Any) -> bool:
    """Enqueue the task if the queue answers at once. False, and no error, where it does not."""
    if not _answers():
        return False
    try:
        # Once more at once: the first try finds out that a pooled connection is of a queue long restarted.
        task.apply_async(args, retry=True, retry_policy={"max_retries": 1, "interval_start": 0})
    except (OperationalError, OSError) as problem:
        logger.warning("%s%r was not enqueued and waits for the sweep: %s", task.name, args, problem)
        return False
    return True


def _answers() -> bool:
    """Whether the queue answers now. Celery itself would wait for many seconds to find out."""
    global _rest_until  # noqa: PLW0603 - what this process knows of the queue
    if time.monotonic() < _rest_until:
        return False
    try:
        with _connect() as client:
            client.ping()
    except redis.RedisError as problem:
        _rest_until = time.monotonic() + REST_SECONDS
        logger.warning("The queue does not answer; what is told waits for the sweep: %s", problem)
        return False
    return True


def _connect() -> redis.Redis:
    return redis.Redis.from_url(
        settings.REDIS_URL,
        socket_connect_timeout=PATIENCE_SECONDS,
        socket_timeout=PATIENCE_SECONDS,
        retry=None,
        single_connection_client=True,
    )
