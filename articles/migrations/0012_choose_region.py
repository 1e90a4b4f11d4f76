"""The region of what happened can be chosen; nothing changes in the database."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0011_amendments"), ("regions", "0001_regions")]

    operations = [
        migrations.AlterField(
            model_name="article",
            name="region",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="regions.region",
                verbose_name="region of what happened",
            ),
        ),
    ]
