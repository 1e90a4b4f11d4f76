from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("communities", "0005_decided")]

    operations = [
        migrations.AddField(
            model_name="community",
            name="decision_rule",
            field=models.CharField(blank=True, db_default="", default="", editable=False, max_length=20),
        ),
        migrations.AddField(
            model_name="community",
            name="is_title_hidden",
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.AddConstraint(
            model_name="community",
            constraint=models.CheckConstraint(
                condition=Q(is_title_hidden=False) | Q(status="suspended"),
                name="community_hidden_is_withdrawn",
            ),
        ),
        migrations.AddField(
            model_name="changerequest",
            name="decision_rule",
            field=models.CharField(blank=True, db_default="", default="", editable=False, max_length=20),
        ),
        migrations.AddField(
            model_name="changerequest",
            name="is_title_hidden",
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.AddConstraint(
            model_name="changerequest",
            constraint=models.CheckConstraint(
                condition=Q(is_title_hidden=False) | Q(status="suspended"),
                name="changerequest_hidden_is_withdrawn",
            ),
        ),
    ]
