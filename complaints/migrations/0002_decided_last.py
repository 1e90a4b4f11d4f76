"""The cases that were decided last, made while readers go on reporting."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

INDEX = models.Index(
    fields=["-decided_at", "-id"], condition=models.Q(decided_at__isnull=False), name="case_decided_last"
)


class Migration(migrations.Migration):
    # No transaction: an index is built beside the writing only outside of one.
    atomic = False
    dependencies = [("complaints", "0001_cases")]
    operations = [
        # What an attempt that was broken off has left behind, half built, goes first.
        migrations.RunSQL(f"DROP INDEX CONCURRENTLY IF EXISTS {INDEX.name}", migrations.RunSQL.noop),
        AddIndexConcurrently(model_name="case", index=INDEX),
    ]
