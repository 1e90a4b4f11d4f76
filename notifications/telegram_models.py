"""Which chat with the bot belongs to whom."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from notifications.kinds import Kind


def all_kinds() -> list[str]:
    """What a new link lets through: everything."""
    return list(Kind.values)


class TelegramLink(models.Model):
    """The chat of one person, and what may be said there."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="telegram_link"
    )
    chat_id = models.BigIntegerField(_("chat"), unique=True)
    kinds = ArrayField(models.CharField(max_length=12, choices=Kind), default=all_kinds, blank=True)
    linked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("link to Telegram")
        verbose_name_plural = _("links to Telegram")
        constraints = [
            models.CheckConstraint(condition=Q(kinds__contained_by=Kind.values), name="telegram_kinds_known")
        ]

    def __str__(self) -> str:
        return f"{self.user_id}"


class TelegramTicket(models.Model):
    """That a person is about to link a chat: what the deep link carries, as its digest only. For one use."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("ticket to Telegram")
        verbose_name_plural = _("tickets to Telegram")

    def __str__(self) -> str:
        return f"{self.user_id}"
