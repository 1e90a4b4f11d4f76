"""What stood in a spreadsheet is deleted after a month: telephone numbers are not kept for ever.

What became of each row stays: its number, its outcome, the name of the KIM and the page that came of it.
"""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Value
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce, JSONObject
from django.utils import timezone

from imports.models import Import

if TYPE_CHECKING:
    from django.core.files.storage import Storage

KEPT_DAYS = 30


def forget_old() -> int:
    """Forget all whose time has come; each in a transaction of its own. Returns how many."""
    before = timezone.now() - timedelta(days=KEPT_DAYS)
    return sum(_forget(pk) for pk in list(Import.objects.to_forget(before).values_list("pk", flat=True)))


@transaction.atomic
def _forget(pk: int) -> bool:
    before = timezone.now() - timedelta(days=KEPT_DAYS)
    found = Import.objects.to_forget(before).select_for_update(skip_locked=True, of=("self",)).filter(pk=pk)
    upload = found.first()
    if upload is None:
        return False
    name = JSONObject(name=Coalesce(KT("values__name"), Value("")))
    upload.rows.update(cells=[], marks={}, errors=[], hints=[], values=name, decree_key="")
    storage, path = upload.file.storage, upload.file.name
    upload.samples, upload.file, upload.forgotten_at = [], "", timezone.now()
    upload.save(update_fields=["samples", "file", "forgotten_at"])
    if path:
        transaction.on_commit(partial(_delete, storage, path))
    return True


def _delete(storage: Storage, path: str) -> None:
    storage.delete(path)
