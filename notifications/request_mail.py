"""The mail by which somebody without an account confirms that they want to follow something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from mailing.kinds import Kind
from notifications import confirmation, requests
from notifications.links import address_of
from notifications.models import FollowRequest
from notifications.things import Thing

if TYPE_CHECKING:
    from django.core.mail import EmailMultiAlternatives
    from django.db.models import QuerySet


def waiting() -> QuerySet[FollowRequest]:
    """Those that can be confirmed and whose link has not gone out."""
    return FollowRequest.objects.to_mail().select_related("community", "region")


def compose(request: FollowRequest) -> EmailMultiAlternatives:
    """The mail with the link, in the language in which it was asked for."""
    with translation.override(request.language):
        thing = Thing.of(request)
        subject = _("Please confirm: follow %(name)s") % {"name": thing.title}
        url = address_of(reverse("notifications:confirm", args=[requests.token_for(request)]))
        return confirmation.letter(request, "confirm_mail", subject, {"thing": thing, "url": url})


KIND = Kind("ikuti", waiting, compose, confirmation.done)
