"""Changes of what is published, handed in to the managers: docs/adr/0053."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0017_search_without_places"),
        ("communities", "0007_reading_first"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="amendment", name="handed_in_at", field=models.DateTimeField(editable=False, null=True)
        ),
        migrations.AddField(
            model_name="amendment",
            name="handed_in_by",
            field=models.ForeignKey(
                settings.AUTH_USER_MODEL,
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
            ),
        ),
        migrations.AddIndex(
            model_name="amendment",
            index=models.Index(
                fields=["community"], condition=Q(handed_in_at__isnull=False), name="amendment_handed_in"
            ),
        ),
        migrations.AddConstraint(
            model_name="amendment",
            constraint=models.CheckConstraint(
                condition=Q(handed_in_at=None, handed_in_by=None)
                | Q(handed_in_at__isnull=False, handed_in_by__isnull=False),
                name="amendment_handed_in_at_has_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="amendment",
            constraint=models.CheckConstraint(
                condition=Q(handed_in_at=None) | Q(status__in=["draft", "returned"]),
                name="amendment_handed_in_is_editable",
            ),
        ),
    ]
