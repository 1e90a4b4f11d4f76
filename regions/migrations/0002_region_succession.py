"""What became of a region that a decree has closed."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("regions", "0001_regions"),)

    operations = (
        migrations.CreateModel(
            name="RegionSuccession",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_default", models.BooleanField(default=True)),
                ("decree", models.CharField(max_length=120)),
                ("noted_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "new",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="predecessions",
                        to="regions.region",
                    ),
                ),
                (
                    "old",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="successions",
                        to="regions.region",
                    ),
                ),
            ],
            options={
                "verbose_name": "change of a region",
                "verbose_name_plural": "changes of regions",
                "constraints": [
                    models.UniqueConstraint(fields=("old", "new"), name="region_follows_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("is_default", True)),
                        fields=("old",),
                        name="region_has_one_default_successor",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("old", models.F("new")), _negated=True),
                        name="region_does_not_follow_itself",
                    ),
                ],
            },
        ),
    )
