"""The mail by which an imported community is given to the people it belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from imports.claims import MAIL, link_of
from imports.models import PageClaim
from mailing.kinds import Kind

if TYPE_CHECKING:
    from django.db.models import QuerySet


def waiting() -> QuerySet[PageClaim]:
    """Those that can be used, whose group has an address, and whose mail has not gone out."""
    open_ones = PageClaim.objects.filter(mailed_at=None, claimed_at=None, expires_at__gt=timezone.now())
    return open_ones.exclude(community__email="").select_related("community__region")


def compose(claim: PageClaim) -> EmailMessage:
    """The mail to the group's address, in the portal's language. Renewed, it is another mail."""
    host = urlsplit(settings.PORTAL_URL).hostname or "localhost"
    with translation.override(settings.LANGUAGE_CODE):
        context = {"community": claim.community, "claim": claim, "link": link_of(claim)}
        return EmailMessage(
            subject=_("%(name)s has a page in Portal KIM: claim it") % {"name": claim.community.name},
            body=render_to_string("imports/invitation.txt", context),
            to=[claim.community.email],
            headers={"Message-ID": f"<{MAIL}-{claim.pk}.{int(claim.expires_at.timestamp())}@{host}>"},
        )


def done(claim: PageClaim) -> None:
    """Note that it went out: the office sees how many have."""
    claim.mailed_at = timezone.now()
    claim.save(update_fields=["mailed_at"])


KIND = Kind(MAIL, waiting, compose, done)
