"""The newest of a province and of a regency in their order, made while the portal goes on publishing."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models.functions import Left

INDEXES = tuple(
    models.Index(
        Left("region", length),
        models.F("published_at").desc(),
        models.F("id").desc(),
        condition=models.Q(status="approved"),
        name=f"article_newest_in_{office}",
    )
    for office, length in (("province", 2), ("regency", 5))
)


class Migration(migrations.Migration):
    # No transaction: an index is built beside the writing only outside of one.
    atomic = False
    dependencies = [("articles", "0015_indexes_beside_writing")]
    operations = [
        # What an attempt that was broken off has left behind, half built, goes first.
        migrations.RunSQL(
            [f"DROP INDEX CONCURRENTLY IF EXISTS {index.name}" for index in INDEXES], migrations.RunSQL.noop
        ),
        *(AddIndexConcurrently(model_name="article", index=index) for index in INDEXES),
    ]
