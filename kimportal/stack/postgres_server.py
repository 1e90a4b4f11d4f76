"""The embedded PostgreSQL: made once, started and stopped with the portal."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import psutil
import psycopg2

from kimportal.stack import elsewhere, places, processes
from kimportal.stack.account import private_folder, server_user
from kimportal.stack.errors import StackError
from kimportal.stack.postgres_binaries import postgres_binaries

START_SECONDS = 60
# Development's choice: a commit does not wait for the disk. A server that is killed, or a machine that
# loses power, may lose the last second, never more, and nothing is corrupted.
OPTIONS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "synchronous_commit": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "log_timezone": "UTC",
    "timezone": "UTC",
}


class PostgresServer:
    """PostgreSQL for one .local folder."""

    def __init__(self, local_dir: Path) -> None:
        self.local_dir = local_dir
        self.home = places.postgres_home(local_dir)
        self.data = places.postgres_data(local_dir)
        self.socket_dir = places.postgres_socket_dir(local_dir)
        self.log = self.home / "postgres.log"
        self._launched: subprocess.Popen[bytes] | None = None

    def is_running(self) -> bool:
        """Whether it runs and lets people in."""
        return self.is_alive() and self._lets_in()

    def is_alive(self) -> bool:
        """Whether its process lives."""
        return self._process() is not None

    def start(self) -> None:
        """Start it, with an empty database `portal` the first time."""
        if not self.is_alive():
            self._make_folders()
            self._clear_leftovers()
            if not (self.data / "PG_VERSION").exists():
                self._initialise()
            self._refuse_other_version()
            self._launched = self._launch()
        self._wait_until_ready()
        self._create_database()

    def stop(self) -> None:
        """Stop it and leave no process behind."""
        process = self._process()
        if process:
            children = process.children(recursive=True)
            processes.end([process], signal.SIGINT, signal.SIGQUIT)
            processes.end(children, signal.SIGQUIT)
        if self._launched:
            self._launched.poll()

    def _make_folders(self) -> None:
        user = server_user()
        private_folder(self.home, mode=0o711 if user else 0o700)
        if not self.home.is_relative_to(self.local_dir):
            elsewhere.claim(self.home, self.local_dir)
        private_folder(self.data, user)
        if self.socket_dir.parent != self.home:
            private_folder(self.socket_dir.parent, mode=0o711 if user else 0o700)
        private_folder(self.socket_dir, user)

    def _clear_leftovers(self) -> None:
        """After a kill -9: end what is left of the old server, and take its lock files away.

        PostgreSQL itself would believe them where the id is used again or waits to be reaped.
        """
        processes.end(processes.working_in(self.data), signal.SIGQUIT)
        for lock in (self.data / "postmaster.pid", *self.socket_dir.glob(".s.PGSQL.*")):
            lock.unlink(missing_ok=True)

    def _initialise(self) -> None:
        shutil.rmtree(self.data)  # what a killed initdb left
        private_folder(self.data, server_user())
        command = [
            *("initdb", "-D", str(self.data), "-U", places.OWNER, "--auth=trust", "--encoding=UTF8"),
            *("--locale=C.UTF-8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-sync"),
        ]
        done = self._popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        output, _ = done.communicate()
        if done.returncode:
            shutil.rmtree(self.data)
            raise StackError(f"PostgreSQL could not be initialised:\n{output.decode(errors='replace')}")

    def _refuse_other_version(self) -> None:
        version = (self.data / "PG_VERSION").read_text().strip()
        if version != postgres_binaries().version:
            raise StackError(
                f"The data under {self.home} are of PostgreSQL {version}, but version "
                f"{postgres_binaries().version} is installed. `make clean` removes them."
            )

    def _launch(self) -> subprocess.Popen[bytes]:
        options = OPTIONS | {"unix_socket_directories": str(self.socket_dir)}
        flags = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        with self.log.open("wb") as log:
            return self._popen(["postgres", "-D", str(self.data), *flags], stdout=log, stderr=log)

    def _popen(self, command: list[str], **streams: Any) -> subprocess.Popen[bytes]:
        """Run one of PostgreSQL's programs, as its own user when we are root."""
        user = server_user()
        identity: dict[str, Any] = (
            {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
        )
        program = str(postgres_binaries().folder / command[0])
        return subprocess.Popen(  # noqa: S603 - our own program and arguments
            [program, *command[1:]],
            stdin=subprocess.DEVNULL,
            cwd=self.data,
            env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8"},
            start_new_session=True,
            **identity,
            **streams,
        )

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and not self._has_failed():
            if self.is_running():
                return
            time.sleep(0.02)
        raise StackError(f"PostgreSQL does not start:\n{self.log.read_text(errors='replace')[-2000:]}")

    def _has_failed(self) -> bool:
        return self._launched.poll() is not None if self._launched else not self.is_alive()

    def _lets_in(self) -> bool:
        """Not so while it starts, or while it recovers from what was killed."""
        try:
            self._connect().close()
        except psycopg2.OperationalError:
            return False
        return True

    def _create_database(self) -> None:
        connection = self._connect()
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [places.DATABASE])
            if not cursor.fetchone():
                cursor.execute(f'CREATE DATABASE "{places.DATABASE}"')
        connection.close()

    def _connect(self) -> Any:
        return psycopg2.connect(host=str(self.socket_dir), user=places.OWNER, dbname="postgres", port=5432)

    def _process(self) -> psutil.Process | None:
        return processes.find(processes.read_pid(self.data / "postmaster.pid"), cwd=self.data)
