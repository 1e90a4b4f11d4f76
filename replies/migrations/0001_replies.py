"""Right of reply: what people named in the news answer."""

import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("articles", "0006_writing"),
        ("communities", "0006_cited_rules"),
        ("regions", "0002_region_succession"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Reply",
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
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("relation", models.CharField(max_length=160, verbose_name="who you are in this matter")),
                (
                    "passage",
                    models.TextField(blank=True, max_length=600, verbose_name="what the article says"),
                ),
                ("text", models.TextField(max_length=5000, verbose_name="your reply")),
                ("published_at", models.DateTimeField(editable=False, null=True)),
                (
                    "article",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replies",
                        to="articles.article",
                    ),
                ),
                (
                    "community",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="communities.community",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(app_label)s_created",
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
                "verbose_name": "right of reply",
                "verbose_name_plural": "rights of reply",
                "abstract": False,
                "indexes": [
                    models.Index(
                        condition=models.Q(("status", "submitted")),
                        fields=["region", "due_at"],
                        name="reply_waiting",
                    ),
                    models.Index(
                        condition=models.Q(("status", "approved")),
                        fields=["-published_at", "-id"],
                        name="reply_newest",
                    ),
                    models.Index(
                        condition=models.Q(("status", "approved")),
                        fields=["region", "-published_at"],
                        name="reply_newest_in_region",
                    ),
                    models.Index(fields=["decided_at"], name="reply_decided"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                ["draft", "submitted", "returned", "approved", "rejected", "suspended"],
                            )
                        ),
                        name="reply_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("due_at", None), ("submitted_at", None), ("submitted_by", None)),
                            models.Q(
                                ("due_at__isnull", False),
                                ("submitted_at__isnull", False),
                                ("submitted_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="reply_submitted_at_has_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decided_by", None)),
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="reply_decided_at_has_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "draft"), ("submitted_at__isnull", False), _connector="OR"
                        ),
                        name="reply_past_draft_was_submitted",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["draft", "submitted"]),
                            ("decided_at__isnull", False),
                            _connector="OR",
                        ),
                        name="reply_decision_has_decider",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_title_hidden", False), ("status", "suspended"), _connector="OR"
                        ),
                        name="reply_hidden_is_withdrawn",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["approved", "suspended"]), _negated=True),
                            ("published_at__isnull", False),
                            _connector="OR",
                        ),
                        name="reply_approved_has_time",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ["submitted", "returned"])),
                        fields=("article", "created_by"),
                        name="reply_one_open",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Request",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("relation", models.CharField(max_length=160, verbose_name="who you are in this matter")),
                (
                    "passage",
                    models.TextField(blank=True, max_length=600, verbose_name="what the article says"),
                ),
                ("text", models.TextField(max_length=5000, verbose_name="your reply")),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail address")),
                ("form_key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "language",
                    models.CharField(
                        choices=[("id", "Indonesian"), ("en", "English")], default="id", max_length=7
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("mailed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "article",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="articles.article",
                    ),
                ),
            ],
            options={
                "verbose_name": "reply to be confirmed",
                "verbose_name_plural": "replies to be confirmed",
                "indexes": [
                    models.Index(fields=["email", "created_at"], name="reply_request_of_address"),
                    models.Index(fields=["created_at"], name="reply_request_age"),
                ],
            },
        ),
    ]
