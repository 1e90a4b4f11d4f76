"""Mail to people who have no account yet: everybody else is told by notifications, as of all things."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone, translation

from accounts.models import User
from communities.models import Invitation
from mailing.kinds import Kind

if TYPE_CHECKING:
    from django.db.models import QuerySet


def waiting() -> QuerySet[Invitation]:
    """Those that hold and were not mailed."""
    found = Invitation.objects.open().filter(mailed_at=None).exclude(email="")
    return found.select_related("community__region", "invited_by")


def compose(invitation: Invitation) -> EmailMultiAlternatives | None:
    """The mail with the link; none to an address that has an account."""
    if User.objects.filter(email=invitation.email, is_active=True, is_staged=False).exists():
        return None
    context = {
        "invitation": invitation,
        "community": invitation.community,
        "url": f"{settings.PORTAL_URL}{invitation.get_absolute_url()}",
    }
    with translation.override(settings.LANGUAGE_CODE):
        subject = " ".join(render_to_string("communities/invitation_subject.txt", context).split())
        text = render_to_string("communities/invitation_mail.txt", context)
    return EmailMultiAlternatives(subject, text, to=[invitation.email])


def done(invitation: Invitation) -> None:
    """Note that it went out."""
    invitation.mailed_at = timezone.now()
    invitation.save(update_fields=["mailed_at"])


KIND = Kind("undangan", waiting, compose, done)
