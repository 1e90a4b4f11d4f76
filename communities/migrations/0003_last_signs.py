"""When each verified community last published something, for those that were verified before this was kept."""

from django.db import migrations
from django.db.models import Max, OuterRef, Subquery
from django.db.models.functions import Greatest


def fill_in(apps, schema_editor):
    """The latest of its verification, its articles and its events; Greatest passes over what is empty."""
    community = apps.get_model("communities", "Community")

    def latest(app, model):
        items = apps.get_model(app, model).objects.filter(
            community=OuterRef("pk"), published_at__isnull=False
        )
        return Subquery(
            items.order_by().values("community").annotate(last=Max("published_at")).values("last")
        )

    community.objects.filter(verified_at__isnull=False, active_at=None).update(
        active_at=Greatest("verified_at", latest("articles", "Article"), latest("events", "Event"))
    )


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0002_life"),
        ("articles", "0001_articles"),
        ("events", "0001_events"),
    ]

    operations = [migrations.RunPython(fill_in, migrations.RunPython.noop)]
