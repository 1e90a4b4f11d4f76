"""Attempts at a mail are counted by mailing. The column stays for the release before, which still writes it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("imports", "0002_forgotten")]

    operations = [
        migrations.AlterField(
            model_name="pageclaim",
            name="attempts",
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.RemoveField(model_name="pageclaim", name="attempts")]
        ),
    ]
