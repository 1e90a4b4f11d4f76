"""Runs beside the portal. It says when the portal answers, and it ends, which ends all of it, when
a server is gone or a process was killed: what honcho cannot see while children hold its pipes."""

import time
import urllib.error
import urllib.request

import psutil

from kimportal import settings
from kimportal.stack import leaders, processes
from kimportal.stack.embedded import LOCAL_DIR, embedded_servers
from kimportal.stack.sharing import stop_unused

EVERY_SECONDS = 1


def watch(address: str, runner: int) -> int:
    """Look once a second; return when something is gone."""
    announced, runs = False, processes.find(runner, cwd=settings.BASE_DIR)
    while not (gone := _what_is_gone(runs)):
        announced = announced or _announce(address)
        time.sleep(EVERY_SECONDS)
    print(f"{gone} is gone: the portal stops.", flush=True)
    if not (runs and processes.is_alive(runs)):
        leaders.end_all(but_of=leaders.own_session())
        stop_unused(LOCAL_DIR, embedded_servers())
    return 1


def _what_is_gone(runner: psutil.Process | None) -> str | None:
    if not (runner and processes.is_alive(runner)):
        return "The program that runs the portal"
    for server in embedded_servers():
        if not server.is_alive():
            return type(server).__name__.removesuffix("Server")
    return leaders.fallen()


def _announce(address: str) -> bool:
    try:
        urllib.request.urlopen(f"{address}/", timeout=20).close()  # noqa: S310 - our own address
    except urllib.error.HTTPError:
        pass  # an error is an answer, too
    except OSError:
        return False
    print(f"The portal is ready: {address}", flush=True)
    return True
