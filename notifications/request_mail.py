"""The mail by which somebody without an account confirms that they want to follow something."""

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

from notifications import addresses, requests, wording
from notifications.letter_style import STYLE
from notifications.links import address_of
from notifications.models import FollowRequest
from notifications.things import Thing

logger = logging.getLogger(__name__)
CHUNK = 200
# From this answer of a mail server on, it will never take the mail (RFC 5321).
PERMANENT = 500


def send_due() -> int:
    """Mail the links that wait; how many. One that fails waits for the next minute."""
    waiting = list(FollowRequest.objects.to_mail().values_list("pk", flat=True)[:CHUNK])
    return sum(_send_one(pk) for pk in waiting)


@transaction.atomic
def _send_one(pk: int) -> bool:
    locked = FollowRequest.objects.to_mail().select_for_update(of=("self",), skip_locked=True)
    request = locked.select_related("community", "region").filter(pk=pk).first()
    if request is None:
        return False
    # Whoever has complained, or is not there, gets no mail by being typed into a form either.
    if addresses.stop_of(request.email) is None and not _send(request):
        return False
    request.mailed_at = timezone.now()
    request.save(update_fields=["mailed_at"])
    return True


def _send(request: FollowRequest) -> bool:
    try:
        with get_connection() as connection:
            connection.send_messages([compose(request)])
    except SMTPRecipientsRefused as refused:
        # Refused for good: asking each minute would only keep the others waiting.
        return all(code >= PERMANENT for code, _said in refused.recipients.values())
    except OSError as problem:
        # smtplib's errors are OSErrors too. The address stays out of the log: it is a person's.
        logger.warning("Request %s was not mailed and waits: %s", request.pk, type(problem).__name__)
        return False
    return True


def compose(request: FollowRequest) -> EmailMultiAlternatives:
    """The mail with the link, in the language in which it was asked for."""
    with translation.override(request.language):
        thing = Thing.of(request)
        subject = _("Please confirm: follow %(name)s") % {"name": thing.title}
        context = {
            "subject": subject,
            "thing": thing,
            "url": address_of(reverse("notifications:confirm", args=[requests.token_for(request)])),
            "language": request.language,
            "css": STYLE,
        }
        text = wording.render_plain("notifications/confirm_mail.txt", context)
        html = render_to_string("notifications/confirm_mail.html", context)
    host = urlsplit(settings.PORTAL_URL).hostname or "localhost"
    headers = {"Message-ID": f"<ikuti-{request.pk}@{host}>", "Auto-Submitted": "auto-generated"}
    message = EmailMultiAlternatives(" ".join(subject.split()), text, to=[request.email], headers=headers)
    message.attach_alternative(html, "text/html")
    return message
