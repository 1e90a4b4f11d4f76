"""Appeals against rejections: docs/adr/0045."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q


def person() -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        db_index=False,
        editable=False,
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("replies", "0002_replaced_requests"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="reply", name="appealed_at", field=models.DateTimeField(editable=False, null=True)
        ),
        migrations.AddField(model_name="reply", name="appealed_by", field=person()),
        migrations.AddField(model_name="reply", name="appealed_against", field=person()),
        migrations.AddConstraint(
            model_name="reply",
            constraint=models.CheckConstraint(
                condition=Q(appealed_at=None, appealed_by=None, appealed_against=None)
                | Q(appealed_at__isnull=False, appealed_by__isnull=False, appealed_against__isnull=False),
                name="reply_appealed_at_has_by",
            ),
        ),
    ]
