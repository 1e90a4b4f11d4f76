"""When a community may be trusted to publish first: docs/adr/0046."""

import django.core.validators
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_who_checks_facts")]

    operations = [
        migrations.AddField(
            model_name="office",
            name="trust_items",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(100),
                ],
                verbose_name="items approved unchanged until a community may publish first",
            ),
        ),
        migrations.AddField(
            model_name="office",
            name="trust_days",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(7),
                    django.core.validators.MaxValueValidator(365),
                ],
                verbose_name="days in which these items were approved",
            ),
        ),
        migrations.AddConstraint(
            model_name="office",
            constraint=models.CheckConstraint(
                condition=Q(trust_items=None) | Q(trust_items__range=(1, 100)), name="office_trust_items_sane"
            ),
        ),
        migrations.AddConstraint(
            model_name="office",
            constraint=models.CheckConstraint(
                condition=Q(trust_days=None) | Q(trust_days__range=(7, 365)), name="office_trust_days_sane"
            ),
        ),
    ]
