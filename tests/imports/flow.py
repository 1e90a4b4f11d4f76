"""The steps of an import, as tests take them."""

from __future__ import annotations

import uuid

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from imports import actions, work
from imports.models import Import, ImportRow
from tests.factories import region


def upload(file: SimpleUploadedFile, *, by: User, code: str = "16.06") -> Import:
    """Upload it for an office."""
    return actions.upload(file, region=region(code), form_key=uuid.uuid4(), by=by)


def apply(made: Import, *, by: User) -> Import:
    """Apply it, with the work done at once."""
    actions.apply(made, by=by)
    return worked(made)


def undo(made: Import, *, by: User) -> Import:
    """Undo it, with the work done at once."""
    actions.undo(made, by=by)
    return worked(made)


def worked(made: Import) -> Import:
    """What a worker leaves behind."""
    work.work(made.pk)
    return Import.objects.get(pk=made.pk)


def rows(made: Import) -> list[ImportRow]:
    """Its rows in order."""
    return list(made.rows.order_by("number"))


def codes(row: ImportRow) -> list[tuple[str, str]]:
    """What is wrong with a row: field and code."""
    return [(field, code) for field, code, _more in row.errors]


def hints(row: ImportRow) -> list[tuple[str, str]]:
    """What is worth a look."""
    return [(field, code) for field, code, _more in row.hints]
