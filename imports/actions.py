"""What officers do with imports. All of it hands the work to a worker and comes back at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

import activity.actions
from common import broker
from imports import columns, reading, tasks
from imports.errors import ImportRefused
from imports.models import MATCHABLE, Import, Outcome, State
from imports.rules import may_import
from imports.verbs import IMPORT_APPLY, IMPORT_DOWNLOAD, IMPORT_UNDO, IMPORT_UPLOAD

if TYPE_CHECKING:
    from uuid import UUID

    from django.core.files.uploadedfile import UploadedFile

    from accounts.models import User
    from regions.models import Region

UNDO_WITHIN = timedelta(hours=24)


def upload(file: UploadedFile, *, region: Region | None, form_key: UUID, by: User) -> Import:
    """Keep a spreadsheet and look at its headings. A second click of the same form finds the first one's.

    FileRefused where it cannot be read; PermissionDenied for who does not decide there.
    """
    if not may_import(by, region):
        raise PermissionDenied
    headings, samples = reading.look_at(file)
    file.seek(0)
    made = Import(
        region=region,
        original_name=(file.name or "")[-120:],
        form_key=form_key,
        heading_row=headings.number,
        headings=headings.cells,
        samples=samples,
        mapping=_likely_mapping(headings.cells, region),
        made_by=by,
    )
    try:
        with transaction.atomic():
            made.file.save("lembar", file, save=False)
            made.save(force_insert=True)
            activity.actions.record(IMPORT_UPLOAD, made, by=by, region=region)
    except IntegrityError:
        made.file.delete(save=False)
        return Import.objects.get(form_key=form_key, made_by=by)
    return made


def _likely_mapping(headings: list[str], region: Region | None) -> dict[str, int]:
    """Guessed from the headings; what the office matched the last time counts more."""
    guessed = columns.guess(headings)
    former = Import.objects.filter(region=region).exclude(state=State.UPLOADED).order_by("-pk").first()
    if former is None:
        return guessed
    again = columns.remembered(former.mapping, former.headings, headings)
    return {name: at for name, at in guessed.items() if at not in again.values()} | again


def check(found: Import, mapping: dict[str, int], *, by: User) -> Import:
    """Match the columns so, and begin the dry run. ImportRefused once it is applied."""
    with _locked(found, by=by, states=MATCHABLE) as locked:
        if locked.rows.filter(outcome=Outcome.MADE).exists():
            raise ImportRefused("not_now")  # what it has made is undone, not matched anew
        locked.mapping = mapping
        locked.state, locked.problem = State.READING, ""
        locked.cursor = locked.done_count = 0
        locked.save()
    return _hand_over(locked)


def apply(found: Import, *, by: User) -> Import:
    """Begin to register the rows that are right. A second click finds it begun."""
    with _locked(found, by=by, states={State.CHECKED, State.APPLYING, State.APPLIED}) as locked:
        if locked.state != State.CHECKED:
            return locked
        locked.applied_at, locked.applied_by = timezone.now(), by
        locked.state, locked.problem = State.APPLYING, ""
        locked.cursor = locked.done_count = 0
        locked.save()
        rows = {"rows": locked.rows.filter(outcome=Outcome.READY).count()}
        activity.actions.record(IMPORT_APPLY, locked, by=by, region=locked.region, details={"after": rows})
    return _hand_over(locked)


def undo(found: Import, *, by: User) -> Import:
    """Begin to take everything back. ImportRefused after a day."""
    with _locked(found, by=by, states={State.APPLIED, State.UNDOING, State.UNDONE}) as locked:
        if locked.state != State.APPLIED:
            return locked
        if not can_be_undone(locked):
            raise ImportRefused("too_late")
        locked.undone_at, locked.undone_by = timezone.now(), by
        locked.state, locked.problem = State.UNDOING, ""
        locked.cursor = locked.done_count = 0
        locked.save()
        rows = {"rows": locked.rows.filter(outcome=Outcome.MADE).count()}
        activity.actions.record(IMPORT_UNDO, locked, by=by, region=locked.region, details={"before": rows})
    return _hand_over(locked)


def can_be_undone(found: Import) -> bool:
    """Whether its day is not over."""
    if found.state != State.APPLIED or found.applied_at is None:
        return False
    return timezone.now() - found.applied_at < UNDO_WITHIN


@contextmanager
def _locked(found: Import, *, by: User, states: Iterable[str]) -> Iterator[Import]:
    """The import, locked, where the person may act on it and its state is one of these."""
    with transaction.atomic():
        # no_key, as a worker's step: rows may refer to it meanwhile.
        locked = Import.objects.select_for_update(no_key=True, of=("self",)).select_related("region")
        upload = locked.get(pk=found.pk)
        if not may_import(by, upload.region):
            raise PermissionDenied
        if upload.forgotten_at:
            raise ImportRefused("forgotten")
        if upload.state not in states:
            raise ImportRefused("not_now")
        yield upload


def _hand_over(upload: Import) -> Import:
    def offer_import() -> None:
        broker.offer(tasks.go_on, upload.pk)

    transaction.on_commit(offer_import, robust=True)
    return upload


def note_opened(found: Import, what: str, *, by: User) -> None:
    """Log that an officer took along the rows with errors, or opened the letters with their links."""
    with transaction.atomic():
        details = {"list": what}
        activity.actions.record(IMPORT_DOWNLOAD, found, by=by, region=found.region, details=details)
