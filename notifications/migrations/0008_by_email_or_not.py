"""E-mail about one thing is ended by the link of a mail; other ways stay as they are."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notifications", "0007_devices_and_telegram")]

    operations = [
        migrations.AddField(
            model_name="subscription",
            name="by_email",
            field=models.BooleanField(db_default=True, default=True, verbose_name="by e-mail too"),
        ),
    ]
