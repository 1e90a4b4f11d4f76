"""What the history says of messages."""

from django.utils.translation import gettext_lazy as _

DELIVERY_RETRY = "delivery.retry"

LABELS = {DELIVERY_RETRY: _("A message that had failed is sent again")}
