"""A portal of its own for what hurts one: PostgreSQL, Redis, a mail server and workers that may be killed.

Nothing of it is shared: the servers of a checkout go on undisturbed.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from aiosmtpd.smtp import SMTP, Envelope, Session

from benchmarks import database
from tests.notifications.mail_server import OK, MailServer

if TYPE_CHECKING:
    from tests.servers import PrivateRedis, WorkerProcess

PATIENCE_SECONDS = 300
PROCESSES = 4
MESSAGE_ID = re.compile(rb"^Message-ID: *(.+?)\r?$", re.MULTILINE | re.IGNORECASE)


@dataclass(frozen=True)
class Taken:
    """One mail that the server took: when, for whom, and under which id."""

    at: float
    to: str
    message_id: str


class Postbox(MailServer):
    """A mail server that keeps of each mail its id alone: tens of thousands come."""

    def __init__(self) -> None:
        super().__init__()
        self.taken: list[Taken] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take the mail, or answer as told."""
        to = envelope.rcpt_tos[0]
        if to in self.to_data:
            return await super().handle_DATA(server, session, envelope)
        found = MESSAGE_ID.search(envelope.content or b"")
        self.taken.append(Taken(time.monotonic(), to, found[1].decode() if found else ""))
        return OK


class House:
    """The servers and a worker."""

    def __init__(self, folder: Path) -> None:
        from kimportal.stack.postgres_server import PostgresServer
        from tests.servers import PrivateRedis

        self.folder = folder
        self.postbox = Postbox()
        self.redis: PrivateRedis = PrivateRedis()
        self.postgres = PostgresServer(folder)
        self.worker: WorkerProcess | None = None
        # How often a worker ended without having been killed, and was started again, as systemd does.
        self.gave_up = 0

    def start(self) -> None:
        """Start the servers; from then on this process and all that it starts belong to them."""
        for server in (self.postgres, self.redis, self.postbox):
            server.start()
        os.environ |= {
            "DATABASE_URL": f"postgres://portal@:5432/{quote(str(self.postgres.socket_dir))}/portal",
            "REDIS_URL": self.redis.url,
            "EMAIL_URL": f"smtp://127.0.0.1:{self.postbox.port}",
            "KIMPORTAL_LOCAL_DIR": str(self.folder),
            "MEDIA_ROOT": str(self.folder / "media"),
        }
        database.set_up(with_queue=True)
        self._make_tables()

    def _make_tables(self) -> None:
        from django.core.management import call_command
        from django.db import connection

        from regions.loading import load_regions

        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        load_regions()
        with connection.cursor() as cursor:
            # As in production, and unlike a development server: what is committed outlives a kill.
            cursor.execute("ALTER DATABASE portal SET synchronous_commit = 'on'")
        connection.close()

    def start_worker(self) -> None:
        """A worker for all queues, ready."""
        from tests.servers import WorkerProcess

        folder = Path(tempfile.mkdtemp(prefix="worker-", dir=self.folder))
        self.worker = WorkerProcess(folder, concurrency=PROCESSES)
        self.worker.wait_until_ready()

    def kill_worker(self) -> float:
        """SIGKILL to the worker and its children; when that was."""
        assert self.worker
        now = time.monotonic()
        self.worker.kill()
        self.worker = None
        return now

    def _look_after_worker(self) -> None:
        if self.worker and self.worker.process.poll() is not None:
            self.gave_up += 1
            self.start_worker()

    def empty_redis(self) -> None:
        """Kill Redis; the new one knows nothing."""
        self.redis.stop()
        self.redis.start()

    def restart_postgres(self) -> float:
        """End PostgreSQL at once, as a crash would, and start it again; when that was."""
        from django.db import connection

        from kimportal.stack import processes

        process = self.postgres._process()
        assert process
        now = time.monotonic()
        processes.end([process], signal.SIGQUIT)
        self.postgres.start()
        connection.close()
        return now

    def sweep_until(self, condition: Callable[[], bool]) -> None:
        """Return when it holds; the sweep comes every second instead of every minute."""
        from common import broker
        from notifications import tasks

        deadline, next_sweep = time.monotonic() + PATIENCE_SECONDS, 0.0
        while not condition():
            now = time.monotonic()
            assert now < deadline, "It did not come true."
            self._look_after_worker()
            if now > next_sweep:
                broker.offer(tasks.sweep)
                next_sweep = now + 1
            time.sleep(0.01)

    def stop(self) -> None:
        """Leave no process and no file behind."""
        if self.worker:
            self.worker.kill()
        self.postbox.stop()
        self.redis.remove()
        self.postgres.stop()


@contextmanager
def house() -> Iterator[House]:
    """One that is gone afterwards."""
    # Not in a deep folder: a socket's path may have 107 bytes only.
    folder = Path(tempfile.mkdtemp(prefix="kim-house-", dir="/tmp"))
    folder.chmod(0o711)  # the user of PostgreSQL has to come through
    made = House(folder)
    try:
        made.start()
        yield made
    finally:
        made.stop()
        shutil.rmtree(folder, ignore_errors=True)
