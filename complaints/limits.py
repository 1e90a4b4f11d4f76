"""Against floods of reports. A training room shares one address: who has an account is not counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.adapter import get_adapter

from common.limits import is_within

if TYPE_CHECKING:
    from django.http import HttpRequest

    from moderation.models import Moderated

HOUR = 60 * 60
# From one network address in an hour: of one item, and of all items.
MOST_OF_ITEM = 5
MOST_OF_ALL = 100


def allows(request: HttpRequest, item: Moderated) -> bool:
    """Whether one more report is taken from this address."""
    if request.user.is_authenticated:
        return True
    address = get_adapter().get_client_ip(request)
    return is_within(f"report:{item.KIND}-{item.pk}:{address}", MOST_OF_ITEM, HOUR) and is_within(
        f"report:{address}", MOST_OF_ALL, HOUR
    )
