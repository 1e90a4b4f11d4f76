"""Checks of claims: what is said, what was found, by whom."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
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
            name="FactCheck",
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
                    "title",
                    models.CharField(
                        help_text="What you found, in one line.", max_length=160, verbose_name="title"
                    ),
                ),
                ("slug", models.SlugField(editable=False, max_length=80)),
                ("published_at", models.DateTimeField(editable=False, null=True)),
                (
                    "claim_text",
                    models.TextField(
                        help_text="What is said, in the words in which it goes round.",
                        max_length=600,
                        verbose_name="claim",
                    ),
                ),
                (
                    "claimant",
                    models.CharField(
                        blank=True,
                        help_text="A person or an account, where it is known.",
                        max_length=160,
                        verbose_name="who says it",
                    ),
                ),
                ("seen_on", models.DateField(blank=True, null=True, verbose_name="first seen on")),
                (
                    "spread",
                    models.CharField(
                        help_text="For example WhatsApp groups in Sekayu, Facebook.",
                        max_length=300,
                        verbose_name="where it spread",
                    ),
                ),
                (
                    "links",
                    models.TextField(
                        blank=True,
                        help_text="Where it can be seen: a web address on each line, ten at most.",
                        max_length=3000,
                        verbose_name="links to it",
                    ),
                ),
                (
                    "finding",
                    models.CharField(
                        choices=[
                            ("true", "True"),
                            ("hoax", "Hoax"),
                            ("disinformation", "Disinformation"),
                            ("misinformation", "Misinformation"),
                            ("unproven", "Not proven"),
                        ],
                        max_length=16,
                        verbose_name="finding",
                    ),
                ),
                (
                    "summary",
                    models.TextField(
                        help_text="What is right, in one or two sentences to pass on.",
                        max_length=400,
                        verbose_name="in short",
                    ),
                ),
                (
                    "body",
                    models.TextField(
                        help_text="Step by step, so that others can do the same. Leave an empty line between paragraphs.",
                        max_length=100000,
                        verbose_name="how it was checked",
                    ),
                ),
                (
                    "sources",
                    models.TextField(
                        help_text="One on each line: who said it or where it stands, with its web address if it has one.",
                        max_length=4000,
                        verbose_name="sources",
                    ),
                ),
                (
                    "checker",
                    models.CharField(
                        blank=True,
                        help_text="Empty: the name of your account.",
                        max_length=80,
                        verbose_name="checked by",
                    ),
                ),
                (
                    "search",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.contrib.postgres.search.CombinedSearchVector(
                            django.contrib.postgres.search.CombinedSearchVector(
                                django.contrib.postgres.search.CombinedSearchVector(
                                    django.contrib.postgres.search.CombinedSearchVector(
                                        django.contrib.postgres.search.CombinedSearchVector(
                                            django.contrib.postgres.search.CombinedSearchVector(
                                                django.contrib.postgres.search.CombinedSearchVector(
                                                    django.contrib.postgres.search.SearchVector(
                                                        "title", config="indonesian", weight="A"
                                                    ),
                                                    "||",
                                                    django.contrib.postgres.search.SearchVector(
                                                        "claim_text", config="indonesian", weight="A"
                                                    ),
                                                    django.contrib.postgres.search.SearchConfig("indonesian"),
                                                ),
                                                "||",
                                                django.contrib.postgres.search.SearchVector(
                                                    "summary", config="indonesian", weight="B"
                                                ),
                                                django.contrib.postgres.search.SearchConfig("indonesian"),
                                            ),
                                            "||",
                                            django.contrib.postgres.search.SearchVector(
                                                "body", config="indonesian", weight="C"
                                            ),
                                            django.contrib.postgres.search.SearchConfig("indonesian"),
                                        ),
                                        "||",
                                        django.contrib.postgres.search.SearchVector(
                                            "title", config="simple", weight="A"
                                        ),
                                        django.contrib.postgres.search.SearchConfig("indonesian"),
                                    ),
                                    "||",
                                    django.contrib.postgres.search.SearchVector(
                                        "claim_text", config="simple", weight="A"
                                    ),
                                    django.contrib.postgres.search.SearchConfig("indonesian"),
                                ),
                                "||",
                                django.contrib.postgres.search.SearchVector(
                                    "summary", config="simple", weight="B"
                                ),
                                django.contrib.postgres.search.SearchConfig("indonesian"),
                            ),
                            "||",
                            django.contrib.postgres.search.SearchVector("body", config="simple", weight="C"),
                            django.contrib.postgres.search.SearchConfig("indonesian"),
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
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
                    "articles",
                    models.ManyToManyField(
                        editable=False,
                        related_name="fact_checks",
                        to="articles.article",
                        verbose_name="articles that it touches",
                    ),
                ),
                (
                    "community",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="fact_checks",
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
                    "kept_from",
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
                "verbose_name": "fact check",
                "verbose_name_plural": "fact checks",
                "abstract": False,
                "indexes": [
                    models.Index(
                        condition=models.Q(("status", "submitted")),
                        fields=["region", "due_at"],
                        name="factcheck_waiting",
                    ),
                    models.Index(
                        condition=models.Q(("status", "approved")),
                        fields=["-published_at", "-id"],
                        name="factcheck_newest",
                    ),
                    models.Index(
                        condition=models.Q(("status", "approved")),
                        fields=["region", "-published_at"],
                        name="factcheck_newest_in_region",
                    ),
                    models.Index(
                        condition=models.Q(("status", "approved")),
                        fields=["finding", "-published_at"],
                        name="factcheck_with_finding",
                    ),
                    models.Index(fields=["decided_at"], name="factcheck_decided"),
                    django.contrib.postgres.indexes.GinIndex(fields=["search"], name="factcheck_search"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                ["draft", "submitted", "returned", "approved", "rejected", "suspended"],
                            )
                        ),
                        name="factcheck_status_known",
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
                        name="factcheck_submitted_at_has_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decided_by", None)),
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="factcheck_decided_at_has_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "draft"), ("submitted_at__isnull", False), _connector="OR"
                        ),
                        name="factcheck_past_draft_was_submitted",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["draft", "submitted"]),
                            ("decided_at__isnull", False),
                            _connector="OR",
                        ),
                        name="factcheck_decision_has_decider",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_title_hidden", False), ("status", "suspended"), _connector="OR"
                        ),
                        name="factcheck_hidden_is_withdrawn",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("appealed_against", None), ("appealed_at", None), ("appealed_by", None)
                            ),
                            models.Q(
                                ("appealed_against__isnull", False),
                                ("appealed_at__isnull", False),
                                ("appealed_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="factcheck_appealed_at_has_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["approved", "suspended"]), _negated=True),
                            ("published_at__isnull", False),
                            _connector="OR",
                        ),
                        name="factcheck_approved_has_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("finding__in", ["true", "hoax", "disinformation", "misinformation", "unproven"]),
                            models.Q(("finding", ""), ("status__in", ["draft", "returned"])),
                            _connector="OR",
                        ),
                        name="factcheck_finding_known",
                    ),
                ],
            },
        ),
    ]
