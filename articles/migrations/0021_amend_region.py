"""The region of what happened, where an amendment changes it: docs/adr/0047."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0020_leave_amended_photos"), ("regions", "0002_region_succession")]

    operations = [
        migrations.AddField(
            model_name="amendment",
            name="happened_in",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="regions.region",
                verbose_name="region of what happened",
            ),
        ),
    ]
