"""The indexes of the audit are built beside the writing, and can be taken away and built again."""

from importlib import import_module

import pytest
from django.core.management import call_command
from django.db import connection

from activity.models import Activity

MIGRATION = import_module("activity.migrations.0005_audit_indexes")
NAMES = {index.name for index in MIGRATION.INDEXES}


def built() -> set[str]:
    """Those that are there and may be used."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid WHERE indisvalid"
        )
        return NAMES & {name for (name,) in cursor.fetchall()}


@pytest.mark.django_db(transaction=True)
def test_the_indexes_go_and_come_back() -> None:
    assert built() == NAMES
    try:
        call_command("migrate", "activity", "0004", verbosity=0)
        assert built() == set()
    finally:
        call_command("migrate", "activity", verbosity=0)
    assert built() == NAMES


def test_they_are_the_model_s_and_lock_nothing() -> None:
    own = {index.name: index for index in Activity._meta.indexes if index.name in NAMES}
    assert own == {index.name: index for index in MIGRATION.INDEXES}
    assert MIGRATION.Migration.atomic is False
