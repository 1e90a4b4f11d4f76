"""The indexes of the audit, made while the portal goes on writing history."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models.functions import Left

INDEXES = (
    models.Index(Left("region", 2), models.F("happened_at"), models.F("id"), name="activity_in_province"),
    models.Index(Left("region", 5), models.F("happened_at"), models.F("id"), name="activity_in_regency"),
    models.Index(fields=["happened_at", "id"], name="activity_by_time"),
    models.Index(fields=["actor", "happened_at", "id"], name="activity_of_actor"),
    models.Index(fields=["verb", "happened_at", "id"], name="activity_of_verb"),
)


class Migration(migrations.Migration):
    # No transaction: an index is built beside the writing only outside of one.
    atomic = False
    dependencies = [("activity", "0004_office_of_its_time")]
    operations = [
        # What an attempt that was broken off has left behind, half built, goes first.
        migrations.RunSQL(
            [f"DROP INDEX CONCURRENTLY IF EXISTS {index.name}" for index in INDEXES], migrations.RunSQL.noop
        ),
        *(AddIndexConcurrently(model_name="activity", index=index) for index in INDEXES),
    ]
