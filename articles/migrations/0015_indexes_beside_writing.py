"""Indexes of articles and photos, built while the portal goes on writing them."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import Q

INDEXES = {
    "article": (
        models.Index(
            fields=["community"], condition=Q(is_open_to_members=True), name="article_open_to_members"
        ),
        models.Index(fields=["community"], condition=Q(handed_in_at__isnull=False), name="article_handed_in"),
        models.Index(fields=["region", "due_at"], condition=Q(is_unreviewed=True), name="article_unreviewed"),
    ),
    "photo": (models.Index(fields=["id"], condition=Q(state="waiting"), name="photo_waiting"),),
}


class Migration(migrations.Migration):
    # No transaction: an index is built beside the writing only outside of one.
    atomic = False
    dependencies = [("articles", "0014_publishing_first")]
    operations = [
        # What an attempt that was broken off has left behind, half built, goes first.
        migrations.RunSQL(
            [f"DROP INDEX CONCURRENTLY IF EXISTS {each.name}" for one in INDEXES.values() for each in one],
            migrations.RunSQL.noop,
        ),
        *(AddIndexConcurrently(model, index) for model, indexes in INDEXES.items() for index in indexes),
    ]
