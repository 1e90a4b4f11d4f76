"""Changes of what is published: docs/adr/0047."""

import django.core.serializers.json
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0010_number_photos"),
        ("communities", "0006_cited_rules"),
        ("regions", "0002_region_succession"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="article",
            name="amended_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.CreateModel(
            name="Amendment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Waiting"),
                            ("returned", "Needs repair"),
                            ("approved", "Published"),
                            ("rejected", "Rejected"),
                            ("suspended", "Withdrawn"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("form_key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("submitted_at", models.DateTimeField(editable=False, null=True)),
                ("due_at", models.DateTimeField(editable=False, null=True)),
                ("decided_at", models.DateTimeField(editable=False, null=True)),
                ("decision_reason", models.TextField(blank=True, editable=False)),
                (
                    "decision_rule",
                    models.CharField(blank=True, db_default="", default="", editable=False, max_length=20),
                ),
                ("is_title_hidden", models.BooleanField(db_default=False, default=False, editable=False)),
                ("appealed_at", models.DateTimeField(editable=False, null=True)),
                (
                    "nature",
                    models.CharField(
                        choices=[
                            ("correction", "Correction: something in it was wrong"),
                            ("update", "Update: something new is added"),
                            ("slip", "Typing slip: a few letters, nothing of what it says"),
                        ],
                        default="correction",
                        max_length=12,
                        verbose_name="kind of change",
                    ),
                ),
                (
                    "was_wrong",
                    models.TextField(
                        blank=True,
                        help_text="One sentence; readers see it. Do not repeat a name that should not have stood there.",
                        max_length=1000,
                        verbose_name="what was wrong",
                    ),
                ),
                (
                    "is_right",
                    models.TextField(
                        blank=True,
                        help_text="One sentence; readers see it.",
                        max_length=1000,
                        verbose_name="what is right",
                    ),
                ),
                (
                    "is_before_hidden",
                    models.BooleanField(
                        default=False,
                        help_text="When they name a child or a victim, or show somebody's private data.",
                        verbose_name="Do not show readers the old words",
                    ),
                ),
                ("title", models.CharField(max_length=160, verbose_name="title")),
                ("lead", models.TextField(max_length=600, verbose_name="lead")),
                ("body", models.TextField(max_length=200000, verbose_name="body")),
                ("category", models.CharField(max_length=20, verbose_name="category")),
                ("dateline", models.CharField(max_length=60, verbose_name="dateline")),
                ("source", models.CharField(max_length=12, verbose_name="source")),
                (
                    "place",
                    models.CharField(
                        blank=True, default="", max_length=120, verbose_name="place of what happened"
                    ),
                ),
                ("byline", models.CharField(blank=True, default="", max_length=80, verbose_name="byline")),
                (
                    "photo_words",
                    models.JSONField(
                        default=dict, editable=False, encoder=django.core.serializers.json.DjangoJSONEncoder
                    ),
                ),
                (
                    "base",
                    models.JSONField(
                        default=dict, editable=False, encoder=django.core.serializers.json.DjangoJSONEncoder
                    ),
                ),
                (
                    "appealed_against",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "appealed_by",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="amendments",
                        to="articles.article",
                    ),
                ),
                (
                    "community",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="amendments",
                        to="communities.community",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="amendments_created",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="regions.region",
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "amendment",
                "verbose_name_plural": "amendments",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PublicChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "nature",
                    models.CharField(
                        choices=[
                            ("correction", "Correction: something in it was wrong"),
                            ("update", "Update: something new is added"),
                            ("slip", "Typing slip: a few letters, nothing of what it says"),
                        ],
                        max_length=12,
                    ),
                ),
                ("was_wrong", models.TextField(blank=True)),
                ("is_right", models.TextField(blank=True)),
                ("is_before_hidden", models.BooleanField(default=False)),
                ("before", models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ("after", models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "amendment",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="public_change",
                        to="articles.amendment",
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="public_changes",
                        to="articles.article",
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "corrects",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="corrected_by",
                        to="articles.publicchange",
                    ),
                ),
            ],
            options={
                "verbose_name": "public change",
                "verbose_name_plural": "public changes",
            },
        ),
        migrations.AddField(
            model_name="amendment",
            name="corrects",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="articles.publicchange",
                verbose_name="corrects an earlier correction",
            ),
        ),
        migrations.AddIndex(
            model_name="publicchange",
            index=models.Index(fields=["article", "-id"], name="publicchange_of_article"),
        ),
        migrations.AddConstraint(
            model_name="publicchange",
            constraint=models.CheckConstraint(
                condition=models.Q(("nature__in", ["correction", "update", "slip"])),
                name="publicchange_nature_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="publicchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("nature", "correction"), _negated=True),
                    models.Q(
                        models.Q(("was_wrong", ""), _negated=True), models.Q(("is_right", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="publicchange_correction_says_what",
            ),
        ),
        migrations.AddIndex(
            model_name="amendment",
            index=models.Index(
                condition=models.Q(("status", "submitted")),
                fields=["region", "due_at"],
                name="amendment_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="amendment",
            index=models.Index(fields=["decided_at"], name="amendment_decided"),
        ),
        migrations.AddConstraint(
            model_name="amendment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["draft", "submitted", "returned", "approved", "rejected", "suspended"])
                ),
                name="amendment_status_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="amendment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("due_at", None), ("submitted_at", None), ("submitted_by", None)),
                    models.Q(
                        ("due_at__isnull", False),
                        ("submitted_at__isnull", False),
                        ("submitted_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="amendment_submitted_at_has_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="amendment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at", None), ("decided_by", None)),
                    models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                    _connector="OR",
                ),
                name="amendment_decided_at_has_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="amendment",
            constraint=models.CheckConstraint(
                condition=models.Q(("status", "draft"), ("submitted_at__isnull", False), _connector="OR"),
                name="amendment_past_draft_was_submitted",
            ),
        ),
        migrations.AddConstraint(
            model_name="amendment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["draft", "submitted"]), ("decided_at__isnull", False), _connector="OR"
                ),
                name="amendment_decision_has_decider",
            ),
        ),
        migrations.AddConstraint(
            model_name="amendment",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_title_hidden", False), ("status", "suspended"), _connector="OR"),
                name="amendment_hidden_is_withdrawn",
            ),
        ),
        migrations.AddConstraint(
            model_name="amendment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("appealed_against", None), ("appealed_at", None), ("appealed_by", None)),
                    models.Q(
                        ("appealed_against__isnull", False),
                        ("appealed_at__isnull", False),
                        ("appealed_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="amendment_appealed_at_has_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="amendment",
            constraint=models.CheckConstraint(
                condition=models.Q(("nature__in", ["correction", "update", "slip"])),
                name="amendment_nature_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="amendment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status__in", ("draft", "submitted", "returned"))),
                fields=("article",),
                name="amendment_one_open",
            ),
        ),
    ]
