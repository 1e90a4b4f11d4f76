"""Indexes of notifications and deliveries, built while the portal goes on telling; then those they replace go."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models
from django.db.models import Q

INDEXES = {
    "notification": (
        models.Index(condition=Q(read_at=None), fields=["recipient", "-id"], name="notification_new"),
        models.Index(condition=Q(read_at__isnull=False), fields=["read_at"], name="notification_read"),
    ),
    "delivery": (
        models.Index(
            condition=Q(state="waiting"), fields=["recipient", "channel", "bundle"], name="delivery_bundle"
        ),
        models.Index(
            condition=Q(bundle="desk"), fields=["recipient", "channel", "-due_at"], name="delivery_desk"
        ),
        models.Index(condition=Q(state="failed"), fields=["-ended_at"], name="delivery_dead"),
        models.Index(condition=Q(state="waiting"), fields=["channel", "due_at", "id"], name="delivery_due"),
    ),
}


class Migration(migrations.Migration):
    # No transaction: an index is built beside the writing only outside of one.
    atomic = False
    dependencies = [("notifications", "0009_names_of_columns")]
    operations = [
        # What an attempt that was broken off has left behind, half built, goes first.
        migrations.RunSQL(
            [f"DROP INDEX CONCURRENTLY IF EXISTS {each.name}" for one in INDEXES.values() for each in one],
            migrations.RunSQL.noop,
        ),
        *(AddIndexConcurrently(model, index) for model, indexes in INDEXES.items() for index in indexes),
        RemoveIndexConcurrently("notification", "notification_unread"),
        RemoveIndexConcurrently("delivery", "delivery_waiting"),
    ]
