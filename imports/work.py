"""What a worker does with an import: one step after the other, each one transaction.

A step locks the import, does the next rows after the cursor, and saves the cursor along with them. A worker
killed anywhere leaves whole steps behind, and whoever comes next goes on after the last one. A second worker
finds the lock taken and leaves.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.db import transaction

from imports import applying, checking, reading
from imports.models import Import, State
from imports.villages import Villages

logger = logging.getLogger(__name__)


def work(import_id: int) -> None:
    """Bring an import to where somebody must look at it again; as often as it is called, once."""
    villages: list[Villages] = []
    while _step(import_id, villages):
        pass


def work_on_all() -> None:
    """The guarantee behind the queue: go on with all that is left lying."""
    for import_id in list(Import.objects.busy().order_by("pk").values_list("pk", flat=True)):
        try:
            work(import_id)
        except Exception:
            # One that fails must not keep the others waiting.
            logger.exception("Import %s could not go on.", import_id)


@transaction.atomic
def _step(import_id: int, villages: list[Villages]) -> bool:
    """One step. False when nothing is left to do, or another worker is at it."""
    locked = Import.objects.busy().select_for_update(skip_locked=True, no_key=True, of=("self",))
    upload = locked.select_related("region", "applied_by", "undone_by").filter(pk=import_id).first()
    if upload is None:
        return False
    STEPS[upload.state](upload, villages)
    return True


def _check(upload: Import, villages: list[Villages]) -> None:
    if not villages:
        villages.append(Villages(upload.region))
    checking.check_some(upload, villages[0])


STEPS: dict[str, Callable[[Import, list[Villages]], None]] = {
    State.READING: lambda upload, _: reading.read(upload),
    State.CHECKING: _check,
    State.APPLYING: lambda upload, _: applying.apply_some(upload),
    State.UNDOING: lambda upload, _: applying.undo_some(upload),
}
