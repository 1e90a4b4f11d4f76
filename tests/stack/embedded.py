"""Commands of the stack on a .local folder of their own, and what lives because of them."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import psutil
from django.conf import settings

from kimportal.stack import places

STACK = (sys.executable, "-m", "kimportal.stack")
PATIENCE = 120


class Stack:
    """One .local folder and one free port."""

    def __init__(self, folder: Path) -> None:
        self.local_dir = folder / "local"
        self.output = folder / "output"
        self._started: list[subprocess.Popen[bytes]] = []
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.env = os.environ | {
            "KIMPORTAL_LOCAL_DIR": str(self.local_dir),
            "PORT": str(self.port),
            "DEMO": "no",
            "DATABASE_URL": "",
            "REDIS_URL": "",
        }

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start a command and come back at once."""
        with self.output.open("wb") as output:
            started = subprocess.Popen(
                [*STACK, *arguments], cwd=settings.BASE_DIR, env=self.env, stdout=output, stderr=output
            )
        self._started.append(started)
        return started

    def finish(self, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        return subprocess.run(
            [*STACK, *arguments],
            cwd=settings.BASE_DIR,
            env=self.env | env,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )

    def processes(self) -> dict[int, str]:
        """What lives of it, by process id."""
        return {
            process.pid: " ".join(process.cmdline())
            for process in psutil.process_iter()
            if self._is_ours(process)
        }

    def kill(self, *, but: str = "") -> None:
        """SIGKILL to all of it at once, so that nobody can tidy up; what runs `but` is left behind."""
        for pid, command in self.processes().items():
            if not but or but not in command:
                os.kill(pid, signal.SIGKILL)

    def remove(self) -> None:
        """Leave nothing behind."""
        self.kill()
        for process in self._started:
            process.wait(timeout=PATIENCE)
        self.finish("remove")

    def _is_ours(self, process: psutil.Process) -> bool:
        """Known by the folder in its environment, or by working in it: the servers hide theirs."""
        try:
            return process.status() != psutil.STATUS_ZOMBIE and (
                process.environ().get("KIMPORTAL_LOCAL_DIR") == str(self.local_dir)
                or Path(process.cwd()) in self._server_folders()
            )
        except psutil.Error:
            return False

    def _server_folders(self) -> tuple[Path, Path]:
        return places.postgres_data(self.local_dir), places.redis_home(self.local_dir)

    def wait_until_healthy(self, run: subprocess.Popen[bytes]) -> None:
        """Return when /healthz/ says that all is well."""
        self.wait_for(lambda: "The portal is ready" in self.said() or run.poll() is not None)
        assert run.poll() is None, self.said()
        self.wait_for(lambda: self.health() == 200)

    def wait_for(self, done: Callable[[], bool]) -> None:
        """Return when it is done; fail with what was said when it takes too long."""
        deadline = time.monotonic() + PATIENCE
        while not done():
            assert time.monotonic() < deadline, self.said()
            time.sleep(0.1)

    def said(self) -> str:
        """What the command has written so far."""
        return self.output.read_text()

    def health(self) -> int:
        """The status of /healthz/."""
        try:
            with urllib.request.urlopen(f"{self.address}/healthz/", timeout=10) as answer:
                json.load(answer)
                return answer.status
        except urllib.error.HTTPError as answer:
            return answer.code


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
