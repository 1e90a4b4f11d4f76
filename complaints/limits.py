"""Against floods of reports. A training room shares one address: who has an account is not counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.core.internal import ratelimit

if TYPE_CHECKING:
    from django.http import HttpRequest

    from moderation.models import Moderated

# From one address: of one item, and of all items.
RATES = {"item": "5/h/ip", "all": "100/h/ip"}


def allows(request: HttpRequest, item: Moderated) -> bool:
    """Whether one more report is taken from this address."""
    if request.user.is_authenticated:
        return True
    return all(
        ratelimit.consume(request, app="complaints", action=action, config={action: rate}, limit_get=True)
        for action, rate in ((f"item-{item.KIND}-{item.pk}", RATES["item"]), ("all", RATES["all"]))
    )
