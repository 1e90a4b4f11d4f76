"""A worker whose queue goes away goes on when it is back.

Celery's library for Redis wants to put back what a worker had not finished, and to note what it finishes
later. Where the connection is gone it stumbles there over what is no more, and the whole worker ends instead
of calling again. Nothing is lost by leaving it: queues carry no message that the database does not know, and
the sweep comes each minute (docs/adr/0032).
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from kombu.transport import redis

logger = logging.getLogger(__name__)


class QoS(redis.QoS):
    """What a worker has taken from the queue and not finished yet."""

    def restore_unacked_once(self, *args: Any, **kwargs: Any) -> None:
        """Put it back, as far as there is a queue."""
        with self._even_without_queue():
            super().restore_unacked_once(*args, **kwargs)

    def ack(self, *args: Any, **kwargs: Any) -> None:
        """Note that it is finished."""
        with self._even_without_queue():
            super().ack(*args, **kwargs)

    def reject(self, *args: Any, **kwargs: Any) -> None:
        """Note that it is not to be done here."""
        with self._even_without_queue():
            super().reject(*args, **kwargs)

    @contextmanager
    def _even_without_queue(self) -> Iterator[None]:
        try:
            yield
        except AttributeError:
            connection = self.channel.connection
            if connection is not None and connection.client is not None:
                raise
            if self._delivered:
                self._delivered.clear()
            logger.warning("The queue is away; what was not finished waits for the sweep.")


def bear_it() -> None:
    """Let every connection to the queue be of this kind."""
    redis.Channel.QoS = QoS
