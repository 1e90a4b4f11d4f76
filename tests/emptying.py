"""Takes back what a test has committed, and keeps what the portal stands on."""

from django.db import connection

# Regions take seconds to load and no test changes them; the others are Django's own bookkeeping.
KEPT = {"regions_region", "django_migrations", "django_content_type", "auth_permission"}
APPEND_ONLY = "activity_activity"


def empty_tables() -> None:
    """Empty every table but the kept ones. The activity's guard against it is lifted meanwhile."""
    with connection.cursor() as cursor:
        tables = sorted(set(connection.introspection.table_names(cursor)) - KEPT)
        filled = [table for table in tables if _holds_rows(cursor, table)]
        if not filled:
            return
        guard = connection.ops.quote_name(APPEND_ONLY)
        names = ", ".join(connection.ops.quote_name(table) for table in tables)
        if APPEND_ONLY in tables:
            cursor.execute(f"ALTER TABLE {guard} DISABLE TRIGGER USER")
        cursor.execute(f"TRUNCATE {names}")
        if APPEND_ONLY in tables:
            cursor.execute(f"ALTER TABLE {guard} ENABLE TRIGGER USER")


def _holds_rows(cursor, table: str) -> bool:
    cursor.execute(f"SELECT EXISTS (SELECT 1 FROM {connection.ops.quote_name(table)})")
    return cursor.fetchone()[0]
