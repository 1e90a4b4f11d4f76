"""Forum KIM: a fifth kind with a region of its own level, and the communities that belong to it."""

import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

# A check looks at one row; that a forum has communities as members, and no forum, is a matter of three.
GUARD = """
CREATE FUNCTION forum_has_communities() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM communities_community WHERE id = NEW.forum_id AND kind = 'forum')
        OR EXISTS (SELECT FROM communities_community WHERE id = NEW.community_id AND kind = 'forum')
    THEN
        RAISE EXCEPTION 'a forum has communities as members, and no forum' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER forum_has_communities BEFORE INSERT OR UPDATE OF forum_id, community_id
    ON communities_forummembership FOR EACH ROW EXECUTE FUNCTION forum_has_communities();
"""
UNGUARD = """
DROP TRIGGER forum_has_communities ON communities_forummembership;
DROP FUNCTION forum_has_communities();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0003_last_signs"),
        ("regions", "0001_regions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ForumMembership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_invitation", models.BooleanField()),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("accepted_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "membership of a forum",
                "verbose_name_plural": "memberships of forums",
            },
        ),
        migrations.RemoveConstraint(
            model_name="changerequest",
            name="changerequest_to_a_village",
        ),
        migrations.RemoveConstraint(
            model_name="community",
            name="community_kind_known",
        ),
        migrations.RemoveConstraint(
            model_name="community",
            name="community_lives_in_a_village",
        ),
        migrations.AlterField(
            model_name="community",
            name="kind",
            field=models.CharField(
                choices=[
                    ("kim", "KIM (community information group)"),
                    ("traditional_media", "Traditional media group"),
                    ("content_creators", "Positive content creators"),
                    ("strategic_group", "Strategic group"),
                    ("forum", "Forum KIM"),
                ],
                default="kim",
                max_length=20,
                verbose_name="kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="changerequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    django.db.models.lookups.Exact(django.db.models.functions.text.Length("village"), 8),
                    _negated=True,
                ),
                name="changerequest_to_no_district",
            ),
        ),
        migrations.AddConstraint(
            model_name="community",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["kim", "traditional_media", "content_creators", "strategic_group", "forum"])
                ),
                name="community_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="community",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind", "forum"),
                        models.Q(
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("region"), 2
                            ),
                            django.db.models.lookups.Exact(
                                django.db.models.functions.text.Length("region"), 5
                            ),
                            _connector="OR",
                        ),
                    ),
                    models.Q(
                        models.Q(("kind", "forum"), _negated=True),
                        django.db.models.lookups.Exact(django.db.models.functions.text.Length("region"), 13),
                    ),
                    _connector="OR",
                ),
                name="community_region_fits_kind",
            ),
        ),
        migrations.AddField(
            model_name="forummembership",
            name="accepted_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="forummembership",
            name="asked_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="forummembership",
            name="community",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="forum_memberships",
                to="communities.community",
            ),
        ),
        migrations.AddField(
            model_name="forummembership",
            name="ended_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="forummembership",
            name="forum",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="forum_members",
                to="communities.community",
            ),
        ),
        migrations.AddIndex(
            model_name="forummembership",
            index=models.Index(
                condition=models.Q(("ended_at", None)),
                fields=["forum", "community"],
                name="forummembership_current",
            ),
        ),
        migrations.AddConstraint(
            model_name="forummembership",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("community", "forum"),
                name="forummembership_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="forummembership",
            constraint=models.CheckConstraint(
                condition=models.Q(("forum", models.F("community")), _negated=True),
                name="forummembership_of_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="forummembership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("accepted_at", None), ("accepted_by", None)),
                    models.Q(("accepted_at__isnull", False), ("accepted_by__isnull", False)),
                    _connector="OR",
                ),
                name="forummembership_accepted_at_has_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="forummembership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at", None), ("ended_by", None)),
                    models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                    _connector="OR",
                ),
                name="forummembership_ended_at_has_by",
            ),
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
