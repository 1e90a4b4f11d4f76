"""The mail by which somebody without an account confirms that they want to follow something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from mailing.kinds import Kind
from notifications import requests, wording
from notifications.letter_style import STYLE
from notifications.links import address_of
from notifications.models import FollowRequest
from notifications.things import Thing

if TYPE_CHECKING:
    from django.db.models import QuerySet


def waiting() -> QuerySet[FollowRequest]:
    """Those that can be confirmed and whose link has not gone out."""
    return FollowRequest.objects.to_mail().select_related("community", "region")


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
    message = EmailMultiAlternatives(" ".join(subject.split()), text, to=[request.email])
    message.attach_alternative(html, "text/html")
    return message


def done(request: FollowRequest) -> None:
    """Note that it went out."""
    request.mailed_at = timezone.now()
    request.save(update_fields=["mailed_at"])


KIND = Kind("ikuti", waiting, compose, done)
