"""The mail by which somebody without an account confirms the aspiration that they have written."""

from __future__ import annotations

import logging
from smtplib import SMTPRecipientsRefused
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from aspirations.by_email import token_for
from aspirations.models import Request
from notifications import addresses, wording
from notifications.letter_style import STYLE
from notifications.links import address_of
from notifications.request_mail import CHUNK, PERMANENT

logger = logging.getLogger(__name__)


def send_due() -> int:
    """Mail the links that wait; how many. One that fails waits for the next minute."""
    waiting = list(Request.objects.to_mail().values_list("pk", flat=True)[:CHUNK])
    return sum(_send_one(pk) for pk in waiting)


@transaction.atomic
def _send_one(pk: int) -> bool:
    locked = Request.objects.to_mail().select_for_update(of=("self",), skip_locked=True)
    request = locked.select_related("region").filter(pk=pk).first()
    if request is None:
        return False
    if addresses.stop_of(request.email) is None and not _send(request):
        return False
    request.mailed_at = timezone.now()
    request.save(update_fields=["mailed_at"])
    return True


def _send(request: Request) -> bool:
    try:
        with get_connection() as connection:
            connection.send_messages([compose(request)])
    except SMTPRecipientsRefused as refused:
        return all(code >= PERMANENT for code, _said in refused.recipients.values())
    except OSError as problem:
        logger.warning(
            "Aspiration request %s was not mailed and waits: %s", request.pk, type(problem).__name__
        )
        return False
    return True


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
    host = urlsplit(settings.PORTAL_URL).hostname or "localhost"
    headers = {"Message-ID": f"<aspirasi-{request.pk}@{host}>", "Auto-Submitted": "auto-generated"}
    message = EmailMultiAlternatives(" ".join(subject.split()), text, to=[request.email], headers=headers)
    message.attach_alternative(html, "text/html")
    return message
