"""Addresses that take no mail, and kinds that a person does not want by mail."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from notifications.kinds import Kind
from notifications.querysets import AddressStopQuerySet


class AddressStop(models.Model):
    """What mail servers said against one address; once it is stopped, nothing is sent there any more.

    By address and not by account: whoever changes their address begins anew.
    """

    class Reason(models.TextChoices):
        BOUNCED = "bounced", _("mail to it comes back")
        REFUSED = "refused", _("its mail server refuses it")
        COMPLAINED = "complained", _("mail was reported as unwanted")

    email = models.EmailField(_("e-mail address"), max_length=254, unique=True)
    # Refusals in a row that may be the address's fault; the third stops it.
    refusals = models.PositiveSmallIntegerField(_("refusals"), default=0)
    reason = models.CharField(_("reason"), max_length=10, choices=Reason, blank=True)
    # What was said last, without the address.
    said = models.CharField(_("last answer"), max_length=300, blank=True)
    stopped_at = models.DateTimeField(_("stopped"), null=True, blank=True)

    objects = AddressStopQuerySet.as_manager()

    class Meta:
        verbose_name = _("stopped address")
        verbose_name_plural = _("stopped addresses")
        constraints = [
            models.CheckConstraint(
                condition=Q(stopped_at=None, reason="") | Q(stopped_at__isnull=False) & ~Q(reason=""),
                name="address_stop_has_its_reason",
            )
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.reason}".rstrip()


class KindStop(models.Model):
    """That a person wants nothing of one kind by e-mail; the inbox stays as it is."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="kind_stops")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("kind not wanted by e-mail")
        verbose_name_plural = _("kinds not wanted by e-mail")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="kind_stop_known"),
            models.UniqueConstraint(fields=["user", "kind"], name="kind_stop_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind}"
