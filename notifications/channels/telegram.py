"""The channel of Telegram: messages of the installation's bot to linked chats."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q
from django.utils import translation
from django.utils.html import escape

from notifications import telegram
from notifications.brief import Brief, brief
from notifications.channels.base import Channel, NotNow, Refused, Unreachable
from notifications.channels.http import NOBODY
from notifications.letters import language_of
from notifications.links import address_of
from notifications.models import Delivery, TelegramLink
from notifications.telegram_api import Bot, No, Silent

if TYPE_CHECKING:
    from accounts.models import User

# A token that is not (or no longer) the bot's: nobody's message would get through.
WRONG_BOT = (401, 404)
# So many answers in a row that the bot says too much: who goes on all the same is left alone for longer.
MOST_FLOODS = 3
QUIETLY = (Delivery.Bundle.DAILY, Delivery.Bundle.WEEKLY)


class ChatClosed(Refused):
    """The person has blocked the bot, or the chat is not there."""


class TelegramChannel(Channel):
    """One message of the bot for each message of the portal."""

    name = "telegram"

    def __init__(self) -> None:
        self._bot = Bot()
        self._chats: dict[int, int] = {}
        self._floods = 0

    @classmethod
    def reachable(cls, kind: str) -> Q:
        """Who has linked a chat and lets this kind through."""
        if not telegram.is_offered():
            return NOBODY
        return Q(Exists(TelegramLink.objects.filter(user=OuterRef("pk"), kinds__contains=[kind])))

    def close(self) -> None:
        """Let go of the connection."""
        self._bot.close()

    def prepare(self, people: Sequence[User]) -> None:
        """Look up the chats."""
        links = TelegramLink.objects.filter(user__in=[person.pk for person in people])
        self._chats = dict(links.values_list("user_id", "chat_id"))

    def send(self, person: User, deliveries: Sequence[Delivery]) -> None:
        """Hand the message to the Bot API."""
        chat = self._chats.get(person.pk)
        if chat is None:
            raise Refused("no chat is linked")
        with translation.override(language_of(person)):
            text = text_of(brief(person, deliveries))
        try:
            self._bot.call(
                "sendMessage",
                chat_id=chat,
                text=text,
                parse_mode="HTML",
                disable_notification=deliveries[0].bundle in QUIETLY,
            )
        except Silent as problem:
            raise Unreachable(str(problem)) from problem
        except No as problem:
            raise self._meaning(problem) from problem
        self._floods = 0

    def refused(self, person: User, problem: Refused) -> None:
        """Whoever blocks the bot has ended the link."""
        if isinstance(problem, ChatClosed):
            telegram.unlink(person)

    def private_words(self, person: User) -> list[str]:
        """The chat is nobody's business either."""
        chat = self._chats.get(person.pk)
        return [*super().private_words(person), *([str(chat)] if chat else [])]

    def _meaning(self, problem: No) -> Exception:
        said = str(problem)
        self._floods = self._floods + 1 if problem.code == 429 else 0
        if problem.code == 403 or (problem.code == 400 and "chat not found" in problem.said.lower()):
            return ChatClosed(said)
        if problem.code in WRONG_BOT:
            return Unreachable(said)
        if problem.code == 429 or problem.code >= 500:
            kind = Unreachable if self._floods >= MOST_FLOODS else NotNow
            return kind(said, wait=problem.wait)
        return Refused(said)


def text_of(said: Brief) -> str:
    """The message in the HTML that Telegram knows."""
    return f"<b>{escape(said.title)}</b>\n{escape(said.line)}\n{escape(address_of(said.path))}"
