"""The mail by which somebody without an account confirms the aspiration that they have written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from aspirations.by_email import by_email
from aspirations.models import Request
from mailing.kinds import Kind
from notifications import confirmation
from notifications.links import address_of

if TYPE_CHECKING:
    from django.core.mail import EmailMultiAlternatives
    from django.db.models import QuerySet


def waiting() -> QuerySet[Request]:
    """Those that can be confirmed and whose link has not gone out."""
    return Request.objects.to_mail().select_related("region")


def compose(request: Request) -> EmailMultiAlternatives:
    """The mail with the link, in the language in which it was written."""
    with translation.override(request.language):
        subject = _("Please confirm: your aspiration “%(title)s”") % {"title": request.title}
        url = address_of(reverse("aspirations:confirm", args=[by_email.token_for(request)]))
        return confirmation.letter(request, "aspiration_mail", subject, {"asked": request, "url": url})


KIND = Kind("aspirasi", waiting, compose, confirmation.done)
