"""Whether managers read before the office does: docs/adr/0053."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("communities", "0006_cited_rules")]

    operations = [
        migrations.AddField(
            model_name="community",
            name="is_read_first",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text=(
                    "What a member sends then goes to the managers first: they send it on, or give it back."
                ),
                verbose_name="managers read everything before the office does",
            ),
        ),
    ]
