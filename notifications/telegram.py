"""Linking a chat with the bot to an account, and ending the link."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from notifications.kinds import Kind
from notifications.models import TelegramLink, TelegramTicket

if TYPE_CHECKING:
    from accounts.models import User

TICKET_HOLDS = timedelta(minutes=15)


def is_offered() -> bool:
    """Whether this installation has a bot."""
    return bool(settings.TELEGRAM_BOT_TOKEN and settings.TELEGRAM_BOT_NAME)


def deep_link(user: User) -> str:
    """The address that opens the bot and tells it who comes: for one use, and for a quarter of an hour."""
    token = secrets.token_urlsafe(24)
    fields = {"digest": _digest(token), "created_at": timezone.now()}
    TelegramTicket.objects.update_or_create(user=user, defaults=fields)
    return f"https://t.me/{settings.TELEGRAM_BOT_NAME}?start={token}"


def link(token: str, chat_id: int) -> User | None:
    """Whose chat it is from now on; None where the token is unknown, used or too old."""
    with transaction.atomic():
        waiting = TelegramTicket.objects.select_for_update().filter(digest=_digest(token))
        ticket = waiting.select_related("user").first()
        if ticket is None:
            return None
        user = ticket.user
        ticket.delete()
        if ticket.created_at < timezone.now() - TICKET_HOLDS or not user.is_active:
            return None
        # A chat that belonged to somebody else is this person's now.
        TelegramLink.objects.filter(chat_id=chat_id).exclude(user=user).delete()
        fields = {"chat_id": chat_id, "linked_at": timezone.now()}
        TelegramLink.objects.update_or_create(user=user, defaults=fields)
        return user


def unlink(user: User) -> bool:
    """Nothing is said there any more; False where nothing was linked."""
    TelegramTicket.objects.filter(user=user).delete()
    count, _models = TelegramLink.objects.filter(user=user).delete()
    return count > 0


def allow(user: User, kinds: Iterable[str]) -> None:
    """Of what the bot may speak."""
    known = [kind for kind in Kind.values if kind in set(kinds)]
    TelegramLink.objects.filter(user=user).update(kinds=known)


def webhook_secret() -> str:
    """What Telegram says with each call of ours, so that nobody else can speak for it."""
    return salted_hmac("notifications.telegram", settings.TELEGRAM_BOT_TOKEN, algorithm="sha256").hexdigest()


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
