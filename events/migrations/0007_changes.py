"""What becomes of published events: docs/adr/0054."""

import django.core.serializers.json
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0008_trust"),
        ("events", "0006_publishing_first"),
        ("regions", "0002_region_succession"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="EventChange",
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
                ("is_unreviewed", models.BooleanField(db_default=False, default=False, editable=False)),
                (
                    "nature",
                    models.CharField(
                        choices=[
                            ("moved", "Moved"),
                            ("cancelled", "Cancelled"),
                            ("resumed", "Takes place after all"),
                            ("reworded", "Reworded"),
                        ],
                        default="reworded",
                        editable=False,
                        max_length=10,
                        verbose_name="kind of change",
                    ),
                ),
                ("title", models.CharField(max_length=160, verbose_name="title")),
                ("text", models.TextField(max_length=10000, verbose_name="description")),
                (
                    "reason",
                    models.TextField(
                        blank=True,
                        help_text="One sentence; everybody can read it.",
                        max_length=500,
                        verbose_name="why",
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
                (
                    "before",
                    models.JSONField(
                        default=dict, editable=False, encoder=django.core.serializers.json.DjangoJSONEncoder
                    ),
                ),
                (
                    "after",
                    models.JSONField(
                        default=dict, editable=False, encoder=django.core.serializers.json.DjangoJSONEncoder
                    ),
                ),
            ],
            options={
                "verbose_name": "change of an event",
                "verbose_name_plural": "changes of events",
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="event",
            name="amended_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="event",
            name="cancelled_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="event",
            name="cancelled_by",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="event",
            name="sequence",
            field=models.PositiveIntegerField(db_default=0, default=0, editable=False),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("cancelled_at", None), ("cancelled_by", None)),
                    models.Q(("cancelled_at__isnull", False), ("cancelled_by__isnull", False)),
                    _connector="OR",
                ),
                name="event_cancelled_at_has_by",
            ),
        ),
        migrations.AddField(
            model_name="eventchange",
            name="community",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="communities.community",
            ),
        ),
        migrations.AddField(
            model_name="eventchange",
            name="created_by",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="event_changes",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="eventchange",
            name="decided_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="eventchange",
            name="event",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="changes",
                to="events.event",
            ),
        ),
        migrations.AddField(
            model_name="eventchange",
            name="region",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="regions.region",
            ),
        ),
        migrations.AddField(
            model_name="eventchange",
            name="submitted_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="eventchange",
            index=models.Index(
                condition=models.Q(("status", "submitted")),
                fields=["region", "due_at"],
                name="eventchange_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="eventchange",
            index=models.Index(
                condition=models.Q(("is_unreviewed", True)),
                fields=["region", "due_at"],
                name="eventchange_unreviewed",
            ),
        ),
        migrations.AddIndex(
            model_name="eventchange",
            index=models.Index(fields=["decided_at"], name="eventchange_decided"),
        ),
        migrations.AddConstraint(
            model_name="eventchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["draft", "submitted", "returned", "approved", "rejected", "suspended"])
                ),
                name="eventchange_status_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="eventchange",
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
                name="eventchange_submitted_at_has_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="eventchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at", None), ("decided_by", None)),
                    models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                    _connector="OR",
                ),
                name="eventchange_decided_at_has_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="eventchange",
            constraint=models.CheckConstraint(
                condition=models.Q(("status", "draft"), ("submitted_at__isnull", False), _connector="OR"),
                name="eventchange_past_draft_was_submitted",
            ),
        ),
        migrations.AddConstraint(
            model_name="eventchange",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_title_hidden", False), ("status", "suspended"), _connector="OR"),
                name="eventchange_hidden_is_withdrawn",
            ),
        ),
        migrations.AddConstraint(
            model_name="eventchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["draft", "submitted"]),
                    ("decided_at__isnull", False),
                    ("is_unreviewed", True),
                    _connector="OR",
                ),
                name="eventchange_decision_has_decider",
            ),
        ),
        migrations.AddConstraint(
            model_name="eventchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_unreviewed", False),
                    models.Q(("decided_at", None), ("status", "approved")),
                    _connector="OR",
                ),
                name="eventchange_unreviewed_is_public",
            ),
        ),
        migrations.AddConstraint(
            model_name="eventchange",
            constraint=models.CheckConstraint(
                condition=models.Q(("nature__in", ["moved", "cancelled", "resumed", "reworded"])),
                name="eventchange_nature_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="eventchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("nature", "cancelled"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="eventchange_cancelled_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="eventchange",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("nature", "reworded"), ("status__in", ("draft", "submitted", "returned"))
                ),
                fields=("event",),
                name="eventchange_one_open",
            ),
        ),
    ]
