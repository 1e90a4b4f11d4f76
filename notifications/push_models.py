"""The browsers that people let the portal send notifications to."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from accounts.models import User

LONGEST_ENDPOINT = 1000


class PushDeviceQuerySet(models.QuerySet):
    """Questions about many devices."""

    def of(self, user: User) -> Self:
        """Those of one person, the newest first."""
        return self.filter(user=user.pk).order_by("-pk")


class PushDevice(models.Model):
    """One browser on one device, as its push service knows it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="push_devices")
    # Where its push service takes messages for it. Whoever knows it could be the browser: shown to nobody.
    endpoint = models.CharField(_("endpoint"), max_length=LONGEST_ENDPOINT, unique=True)
    # What only the browser can read is encrypted for this key (RFC 8291).
    p256dh = models.CharField(max_length=100)
    auth = models.CharField(max_length=40)
    # The key of the portal that the browser knows: another one it would not listen to.
    portal_key = models.CharField(max_length=100)
    label = models.CharField(_("device"), max_length=60)
    created_at = models.DateTimeField(default=timezone.now)
    last_sent_at = models.DateTimeField(null=True, blank=True)

    objects = PushDeviceQuerySet.as_manager()

    class Meta:
        verbose_name = _("device")
        verbose_name_plural = _("devices")

    def __str__(self) -> str:
        return self.label

    @property
    def mark(self) -> str:
        """By this a browser finds itself in a list that does not say the endpoint (static/js/push.js)."""
        return hashlib.sha256(self.endpoint.encode()).hexdigest()

    @property
    def service(self) -> str:
        """The address of its push service, without what is its own: "https://push.example"."""
        parts = urlsplit(self.endpoint)
        return f"{parts.scheme}://{parts.netloc}"
