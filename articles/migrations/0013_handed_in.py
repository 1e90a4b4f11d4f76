"""What members hand in to their managers: docs/adr/0053."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0012_choose_region"),
        ("communities", "0007_reading_first"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="article", name="handed_in_at", field=models.DateTimeField(editable=False, null=True)
        ),
        migrations.AddField(
            model_name="article",
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
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=Q(handed_in_at=None, handed_in_by=None)
                | Q(handed_in_at__isnull=False, handed_in_by__isnull=False),
                name="article_handed_in_at_has_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=Q(handed_in_at=None) | Q(status__in=["draft", "returned"]),
                name="article_handed_in_is_editable",
            ),
        ),
    ]
