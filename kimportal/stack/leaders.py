"""The processes of a run. Each leads a session, and its id is noted in a file: after a kill -9 of
the process or of the one that runs them all, what is left of the session can be found and ended."""

import os
import shlex
import signal
from pathlib import Path

import psutil

from kimportal import settings
from kimportal.stack import places, processes

SUFFIX = ".pid"


def recorded(name: str, command: str) -> str:
    """A shell command that notes its process id and then becomes the given command."""
    return f"echo $$ > {shlex.quote(str(_file(name)))}; exec {command}"


def end_all(*, but_of: int | None = None) -> None:
    """End whatever is left of every session that a run has noted, save one."""
    ending = {name: pid for name, pid in _noted().items() if pid != but_of}
    left = [process for pid in ending.values() for process in members(pid)]
    processes.end(left, signal.SIGTERM, patience=5)
    for name in ending:
        _file(name).unlink(missing_ok=True)


def own_session() -> int:
    """The session of the process that asks."""
    return os.getsid(0)


def members(session: int) -> list[psutil.Process]:
    """The living processes of that session that are ours: ids are used again."""
    return [process for process in psutil.process_iter() if _is_ours(process, session)]


def fallen() -> str | None:
    """The name of a process that was killed while its children live, if there is one."""
    for name, pid in _noted().items():
        alive = members(pid)
        if alive and pid not in [process.pid for process in alive]:
            return name
    return None


def _is_ours(process: psutil.Process, session: int) -> bool:
    try:
        return (
            os.getsid(process.pid) == session
            and processes.is_alive(process)
            and process.cwd() == str(settings.BASE_DIR)
            and any("kimportal" in part for part in process.cmdline())
        )
    except (ProcessLookupError, PermissionError, psutil.Error):
        return False


def _noted() -> dict[str, int]:
    files = places.run_dir(settings.LOCAL_DIR).glob(f"*{SUFFIX}")
    pids = {file.stem: processes.read_pid(file) for file in files}
    return {name: pid for name, pid in pids.items() if pid}


def _file(name: str) -> Path:
    return places.run_dir(settings.LOCAL_DIR) / f"{name}{SUFFIX}"
