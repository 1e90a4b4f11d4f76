"""Whether a community is trusted to publish first; what is done about it stands in communities.trusting."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from communities.living import pair


class Trustable(models.Model):
    """What a community holds of the trust of its office."""

    trusted_at = models.DateTimeField(null=True, editable=False)
    trusted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )

    class Meta:
        abstract = True
        constraints = [pair("trusted")]

    @property
    def is_trusted(self) -> bool:
        """Whether what it sends is public at once, and reviewed after."""
        return self.trusted_at is not None
