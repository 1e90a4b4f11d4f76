"""What most tests of imports begin with."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from imports import actions, work
from imports.models import Import
from tests.factories import make_officer
from tests.imports.flow import upload


@pytest.fixture
def officer(db: None) -> User:
    return make_officer()


@pytest.fixture
def checked(officer: User) -> Callable[[SimpleUploadedFile], Import]:
    """Upload a file, match its columns as guessed, and let the dry run through."""

    def check(file: SimpleUploadedFile) -> Import:
        made = upload(file, by=officer)
        actions.check(made, made.mapping, by=officer)
        work.work(made.pk)
        made.refresh_from_db()
        return made

    return check
