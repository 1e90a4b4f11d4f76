"""The newest decisions on registrations, of all Indonesia."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0004_forum"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="community",
            index=models.Index(fields=["decided_at"], name="community_decided"),
        ),
    ]
