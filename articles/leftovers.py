"""Files of photos that belong to no row: a transaction was rolled back, a worker killed, a deletion missed.

Files are named by the key of their photo and lie in 256 folders by its first two digits. Each run looks into
one of them, so that its work is bounded; in two days all have had their turn. See docs/adr/0041.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import timedelta
from itertools import islice
from pathlib import Path
from uuid import UUID

from django.core.files.storage import default_storage

from articles.photographs import Photo, Upload
from communities.models import Picture

# Nothing is on its way for so long: a piece, a form and a worker have minutes, an upload has a day.
UNTOUCHED = timedelta(days=2)
FOLDERS, EVERY = 256, timedelta(minutes=10)
AT_ONCE = 1000
InUse = Callable[[Sequence[UUID]], dict[UUID, set[str] | None]]


def sweep(number: int | None = None) -> int:
    """Remove what no row knows from the folder of this number, else from the one whose turn it is.

    Answers how many files went. What was touched within UNTOUCHED stays, whatever the rows say.
    """
    if number is None:
        number = int(time.time() / EVERY.total_seconds()) % FOLDERS
    root, folder = Path(default_storage.path("")), f"{number:02x}"
    return sum(_sweep(root, root / kind / folder, in_use) for kind, in_use in KINDS.items())


def _uploads(keys: Sequence[UUID]) -> dict[UUID, set[str] | None]:
    return dict.fromkeys(Upload.objects.filter(pk__in=keys).values_list("pk", flat=True))


def _originals(keys: Sequence[UUID]) -> dict[UUID, set[str] | None]:
    """By its name: of who has gone the row stays, and the file goes."""
    return {
        key: {str(name)}
        for model in (Photo, Picture)
        for key, name in model._base_manager.filter(key__in=keys).values_list("key", "original")
    }


def _pictures(keys: Sequence[UUID]) -> dict[UUID, set[str] | None]:
    """All that lies under the key of a row: a worker may be writing it at this moment."""
    return {
        key: None
        for model in (Photo, Picture)
        for key in model._base_manager.filter(key__in=keys).values_list("key", flat=True)
    }


# By kind: of the keys that have a row, which names are in use; None: all.
KINDS: dict[str, InUse] = {"uploads": _uploads, "originals": _originals, "pictures": _pictures}


def _sweep(root: Path, folder: Path, in_use: InUse) -> int:
    entries = folder.iterdir() if folder.is_dir() else iter(())
    gone = 0
    while some := list(islice(entries, AT_ONCE)):
        gone += sum(_remove(entry) for entry in _orphans(root, some, in_use))
    return gone


def _orphans(root: Path, entries: Sequence[Path], in_use: InUse) -> Iterator[Path]:
    """Those that no row knows. What is not named by a key is none of ours, and stays."""
    by_key = [(key, entry) for entry in entries if (key := _key(entry))]
    used = in_use([key for key, _entry in by_key])
    for key, entry in by_key:
        names = used.get(key, set())
        if names is not None and entry.relative_to(root).as_posix() not in names and _is_old(entry):
            yield entry


def _key(entry: Path) -> UUID | None:
    """What storage appends to a name that was taken stands behind the key."""
    try:
        return UUID(entry.name[:32])
    except ValueError:
        return None


def _is_old(entry: Path) -> bool:
    before = time.time() - UNTOUCHED.total_seconds()
    parts = [entry, *entry.iterdir()] if entry.is_dir() else [entry]
    try:
        return all(part.stat().st_mtime < before for part in parts)
    except FileNotFoundError:  # it goes at this moment by itself
        return False


def _remove(entry: Path) -> int:
    """Delete a file, or a folder with its files; answers how many files."""
    if not entry.is_dir():
        entry.unlink(missing_ok=True)
        return 1
    gone = sum(_remove(each) for each in list(entry.iterdir()))
    with suppress(OSError):  # something new has come into it
        entry.rmdir()
    return gone
