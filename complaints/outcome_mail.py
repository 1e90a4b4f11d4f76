"""One mail to who reported something without an account and asked for an answer; then the address goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone, translation

from complaints.models import Report
from mailing.kinds import Kind

if TYPE_CHECKING:
    from django.db.models import QuerySet


def waiting() -> QuerySet[Report]:
    """Those whose case is decided, and who wait for the answer."""
    return Report.objects.exclude(email="").exclude(case__outcome="").select_related("case__region")


def compose(report: Report) -> EmailMultiAlternatives:
    """The mail with the outcome and the words of the office."""
    case = report.case
    context = {"case": case, "item": case.target, "url": f"{settings.PORTAL_URL}{case.get_absolute_url()}"}
    with translation.override(settings.LANGUAGE_CODE):
        subject = " ".join(render_to_string("complaints/outcome_subject.txt", context).split())
        text = render_to_string("complaints/outcome_mail.txt", context)
    return EmailMultiAlternatives(subject[:150], text, to=[report.email])


def done(report: Report) -> None:
    """Forget the address. Who reported the same item twice is answered once."""
    same = Report.objects.filter(case=report.case, email=report.email)
    same.update(told_at=timezone.now(), email="")


KIND = Kind("laporan", waiting, compose, done)
