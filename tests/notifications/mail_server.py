"""A mail server of the tests' own, that speaks SMTP and answers what it is told to."""

from __future__ import annotations

import asyncio
import socket
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

OK = "250 OK"


class MailServer:
    """Keeps what it accepts in `mails`; `to_recipient` and `to_data` hold other answers by address."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.connections = 0
        self.to_recipient: dict[str, str] = {}
        self.to_data: dict[str, str] = {}
        self.hung_up = asyncio.Event()
        self.port = _free_port()
        self._controller: Controller | None = None

    def start(self) -> None:
        """Listen."""
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()
        self.connections = 0  # the controller knocks once itself

    def stop(self) -> None:
        """Hang up; nobody listens any more."""
        if self._controller:
            self._controller.loop.call_soon_threadsafe(self.hung_up.set)
            self._controller.stop()
            self._controller = None

    @property
    def recipients(self) -> list[str]:
        """To whom mail was accepted, in order."""
        return [str(mail["To"]) for mail in self.mails]

    async def handle_EHLO(  # noqa: N802 - aiosmtpd's names
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        """Count who comes."""
        session.host_name = hostname
        self.connections += 1
        return responses

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take the recipient, or answer as told."""
        answer = self.to_recipient.get(address, OK)
        if answer == OK:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take the mail, or answer as told."""
        answer = self.to_data.get(envelope.rcpt_tos[0], OK)
        if answer == "hang up":
            server.transport.abort()
        elif answer == "silence":
            await self.hung_up.wait()
        elif answer == OK:
            self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        return answer


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])
