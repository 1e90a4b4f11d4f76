"""Processes by id: are they still the ones we started, and how they are ended."""

import time
from collections.abc import Iterable
from pathlib import Path

import psutil


def find(pid: int | None, *, cwd: Path) -> psutil.Process | None:
    """The living process of that id, if it works in that folder: ids are used again."""
    try:
        process = psutil.Process(pid) if pid else None
        if process and is_alive(process) and process.cwd() == str(cwd.resolve()):
            return process
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        pass
    return None


def is_alive(process: psutil.Process) -> bool:
    """Whether it runs; one that waits to be reaped does not."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def working_in(folder: Path) -> list[psutil.Process]:
    """Every process whose working directory is this folder."""
    wanted = str(folder.resolve())
    return [process for process in psutil.process_iter(["cwd"]) if process.info["cwd"] == wanted]


def end(processes: Iterable[psutil.Process], *signals: int, patience: float = 10) -> None:
    """Send the signals, one kind after the other, to those that still live; kill what remains."""
    remaining = list(processes)
    for number in signals:
        _send(remaining, number)
        remaining = _outlive(remaining, patience)
    for process in remaining:
        _kill(process)
    _outlive(remaining, patience)


def _send(processes: list[psutil.Process], number: int) -> None:
    for process in processes:
        try:
            process.send_signal(number)
        except psutil.NoSuchProcess:
            continue


def _kill(process: psutil.Process) -> None:
    try:
        process.kill()
    except psutil.NoSuchProcess:
        return


def _outlive(processes: list[psutil.Process], patience: float) -> list[psutil.Process]:
    """Those that still run after so many seconds."""
    deadline = time.monotonic() + patience
    while processes and time.monotonic() < deadline:
        processes = [process for process in processes if not _has_ended(process)]
        if processes:
            time.sleep(0.02)
    return processes


def _has_ended(process: psutil.Process) -> bool:
    try:
        process.wait(timeout=0)  # reaps it where it is our own child
    except psutil.TimeoutExpired:
        return not is_alive(process)
    return True


def read_pid(file: Path) -> int | None:
    """The process id in the first line of a file."""
    try:
        return int(file.read_text().split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return None
