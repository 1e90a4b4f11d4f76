"""News that is approved before its time: when its time comes, its followers are told."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

import activity.actions
from articles.models import Article

PUBLISH = "article.publish"
LABELS = {PUBLISH: _("Published at the time set")}
AT_ONCE = 500


def announce_due() -> int:
    """Note of each article whose time has come that it is published; answers how many. Twice does no harm.

    What is withdrawn meanwhile stays silent until it is restored.
    """
    due = Article.objects.public().filter(awaits_its_time=True).order_by("published_at")
    return sum(_announce(pk) for pk in list(due.values_list("pk", flat=True)[:AT_ONCE]))


@transaction.atomic
def _announce(pk: int) -> bool:
    waiting = Article.objects.public().filter(pk=pk, awaits_its_time=True)
    article = waiting.select_related("region").select_for_update(of=("self",), skip_locked=True).first()
    if article is None:
        return False
    article.awaits_its_time = False
    article.save(update_fields=["awaits_its_time"])
    activity.actions.record(PUBLISH, article, by=None, region=article.region)
    return True
