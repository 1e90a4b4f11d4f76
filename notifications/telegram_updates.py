"""What people say to the bot: it is linked, it is ended, and nothing else is read.

Updates come by the webhook, or are fetched where no webhook is set. Each may come twice and does no harm.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from django.utils import translation
from django.utils.translation import gettext as _

from notifications import claims, telegram
from notifications.letters import language_of
from notifications.models import TelegramLink
from notifications.telegram_api import Bot, No, Silent

if TYPE_CHECKING:
    from accounts.models import User

logger = logging.getLogger(__name__)

WANTED = ["message", "my_chat_member"]
LEFT = ("kicked", "left")
MOST_ROUNDS = 20
# What getUpdates answers while a webhook is set.
CONFLICT = 409


def fetch() -> None:
    """Ask what is new, until nothing is; the question after an update says that it was heard."""
    if not telegram.is_offered():
        return
    with claims.sender("telegram.updates", 1) as place, Bot() as bot:
        if place is not None:
            _fetch(bot)


def _fetch(bot: Bot) -> None:
    after = 0
    for _round in range(MOST_ROUNDS):
        try:
            updates = bot.call("getUpdates", offset=after, timeout=0, allowed_updates=WANTED)
        except (No, Silent) as problem:
            if getattr(problem, "code", 0) != CONFLICT:
                logger.warning("What is new on Telegram could not be asked: %s", problem)
            return
        if not updates:
            return
        for update in updates:
            hear(update, bot)
        after = max(update["update_id"] for update in updates) + 1


def hear(update: dict[str, Any], bot: Bot) -> None:
    """Do what one update asks for. What nobody understands is passed over."""
    chat_id, about = _private_chat(update)
    if chat_id is None:
        return
    if "new_chat_member" not in about:
        _answer(bot, chat_id, str(about.get("text", "")))
    elif about["new_chat_member"].get("status") in LEFT:
        TelegramLink.objects.filter(chat_id=chat_id).delete()


def _private_chat(update: dict[str, Any]) -> tuple[int | None, dict[str, Any]]:
    """Where it was said, and all about it; no chat where it is a group, or nothing we know."""
    about = update.get("my_chat_member") or update.get("message")
    chat = about.get("chat") if isinstance(about, dict) else None
    is_private = isinstance(chat, dict) and chat.get("type") == "private" and isinstance(chat.get("id"), int)
    return (chat["id"], about) if is_private else (None, {})  # type: ignore[index,return-value]


def _answer(bot: Bot, chat_id: int, text: str) -> None:
    command, _space, rest = text.strip().partition(" ")
    match command.partition("@")[0].lower():
        case "/start" if rest:
            said = _start(chat_id, rest.strip())
        case "/stop":
            said = _stop(chat_id)
        case _:
            said = _("To link this chat, open “What I follow” in the portal and choose “Link Telegram”.")
    try:
        bot.call("sendMessage", chat_id=chat_id, text=said)
    except (No, Silent) as problem:
        logger.warning("The bot could not answer: %s", problem)


def _start(chat_id: int, token: str) -> str:
    user = telegram.link(token, chat_id)
    if user is None:
        return _("This link is used up or too old. Make a new one in the portal.")
    with translation.override(language_of(user)):
        said = _("This chat is linked to the account of %(name)s now. Write /stop to end it.")
        return said % {"name": user}


def _stop(chat_id: int) -> str:
    user = _owner(chat_id)
    if user is None:
        return _("This chat is not linked to any account.")
    telegram.unlink(user)
    with translation.override(language_of(user)):
        return _("Nothing comes to this chat any more.")


def _owner(chat_id: int) -> User | None:
    link = TelegramLink.objects.filter(chat_id=chat_id).select_related("user").first()
    return link.user if link else None
