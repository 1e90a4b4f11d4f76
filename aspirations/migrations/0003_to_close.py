"""What still closes by itself, made while people go on writing."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

INDEX = models.Index(
    fields=["answered_at"], condition=models.Q(status="answered"), name="aspiration_to_close"
)


class Migration(migrations.Migration):
    # No transaction: an index is built beside the writing only outside of one.
    atomic = False
    dependencies = [("aspirations", "0002_replaced_requests")]
    operations = [
        # What an attempt that was broken off has left behind, half built, goes first.
        migrations.RunSQL(f"DROP INDEX CONCURRENTLY IF EXISTS {INDEX.name}", migrations.RunSQL.noop),
        AddIndexConcurrently(model_name="aspiration", index=INDEX),
    ]
