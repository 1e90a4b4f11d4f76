"""Several commands share the embedded servers; the last one out stops them.

Each command holds a shared lock on one file for as long as it lives. POSIX locks are the
kernel's: they end with the process, a kill -9 included, and are not handed to its children.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kimportal.stack import places
from kimportal.stack.account import private_folder
from kimportal.stack.postgres_server import PostgresServer
from kimportal.stack.redis_server import RedisServer

Server = PostgresServer | RedisServer


@contextmanager
def shared_servers(local_dir: Path, servers: list[Server]) -> Iterator[None]:
    """The servers, running, for as long as the block lasts."""
    private_folder(local_dir, mode=0o711)
    locks = private_folder(places.run_dir(local_dir))
    users = os.open(locks / "users.lock", os.O_RDWR | os.O_CREAT, 0o600)
    with _gate(locks):
        fcntl.lockf(users, fcntl.LOCK_SH)
        _start(servers, users)
    try:
        yield
    finally:
        with _gate(locks):
            _stop_if_last(servers, users)
        os.close(users)


@contextmanager
def _gate(locks: Path) -> Iterator[None]:
    """One command at a time starts or stops servers."""
    gate = os.open(locks / "gate.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.lockf(gate, fcntl.LOCK_EX)
        yield
    finally:
        os.close(gate)


def _start(servers: list[Server], users: int) -> None:
    try:
        for server in servers:
            server.start()
    except BaseException:
        _stop_if_last(servers, users)
        raise


def _stop_if_last(servers: list[Server], users: int) -> None:
    if _is_last(users):
        for server in reversed(servers):
            server.stop()


def _is_last(users: int) -> bool:
    try:
        fcntl.lockf(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def is_shared(local_dir: Path) -> bool:
    """Whether any command holds the servers."""
    lock = places.run_dir(local_dir) / "users.lock"
    if not lock.exists():
        return False
    users = os.open(lock, os.O_RDWR)
    try:
        return not _is_last(users)
    finally:
        os.close(users)


def stop_unused(local_dir: Path, servers: list[Server]) -> None:
    """Stop the servers if no command holds them: those that did may have been killed."""
    locks = places.run_dir(local_dir)
    users = os.open(locks / "users.lock", os.O_RDWR | os.O_CREAT, 0o600)
    with _gate(locks):
        _stop_if_last(servers, users)
    os.close(users)
