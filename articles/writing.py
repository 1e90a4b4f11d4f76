"""What is kept of an article while it is written: its saved versions, and who writes now."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Revision(models.Model):
    """An article's words as somebody saved them. Only articles.revisions writes it."""

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="revisions")
    content = models.JSONField(encoder=DjangoJSONEncoder)
    begun_at = models.DateTimeField(default=timezone.now)
    saved_at = models.DateTimeField(default=timezone.now)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # The opened page that saved it: what it saves by itself, minute after minute, is one version.
    saved_by_page = models.UUIDField(null=True)
    # Saved with a button, so that it is kept; else the page saved it by itself.
    is_marked = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("saved version")
        verbose_name_plural = _("saved versions")
        constraints = [
            models.CheckConstraint(condition=Q(saved_at__gte=F("begun_at")), name="revision_saved_later"),
        ]
        indexes = [
            models.Index(fields=["article", "-id"], name="revision_of_article"),
            models.Index(fields=["saved_at"], condition=Q(is_marked=False), name="revision_by_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.article_id}/{self.pk}"


class TurnQuerySet(models.QuerySet):
    """Questions about turns."""

    def live(self) -> Self:
        """Those that have not lapsed."""
        return self.filter(lapses_at__gt=timezone.now())


class Turn(models.Model):
    """Who writes an article now, so that no two do at once. Lapses by itself; see articles.turns."""

    article = models.OneToOneField(
        "articles.Article", on_delete=models.CASCADE, primary_key=True, related_name="turn"
    )
    writer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField(default=timezone.now)
    lapses_at = models.DateTimeField()

    objects = TurnQuerySet.as_manager()

    class Meta:
        verbose_name = _("turn of writing")
        verbose_name_plural = _("turns of writing")
        constraints = [
            models.CheckConstraint(condition=Q(lapses_at__gt=F("since")), name="turn_lapses_later"),
        ]

    def __str__(self) -> str:
        return f"{self.article_id}"
