"""What is public before its review: docs/adr/0046."""

from django.db import migrations, models
from django.db.models import Q

DECIDED = Q(status__in=["draft", "submitted"]) | Q(decided_at__isnull=False)


class Migration(migrations.Migration):
    dependencies = [("articles", "0013_handed_in")]

    operations = [
        migrations.AddField(
            model_name="article",
            name="is_unreviewed",
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.RemoveConstraint(model_name="article", name="article_decision_has_decider"),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=DECIDED | Q(is_unreviewed=True), name="article_decision_has_decider"
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=Q(is_unreviewed=False) | Q(status="approved", decided_at=None),
                name="article_unreviewed_is_public",
            ),
        ),
    ]
