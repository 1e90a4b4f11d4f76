"""Data that lie outside their checkout: whose they are, and what becomes of them when it is gone."""

import secrets
import shutil
import signal
from pathlib import Path

from kimportal.stack import places, processes

NOTE = "checkout"
NOTE_OF_CHECKOUT = "postgres.location"


def claim(home: Path, local_dir: Path) -> None:
    """Make this home ours; data that another checkout left at the same path are thrown away."""
    _remove_orphans()
    ours, theirs = local_dir / NOTE_OF_CHECKOUT, home / NOTE
    if not ours.exists():
        ours.write_text(f"{local_dir}\nPostgreSQL's data: {home}\n{secrets.token_hex(8)}\n")
    if theirs.exists() and theirs.read_text() != ours.read_text():
        _empty(home)
    theirs.write_text(ours.read_text())


def _remove_orphans() -> None:
    """Homes of checkouts that were deleted without `make clean`."""
    for note in places.SYSTEM_DIR.glob(f"*/{NOTE}"):
        checkout = Path(note.read_text().split("\n", 1)[0]).parent
        if not checkout.exists():
            _empty(note.parent)
            shutil.rmtree(note.parent)


def _empty(home: Path) -> None:
    data = home / "data"
    processes.end(processes.working_in(data), signal.SIGQUIT)
    shutil.rmtree(data, ignore_errors=True)
