"""`make run`: the servers, then web, workers and beat together; what one loses, all leave."""

import fcntl
import os
import shlex
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from honcho.manager import Manager

from kimportal import settings
from kimportal.queues import PROCESSES, WORKERS
from kimportal.stack import leaders, places
from kimportal.stack.account import private_folder
from kimportal.stack.embedded import LOCAL_DIR, embedded_servers
from kimportal.stack.errors import StackError
from kimportal.stack.setup import with_demo
from kimportal.stack.sharing import shared_servers

HOST = "127.0.0.1"
# What browsers are told: passkeys belong to a name, not to a number.
NAME = "localhost"
STOPPED = 130, 143


def run() -> int:
    """Run the portal until Ctrl-C, SIGTERM, or until a part of it ends."""
    if settings.PRODUCTION:
        raise StackError("This runs the portal for development. For production see deploy/README.md.")
    port = _port()
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _leave)
    private_folder(LOCAL_DIR, mode=0o711)
    with _only_one(f"http://{NAME}:{port}"):
        leaders.end_all()
        _refuse_taken_port(port)
        with shared_servers(LOCAL_DIR, embedded_servers()):
            return _run_processes(port)


def _port() -> int:
    text = os.environ.get("PORT") or "8000"
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise StackError(f"PORT is {text!r}: it must be a number from 1 to 65535.")
    return int(text)


def _leave(number: int, _frame: object) -> None:
    raise SystemExit(128 + number)


@contextmanager
def _only_one(address: str) -> Iterator[None]:
    """One portal a checkout. The lock ends with this process, however it ends."""
    folder = private_folder(places.run_dir(LOCAL_DIR))
    lock = os.open(folder / "run.lock", os.O_RDWR | os.O_CREAT, 0o600)
    noted = folder / "address"
    try:
        fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        where = noted.read_text() if noted.exists() else "another address"
        raise StackError(
            f"The portal of this folder already runs, at {where}. Stop that one first."
        ) from None
    noted.write_text(address)
    try:
        yield
    finally:
        noted.unlink(missing_ok=True)
        os.close(lock)


def _refuse_taken_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError:
            raise StackError(
                f"Port {port} needs special rights. Choose another: PORT=8001 make run"
            ) from None
        except OSError:
            raise StackError(
                f"Port {port} is taken by another program. Choose another: PORT={port + 1} make run"
            ) from None


def _run_processes(port: int) -> int:
    done = subprocess.run([sys.executable, "-m", "kimportal.stack", "setup"], check=False)
    if done.returncode:
        raise StackError("The set-up has failed; see above.")
    _welcome(f"http://{NAME}:{port}")
    manager = Manager()
    for name, command in _commands(port).items():
        manager.add_process(name, leaders.recorded(name, command), env=_environment())
    # A closed terminal is a stop like any other. The processes that honcho forks ignore SIGTERM.
    signal.signal(signal.SIGHUP, lambda *_: os.kill(os.getpid(), signal.SIGTERM))
    try:
        manager.loop()
    finally:
        leaders.end_all()
    return 0 if manager.returncode in STOPPED else int(manager.returncode or 0)


def _welcome(address: str) -> None:
    print(f"\nPortal KIM: {address}\n")
    if with_demo():
        _introduce(import_module("kimportal.demo.accounts").DEMO_ACCOUNTS)
    print(f"Each mail is a file in {LOCAL_DIR / 'mail'} and a line here.")
    print("Ctrl-C stops everything. The data stay; `make clean` removes them.\n", flush=True)


def _introduce(accounts: list[tuple[str, str, str]]) -> None:
    width = max(len(email) for email, _, _ in accounts)
    print("Demo accounts (e-mail, password, role):")
    for email, password, role in accounts:
        print(f"  {email:<{width}}  {password}  {role}")
    print()


def _commands(port: int) -> dict[str, str]:
    python = shlex.quote(sys.executable)
    celery = f"{python} -m celery --quiet -A kimportal"
    schedule = shlex.quote(str(private_folder(LOCAL_DIR / "beat") / "schedule"))
    config = shlex.quote(str(Path(__file__).with_name("gunicorn_development.py")))
    return {
        "web": f"{python} -m gunicorn -c {config} -b {HOST}:{port} kimportal.wsgi",
        **{name: f"{celery} {_worker(name)}" for name in WORKERS},
        "beat": f"{celery} beat --schedule {schedule} --loglevel WARNING",
        "watch": f"{python} -m kimportal.stack watch http://{NAME}:{port} {os.getpid()}",
    }


def _worker(name: str) -> str:
    queues = ",".join(WORKERS[name])
    return f"worker -n {name}@%h -Q {queues} --concurrency {PROCESSES[name]} --loglevel WARNING"


def _environment() -> dict[str, str]:
    # Celery warns of root at each start. Development has the user it has; production has one of its own.
    quiet = "ignore:You're running the worker with superuser"
    return os.environ | {"PYTHONUNBUFFERED": "1", "PYTHONWARNINGS": quiet}
