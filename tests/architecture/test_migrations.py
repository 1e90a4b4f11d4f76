"""Migrations run beside a portal that is used: large tables are not locked while an index is built."""

from __future__ import annotations

from django.db.migrations import AddIndex, CreateModel
from django.db.migrations.loader import MigrationLoader

# Tables that will hold millions of rows, by app.
LARGE = {
    ("activity", "activity"),
    ("articles", "article"),
    ("articles", "photo"),
    ("notifications", "delivery"),
    ("notifications", "notification"),
}
# From before the tables were large anywhere.
FORMER = {("articles", "0002_decided"), ("articles", "0006_writing")}


def test_no_migration_locks_a_large_table_to_build_an_index():
    found = set()
    for (app, name), migration in MigrationLoader(None).disk_migrations.items():
        made = {one.name_lower for one in migration.operations if isinstance(one, CreateModel)}
        # AddIndexConcurrently is a kind of AddIndex.
        plain = [one for one in migration.operations if type(one) is AddIndex]
        tables = {one.model_name.lower() for one in plain} - made
        found |= {(app, name) for table in tables if (app, table) in LARGE}
    assert found == FORMER
