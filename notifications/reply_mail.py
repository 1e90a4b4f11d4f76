"""The mail by which somebody without an account confirms the reply that they have written."""

from __future__ import annotations

from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from notifications import confirming
from notifications.links import address_of
from replies.by_email import token_for
from replies.models import Request


def send_due() -> int:
    """Mail the links that wait; how many."""
    return confirming.send_due(Request.objects.to_mail().select_related("article"), compose)


def compose(request: Request) -> EmailMultiAlternatives:
    """The mail with the link, in the language in which it was written."""
    with translation.override(request.language):
        subject = _("Please confirm: your reply to “%(title)s”") % {"title": request.article.title}
        url = address_of(reverse("replies:confirm", args=[token_for(request)]))
        return confirming.letter(request, subject, url, template="reply_mail", name="hak-jawab")
