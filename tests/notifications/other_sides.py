"""The other side of each channel, as test_channels.py needs it: real servers of the tests' own.

A new channel gets a class here and a line in SIDES; then it is held to all the promises.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from accounts.models import User
from tests.notifications.mail_server import MailServer


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


SIDES: dict[str, type[OtherSide]] = {"email": MailSide}
