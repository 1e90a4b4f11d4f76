"""Photos that an amendment would add: docs/adr/0047."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("articles", "0018_hand_in_amendments")]

    operations = [
        migrations.AlterField(
            model_name="photo",
            name="article",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="photos",
                to="articles.article",
            ),
        ),
        migrations.AddField(
            model_name="photo",
            name="amendment",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="photos",
                to="articles.amendment",
            ),
        ),
        migrations.AddConstraint(
            model_name="photo",
            constraint=models.UniqueConstraint(
                condition=Q(amendment__isnull=False),
                fields=("amendment", "fingerprint"),
                name="photo_once_an_amendment",
            ),
        ),
        migrations.AddConstraint(
            model_name="photo",
            constraint=models.CheckConstraint(
                condition=Q(article__isnull=False, amendment=None) | Q(article=None, amendment__isnull=False),
                name="photo_of_article_or_amendment",
            ),
        ),
        migrations.AddField(
            model_name="publicchange",
            name="photos_added",
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
    ]
