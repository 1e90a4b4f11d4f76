"""What sending a mail may raise, by whichever way the installation sends."""

from __future__ import annotations

import smtplib

from django.conf import settings

# From this answer of a mail server on, it will never take the mail (RFC 5321).
PERMANENT = 500


def failures() -> tuple[type[Exception], ...]:
    """What the other side not taking a mail looks like: a mail service's refusal is no OSError."""
    own: tuple[type[Exception], ...] = (smtplib.SMTPException, OSError, ValueError)
    if not settings.ANYMAIL:
        return own
    from anymail.exceptions import AnymailError

    return (*own, AnymailError)


def is_refused_for_good(problem: Exception) -> bool:
    """Whether nobody will ever get a mail at the address, says the mail server or the mail service."""
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        return all(code >= PERMANENT for code, _said in problem.recipients.values())
    if not settings.ANYMAIL:
        return False
    from anymail.exceptions import AnymailRecipientsRefused

    return isinstance(problem, AnymailRecipientsRefused)
