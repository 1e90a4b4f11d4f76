"""`exec`: one command with the servers up, its exit code handed on."""

import signal
import subprocess

from kimportal.catalog import compile_catalogs
from kimportal.stack.embedded import LOCAL_DIR, embedded_servers
from kimportal.stack.sharing import shared_servers

HANDED_ON = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)


def execute(command: list[str]) -> int:
    """Run it and return its exit code; the signals that we get are handed on to it."""
    waiting: list[int] = []
    child: list[subprocess.Popen[bytes]] = []

    def hand_on(number: int, _frame: object) -> None:
        waiting.append(number)
        if child and number != signal.SIGINT:  # the terminal sends Ctrl-C to both of us
            child[0].send_signal(number)

    for number in HANDED_ON:
        signal.signal(number, hand_on)
    compile_catalogs()  # before the command loads its languages
    with shared_servers(LOCAL_DIR, embedded_servers()):
        if waiting:
            return 128 + waiting[0]
        child.append(subprocess.Popen(command))  # noqa: S603 - the caller's own command
        code = child[0].wait()
    return 128 - code if code < 0 else code
