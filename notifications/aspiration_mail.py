"""The mail by which somebody without an account confirms the aspiration that they have written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from aspirations.by_email import token_for
from aspirations.models import Request
from mailing.kinds import Kind
from notifications import wording
from notifications.letter_style import STYLE
from notifications.links import address_of

if TYPE_CHECKING:
    from django.db.models import QuerySet


def waiting() -> QuerySet[Request]:
    """Those that can be confirmed and whose link has not gone out."""
    return Request.objects.to_mail().select_related("region")


def compose(request: Request) -> EmailMultiAlternatives:
    """The mail with the link, in the language in which it was written."""
    with translation.override(request.language):
        subject = _("Please confirm: your aspiration “%(title)s”") % {"title": request.title}
        context = {
            "subject": subject,
            "asked": request,
            "url": address_of(reverse("aspirations:confirm", args=[token_for(request)])),
            "language": request.language,
            "css": STYLE,
        }
        text = wording.render_plain("notifications/aspiration_mail.txt", context)
        html = render_to_string("notifications/aspiration_mail.html", context)
    message = EmailMultiAlternatives(" ".join(subject.split()), text, to=[request.email])
    message.attach_alternative(html, "text/html")
    return message


def done(request: Request) -> None:
    """Note that it went out."""
    request.mailed_at = timezone.now()
    request.save(update_fields=["mailed_at"])


KIND = Kind("aspirasi", waiting, compose, done)
