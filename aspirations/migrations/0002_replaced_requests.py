from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("aspirations", "0001_aspirations")]

    operations = [
        migrations.AddField(
            model_name="request",
            name="is_replaced",
            # The release before writes rows too, and does not know it.
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
