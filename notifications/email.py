"""The channel of e-mail: one connection for many mails, and what the server's answers mean."""

from __future__ import annotations

import smtplib
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection

from notifications import wording
from notifications.models import Delivery


class NotNow(Exception):
    """It may work later."""


class Unreachable(NotNow):
    """The server itself cannot be used now: the others need not try either."""


class Refused(Exception):
    """It will never work: the address or the mail is refused for good."""


class EmailChannel:
    """Sends mails over one connection, opened with the first and again after it broke."""

    def __init__(self) -> None:
        self._connection = get_connection()
        self._is_open = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def send(self, delivery: Delivery) -> None:
        """Hand the mail to the server. Raises NotNow, Unreachable or Refused where it does not take it."""
        message = compose(delivery)
        self._open()
        try:
            self._connection.send_messages([message])
        except smtplib.SMTPRecipientsRefused as problem:
            code = next(iter(problem.recipients.values()))[0]
            raise self._answered(code, problem, for_good=True) from problem
        except smtplib.SMTPResponseException as problem:
            # Only what is said of the mail is the mail's fault; the sender's address is the portal's.
            for_good = isinstance(problem, smtplib.SMTPDataError)
            raise self._answered(problem.smtp_code, problem, for_good=for_good) from problem
        except (smtplib.SMTPNotSupportedError, ValueError) as problem:
            raise Refused(str(problem)) from problem
        except (smtplib.SMTPException, OSError) as problem:
            self._close()
            raise NotNow(str(problem) or type(problem).__name__) from problem

    def _answered(self, code: int, problem: Exception, *, for_good: bool) -> Exception:
        if code == 421:  # the server hangs up
            self._close()
        return Refused(str(problem)) if for_good and code >= 500 else NotNow(str(problem))

    def _open(self) -> None:
        if self._is_open:
            return
        try:
            self._connection.open()
        except (smtplib.SMTPException, OSError) as problem:
            self._close()
            raise Unreachable(str(problem) or type(problem).__name__) from problem
        self._is_open = True

    def _close(self) -> None:
        self._is_open = False
        try:
            self._connection.close()
        except (smtplib.SMTPException, OSError):
            self._connection = get_connection()


def compose(delivery: Delivery) -> EmailMultiAlternatives:
    """The mail of a delivery; the same delivery always has the same Message-ID."""
    notification = delivery.notification
    letter = wording.letter(notification.activity, notification.recipient)
    host = urlsplit(settings.PORTAL_URL).hostname or "localhost"
    message = EmailMultiAlternatives(
        letter.subject,
        letter.text,
        to=[notification.recipient.email],
        headers={"Message-ID": f"<pemberitahuan-{delivery.pk}@{host}>", "Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(letter.html, "text/html")
    return message
