"""What a failure of sending means: for this mail, for its address, and for the connection."""

from __future__ import annotations

import smtplib
from typing import TYPE_CHECKING

from notifications.channels.base import NotNow, Refused

if TYPE_CHECKING:
    from anymail.exceptions import AnymailError


class AddressRefused(Refused):
    """The server takes no mail for this address; what it said may speak against the address."""


def meaning(problem: Exception) -> Exception:
    """The same as NotNow or Refused, in the words of the other side."""
    said = said_by(problem)
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        code = next(iter(problem.recipients.values()))[0]
        return AddressRefused(said) if code >= 500 else NotNow(said)
    # Only what is said of the mail is the mail's fault; the sender's address is the portal's.
    if isinstance(problem, smtplib.SMTPDataError):
        return Refused(said) if problem.smtp_code >= 500 else NotNow(said)
    if isinstance(problem, smtplib.SMTPNotSupportedError):
        return Refused(said)
    if hasattr(problem, "esp_name"):
        return _of_service(problem, said)
    return Refused(said) if _is_of_the_mail(problem) else NotNow(said)


def _is_of_the_mail(problem: Exception) -> bool:
    """A header or an address that no mail can have."""
    return isinstance(problem, ValueError) and not isinstance(problem, OSError)


def _of_service(problem: AnymailError, said: str) -> Exception:
    """What a mail service answered: a mail it cannot take is refused; its own trouble and ours may pass."""
    from anymail.exceptions import AnymailInvalidAddress, AnymailRecipientsRefused

    if isinstance(problem, AnymailRecipientsRefused | AnymailInvalidAddress):
        return AddressRefused(said)
    if problem.status_code in (400, 413, 422):
        return Refused(said)
    return NotNow(said)


def said_by(problem: Exception) -> str:
    """The answer in words; where there is none, the name of the failure."""
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        code, answer = next(iter(problem.recipients.values()))
        return f"{code} {_text(answer)}"
    if isinstance(problem, smtplib.SMTPResponseException):
        return f"{problem.smtp_code} {_text(problem.smtp_error)}"
    if getattr(problem, "status_code", None):
        return f"{problem.esp_name}: {problem.status_code}"  # type: ignore[attr-defined]
    return str(problem) or type(problem).__name__


def hangs_up(problem: Exception) -> bool:
    """Whether the connection is of no use any more."""
    code = getattr(problem, "smtp_code", 0)
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        code = next(iter(problem.recipients.values()))[0]
    has_answered = isinstance(problem, smtplib.SMTPResponseException | smtplib.SMTPRecipientsRefused)
    return code == 421 or not has_answered


def _text(answer: bytes | str) -> str:
    return answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
