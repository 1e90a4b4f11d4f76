"""The mail by which somebody without an account confirms the reply that they have written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from mailing.kinds import Kind
from notifications import confirmation
from notifications.links import address_of
from replies.by_email import by_email
from replies.models import Request

if TYPE_CHECKING:
    from django.core.mail import EmailMultiAlternatives
    from django.db.models import QuerySet


def waiting() -> QuerySet[Request]:
    """Those that can be confirmed and whose link has not gone out."""
    return Request.objects.to_mail().select_related("article")


def compose(request: Request) -> EmailMultiAlternatives:
    """The mail with the link, in the language in which it was written."""
    with translation.override(request.language):
        subject = _("Please confirm: your reply to “%(title)s”") % {"title": request.article.shown_heading}
        url = address_of(reverse("replies:confirm", args=[by_email.token_for(request)]))
        return confirmation.letter(request, "reply_mail", subject, {"asked": request, "url": url})


KIND = Kind("hak-jawab", waiting, compose, confirmation.done)
