"""Devices and Telegram on the page of settings. Both show nothing where the installation offers nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from notifications import push_keys, telegram
from notifications.kinds import Kind
from notifications.models import PushDevice, TelegramLink

if TYPE_CHECKING:
    from accounts.models import User

register = template.Library()


@register.inclusion_tag("notifications/_devices.html", takes_context=True)
def devices(context: dict[str, Any], user: User) -> dict[str, Any]:
    """The switch for this browser, and the list of all that take notifications."""
    key = push_keys.public_key()
    own = PushDevice.objects.of(user).filter(portal_key=key) if key else []
    return _frame(context) | {"portal_key": key, "devices": own}


@register.inclusion_tag("notifications/_telegram.html", takes_context=True)
def telegram_state(context: dict[str, Any], user: User) -> dict[str, Any]:
    """Whether a chat is linked, and of what the bot may speak."""
    if not telegram.is_offered():
        return {"is_offered": False}
    link = TelegramLink.objects.filter(user=user).first()
    allowed = link.kinds if link else []
    kinds = [(value, label, value in allowed) for value, label in Kind.choices]
    return _frame(context) | {"is_offered": True, "link": link, "kinds": kinds}


def _frame(context: dict[str, Any]) -> dict[str, Any]:
    return {"csrf_token": context.get("csrf_token"), "request": context.get("request")}
