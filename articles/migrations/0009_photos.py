"""Photos are made ready by a worker, have numbers, and arrive piece by piece."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import communities.pictures


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0008_appeals"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Upload",
            fields=[
                ("key", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("size", models.PositiveIntegerField()),
                ("received", models.PositiveIntegerField(default=0)),
                ("begun_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name": "photo on its way",
                "verbose_name_plural": "photos on their way",
            },
        ),
        migrations.AlterModelOptions(
            name="photo",
            options={
                "ordering": [models.OrderBy(models.F("number"), nulls_last=True), "pk"],
                "verbose_name": "photo",
                "verbose_name_plural": "photos",
            },
        ),
        migrations.AddField(
            model_name="photo",
            name="claimed_until",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="photo",
            name="has_all_formats",
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.AddField(
            model_name="photo",
            name="number",
            field=models.PositiveSmallIntegerField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="photo",
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
            model_name="photo",
            name="refusal",
            field=models.CharField(db_default="", default="", editable=False, max_length=8),
        ),
        migrations.AddField(
            model_name="photo",
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
            model_name="photo",
            name="tries",
            field=models.PositiveSmallIntegerField(db_default=0, default=0, editable=False),
        ),
        migrations.AddConstraint(
            model_name="photo",
            constraint=models.UniqueConstraint(fields=("article", "number"), name="photo_number_once"),
        ),
        migrations.AddConstraint(
            model_name="photo",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["waiting", "ready", "refused"])), name="photo_state_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="photo",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "refused"), models.Q(("refusal", ""), _negated=True)),
                    models.Q(models.Q(("state", "refused"), _negated=True), ("refusal", "")),
                    _connector="OR",
                ),
                name="photo_refused_with_reason",
            ),
        ),
        migrations.AddField(
            model_name="upload",
            name="uploaded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddIndex(
            model_name="upload",
            index=models.Index(fields=["uploaded_by"], name="upload_of_person"),
        ),
        migrations.AddIndex(
            model_name="upload",
            index=models.Index(fields=["begun_at"], name="upload_begun"),
        ),
        migrations.AddConstraint(
            model_name="upload",
            constraint=models.CheckConstraint(
                condition=models.Q(("received__lte", models.F("size"))), name="upload_not_more_than_whole"
            ),
        ),
    ]
