"""What stood when a month ended."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("figures", "0001_figures")]

    operations = [
        migrations.CreateModel(
            name="Snapshot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("place", models.CharField(blank=True, db_collation="C", editable=False, max_length=13)),
                ("period", models.CharField(editable=False, max_length=7)),
                ("numbers", models.JSONField(editable=False)),
                ("taken_at", models.DateTimeField(editable=False)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("period", "place"), name="snapshot_once"),
                    models.CheckConstraint(
                        condition=models.Q(("period__regex", "^[0-9]{4}-(0[1-9]|1[0-2])$")),
                        name="snapshot_of_a_month",
                    ),
                ],
            },
        ),
    ]
