from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("events", "0002_decided")]

    operations = [
        migrations.AddField(
            model_name="event",
            name="decision_rule",
            field=models.CharField(blank=True, db_default="", default="", editable=False, max_length=20),
        ),
        migrations.AddField(
            model_name="event",
            name="is_title_hidden",
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=Q(is_title_hidden=False) | Q(status="suspended"),
                name="event_hidden_is_withdrawn",
            ),
        ),
    ]
