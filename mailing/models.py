"""Mails that did not go out at the first try: when they are tried again, and which were given up."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SetbackQuerySet(models.QuerySet):
    """Questions about what did not go out."""

    def holding(self) -> Self:
        """Those that hold their mail back now: not yet due again, or given up."""
        return self.filter(Q(due_at__gt=timezone.now()) | Q(given_up_at__isnull=False))

    def dead(self) -> Self:
        """Those that were given up: the dead letters."""
        return self.filter(given_up_at__isnull=False)


class Setback(models.Model):
    """One mail that was not taken. It names the row that waits, never the address."""

    kind = models.CharField(_("kind"), max_length=20)
    about = models.BigIntegerField(_("about"))
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    # What went wrong last, without the address.
    said = models.CharField(_("last answer"), max_length=120, blank=True)
    began_at = models.DateTimeField(_("first tried"), default=timezone.now)
    due_at = models.DateTimeField(_("tried again"), default=timezone.now)
    given_up_at = models.DateTimeField(_("given up"), null=True, blank=True)

    objects = SetbackQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail that did not go out")
        verbose_name_plural = _("mails that did not go out")
        constraints = [models.UniqueConstraint(fields=["kind", "about"], name="setback_once_a_mail")]

    def __str__(self) -> str:
        return f"{self.kind}-{self.about}"
