from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("replies", "0001_replies")]

    operations = [
        migrations.AddField(
            model_name="request",
            name="is_replaced",
            # The release before writes rows too, and does not know it.
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
