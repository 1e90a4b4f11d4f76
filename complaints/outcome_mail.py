"""One mail to who reported something without an account and asked for an answer; then the address goes."""

from __future__ import annotations

import logging
from smtplib import SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation

from complaints.models import Report

logger = logging.getLogger(__name__)
CHUNK = 50
# From this answer of a mail server on, it will never take the mail (RFC 5321).
PERMANENT = 500


def send_due() -> int:
    """Mail what waits; the number that was sent. A mail that fails waits for the next minute."""
    return sum(_tell(pk) for pk in _waiting())


def _waiting() -> list[int]:
    waiting = Report.objects.exclude(email="").exclude(case__outcome="").order_by("pk")
    return list(waiting.values_list("pk", flat=True)[:CHUNK])


@transaction.atomic
def _tell(pk: int) -> bool:
    rows = Report.objects.select_for_update(of=("self",), skip_locked=True).select_related("case__region")
    report = rows.exclude(email="").filter(pk=pk).first()
    if report is None or not _send(report):
        return False
    # Who reported the same item twice is answered once.
    same = Report.objects.filter(case=report.case, email=report.email)
    same.update(told_at=timezone.now(), email="")
    return True


def _send(report: Report) -> bool:
    case = report.case
    context = {"case": case, "item": case.target, "url": f"{settings.PORTAL_URL}{case.get_absolute_url()}"}
    with translation.override(settings.LANGUAGE_CODE):
        subject = " ".join(_plain("complaints/outcome_subject.txt", context).split())
        text = _plain("complaints/outcome_mail.txt", context)
    message = EmailMultiAlternatives(
        subject[:150], text, to=[report.email], headers={"Auto-Submitted": "auto-generated"}
    )
    try:
        with get_connection() as connection:
            connection.send_messages([message])
    except SMTPRecipientsRefused as refused:
        # Refused for good: asking each minute would only keep the others waiting.
        return all(code >= PERMANENT for code, _said in refused.recipients.values())
    except OSError as problem:
        # smtplib's errors are OSErrors too. The address stays out of the log: it is a person's.
        logger.warning("The answer to report %s waits: %s", report.pk, type(problem).__name__)
        return False
    return True


def _plain(name: str, context: dict[str, object]) -> str:
    return render_to_string(name, context)
