"""Trusted communities: docs/adr/0046."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0007_reading_first"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="community",
            name="trusted_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="community",
            name="trusted_by",
            field=models.ForeignKey(
                settings.AUTH_USER_MODEL,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
            ),
        ),
        migrations.AddConstraint(
            model_name="community",
            constraint=models.CheckConstraint(
                condition=Q(trusted_at=None, trusted_by=None)
                | Q(trusted_at__isnull=False, trusted_by__isnull=False),
                name="community_trusted_at_has_by",
            ),
        ),
    ]
