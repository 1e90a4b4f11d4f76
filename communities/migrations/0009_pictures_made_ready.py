"""Logos and group photos are made ready by a worker."""

import communities.pictures
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0008_trust"),
    ]

    operations = [
        migrations.AddField(
            model_name="picture",
            name="claimed_until",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="picture",
            name="has_all_formats",
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.AddField(
            model_name="picture",
            name="original",
            field=models.FileField(
                blank=True,
                db_default="",
                default="",
                editable=False,
                upload_to=communities.pictures.original_path,
            ),
        ),
        migrations.AddField(
            model_name="picture",
            name="refusal",
            field=models.CharField(db_default="", default="", editable=False, max_length=8),
        ),
        migrations.AddField(
            model_name="picture",
            name="state",
            field=models.CharField(
                choices=[
                    ("waiting", "is being made ready"),
                    ("ready", "ready"),
                    ("refused", "cannot be shown"),
                ],
                db_default="ready",
                default="ready",
                editable=False,
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="picture",
            name="tries",
            field=models.PositiveSmallIntegerField(db_default=0, default=0, editable=False),
        ),
        migrations.AddIndex(
            model_name="picture",
            index=models.Index(
                condition=models.Q(("state", "waiting")), fields=["id"], name="picture_waiting"
            ),
        ),
        migrations.AddConstraint(
            model_name="picture",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["waiting", "ready", "refused"])), name="picture_state_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="picture",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "refused"), models.Q(("refusal", ""), _negated=True)),
                    models.Q(models.Q(("state", "refused"), _negated=True), ("refusal", "")),
                    _connector="OR",
                ),
                name="picture_refused_with_reason",
            ),
        ),
    ]
