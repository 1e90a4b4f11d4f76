"""What keeps e-mail from a person, for their page of settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from notifications import addresses
from notifications.models import KindStop

if TYPE_CHECKING:
    from accounts.models import User

register = template.Library()


@register.inclusion_tag("notifications/_mail_state.html", takes_context=True)
def mail_state(context: dict[str, Any], user: User) -> dict[str, Any]:
    """Whether their address is stopped, and which kinds they have ended by a link of a mail."""
    return {
        "user": user,
        "mail_stop": addresses.stop_of(user.email),
        "kind_stops": KindStop.objects.filter(user=user).order_by("kind"),
        "csrf_token": context.get("csrf_token"),
        "request": context.get("request"),
    }
