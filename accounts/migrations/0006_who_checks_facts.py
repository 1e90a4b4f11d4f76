"""Whether KIM may check facts: a setting of each office, inherited where it says nothing."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_staged_accounts")]

    operations = [
        migrations.AddField(
            model_name="office",
            name="kim_check_facts",
            field=models.BooleanField(blank=True, null=True, verbose_name="KIM may check facts"),
        ),
    ]
