"""The real servers of the tests: a Redis of their own, and Celery workers that may be killed."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

import psutil
from django.conf import settings
from django.db import connection

from kimportal.heartbeat import KEY, connect
from kimportal.stack.redis_server import RedisServer

START_SECONDS = 30


class PrivateRedis:
    """A Redis that belongs to one test process: never the queue of a portal that runs beside it."""

    def __init__(self) -> None:
        self._remove_orphans()
        # Not pytest's tmp_path: a socket's path may have 107 bytes only.
        self.home = Path(tempfile.mkdtemp(prefix=f"kim-redis-{os.getpid()}-", dir="/tmp"))
        self.socket = self.home / "redis.sock"
        self.url = f"unix://{self.socket}"
        self._server = RedisServer(self.home, self.socket)

    @staticmethod
    def _remove_orphans() -> None:
        """What tests that were killed have left."""
        for home in Path("/tmp").glob("kim-redis-*-*"):  # noqa: S108 - our own folders alone
            if psutil.pid_exists(int(home.name.split("-")[2])):
                continue
            with contextlib.suppress(OSError):  # somebody else's, or another process was faster
                RedisServer(home, home / "redis.sock").stop()
                shutil.rmtree(home)

    @property
    def broker_url(self) -> str:
        """The address as Celery writes it."""
        return f"redis+socket://{self.socket}"

    def start(self) -> None:
        """Start it, empty; nothing happens where it runs."""
        self._server.start()

    def stop(self) -> None:
        """Stop it, as a broker that is down."""
        self._server.stop()

    def flush(self) -> None:
        """Forget everything."""
        with connect() as client:
            client.flushall()

    def remove(self) -> None:
        """Stop it and leave nothing behind."""
        self.stop()
        shutil.rmtree(self.home, ignore_errors=True)


class WorkerProcess:
    """A real `celery worker` on the test database and the test Redis."""

    def __init__(self, local_dir: Path, *, concurrency: int = 1) -> None:
        self.mail_dir = local_dir / "mail"
        self.log = local_dir / "worker.log"
        with connect() as client:
            client.delete(KEY.format(name="worker"))
        command = [sys.executable, "-m", "celery", "-A", "kimportal", "worker", "-l", "INFO"]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [*command, "-c", str(concurrency), "--without-gossip", "--without-mingle"],
                env=environment(local_dir),
                cwd=settings.BASE_DIR,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def wait_until_ready(self) -> None:
        """Return when it listens to the queue."""
        with connect() as client:
            deadline = time.monotonic() + START_SECONDS
            while time.monotonic() < deadline and self.process.poll() is None:
                if client.exists(KEY.format(name="worker")):
                    return
                time.sleep(0.05)
        raise AssertionError(f"The worker does not start:\n{self.log.read_text()}")

    def kill(self) -> None:
        """SIGKILL to it and to its children: nobody says goodbye."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """SIGTERM: it finishes what it does and goes."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                self.kill()

    def _end(self, number: int) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)
        self.process.wait(timeout=10)


def environment(local_dir: Path) -> dict[str, str]:
    """What makes a subprocess work on the test's database, Redis and folders."""
    database = connection.settings_dict
    people = quote(database["USER"]) + (f":{quote(database['PASSWORD'])}" if database["PASSWORD"] else "")
    port = f":{database['PORT']}" if database["PORT"] else ""
    # A socket's folder stands in the path, before the name of the database.
    is_socket = database["HOST"].startswith("/")
    address = f"{port}/{quote(database['HOST'])}" if is_socket else f"{database['HOST']}{port}"
    return os.environ | {
        "DATABASE_URL": f"postgres://{people}@{address}/{database['NAME']}",
        "REDIS_URL": settings.REDIS_URL,
        "KIMPORTAL_LOCAL_DIR": str(local_dir),
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
    }
