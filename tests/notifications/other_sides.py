"""The other side of each channel, as test_channels.py needs it: real servers of the tests' own.

A new channel gets a class here and a line in SIDES; then it is held to all the promises.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from accounts.models import User
from notifications import push, push_keys
from notifications.models import PushDevice, TelegramLink
from tests.notifications.bot_api import TOKEN, BotApi
from tests.notifications.http_server import Answer
from tests.notifications.mail_server import MailServer
from tests.notifications.push_service import PushService


class OtherSide(ABC):
    """A mail server, a push service, a messenger: takes messages, or answers as it is told to."""

    @abstractmethod
    def start(self) -> None:
        """Listen."""

    @abstractmethod
    def stop(self) -> None:
        """Listen no longer."""

    @abstractmethod
    def configure(self, settings: Any) -> None:
        """Let the portal's settings point here."""

    @abstractmethod
    def let_reach(self, user: User) -> None:
        """Give the person what the channel needs to reach them."""

    @abstractmethod
    def answer(self, user: User, how: str) -> None:
        """From now on "not now", "refused" or "ok" to messages for this person; it names the person."""

    @abstractmethod
    def received(self) -> list[tuple[int, str]]:
        """For whom and under which id messages were taken, in order."""


class MailSide(OtherSide):
    """An SMTP server."""

    ANSWERS = {
        "not now": "451 4.7.1 <{email}>: greylisted, {name}",
        "refused": "550 5.1.1 <{email}>: {name} is unknown",
    }

    def __init__(self) -> None:
        self._server = MailServer()

    def start(self) -> None:
        self._server.start()

    def stop(self) -> None:
        self._server.stop()

    def configure(self, settings: Any) -> None:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", self._server.port
        settings.EMAIL_USE_TLS, settings.EMAIL_TIMEOUT = False, 2

    def let_reach(self, user: User) -> None:
        user.confirm_address()

    def answer(self, user: User, how: str) -> None:
        self._server.to_recipient.pop(user.email, None)
        if how in self.ANSWERS:
            self._server.to_recipient[user.email] = self.ANSWERS[how].format(email=user.email, name=user.name)

    def received(self) -> list[tuple[int, str]]:
        people = dict(User.objects.values_list("email", "pk"))
        return [(people[str(mail["To"])], str(mail["Message-ID"])) for mail in self._server.mails]


class PushSide(OtherSide):
    """A push service, with a browser a person."""

    ANSWERS = {"not now": 503, "refused": 410}

    def __init__(self) -> None:
        self._private, public = push_keys.new_pair()
        self.service = PushService(public)

    def start(self) -> None:
        self.service.start()

    def stop(self) -> None:
        self.service.stop()

    def configure(self, settings: Any) -> None:
        settings.VAPID_PRIVATE_KEY, settings.PUSH_SERVICES = self._private, ["127.0.0.1"]

    def let_reach(self, user: User) -> None:
        push.register(user, **self.service.browser().keys)

    def answer(self, user: User, how: str) -> None:
        for endpoint in PushDevice.objects.of(user).values_list("endpoint", flat=True):
            self.service.answers.pop(endpoint, None)
            if how in self.ANSWERS:
                words = f"not for {user.name} <{user.email}>"
                self.service.answers[endpoint] = Answer(self.ANSWERS[how], words)

    def received(self) -> list[tuple[int, str]]:
        people = dict(PushDevice.objects.values_list("endpoint", "user"))
        return [
            (people[message.endpoint], f"{message.headers['topic']} {message.content['url']}")
            for message in self.service.messages
        ]


class TelegramSide(OtherSide):
    """The Bot API, with a chat a person."""

    FIRST_CHAT = 700_000_000

    def __init__(self) -> None:
        self.api = BotApi()

    def start(self) -> None:
        self.api.start()

    def stop(self) -> None:
        self.api.stop()

    def configure(self, settings: Any) -> None:
        settings.TELEGRAM_BOT_TOKEN, settings.TELEGRAM_BOT_NAME = TOKEN, "kim_bot"
        settings.TELEGRAM_API = self.api.origin

    def let_reach(self, user: User) -> None:
        TelegramLink.objects.create(user=user, chat_id=self.FIRST_CHAT + user.pk)

    def answer(self, user: User, how: str) -> None:
        chat, words = self.FIRST_CHAT + user.pk, f"{user.name} <{user.email}>"
        self.api.answers.pop(chat, None)
        if how == "not now":
            self.api.answers[chat] = (502, f"Bad Gateway: {words}", 0)
        elif how == "refused":
            self.api.answers[chat] = (403, f"Forbidden: bot was blocked by {words}", 0)

    def received(self) -> list[tuple[int, str]]:
        return [(said["chat_id"] - self.FIRST_CHAT, said["text"]) for said in self.api.messages]


SIDES: dict[str, type[OtherSide]] = {"email": MailSide, "push": PushSide, "telegram": TelegramSide}
