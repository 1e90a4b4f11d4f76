"""Mail to people who have no account yet: everybody else is told by notifications, as of all things."""

from __future__ import annotations

import logging
from smtplib import SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation

from accounts.models import User
from communities.models import Invitation

logger = logging.getLogger(__name__)
CHUNK = 50
# From this answer of a mail server on, it will never take the mail (RFC 5321).
PERMANENT = 500


def send_due() -> int:
    """Mail what waits; the number that was sent. A mail that fails waits for the next minute."""
    sent = 0
    for pk in _waiting():
        with transaction.atomic():
            invitation = (
                Invitation.objects.select_for_update(of=("self",), skip_locked=True)
                .select_related("community__region", "invited_by")
                .filter(pk=pk, mailed_at=None, ended_at=None)
                .first()
            )
            if invitation is None:
                continue
            if not _has_account(invitation) and not _send(invitation):
                continue
            invitation.mailed_at = timezone.now()
            invitation.save(update_fields=["mailed_at"])
            sent += 1
    return sent


def _waiting() -> list[int]:
    waiting = Invitation.objects.open().filter(mailed_at=None).exclude(email="").order_by("pk")
    return list(waiting.values_list("pk", flat=True)[:CHUNK])


def _has_account(invitation: Invitation) -> bool:
    return User.objects.filter(email=invitation.email, is_active=True, is_staged=False).exists()


def _send(invitation: Invitation) -> bool:
    context = {
        "invitation": invitation,
        "community": invitation.community,
        "url": f"{settings.PORTAL_URL}{invitation.get_absolute_url()}",
    }
    with translation.override(settings.LANGUAGE_CODE):
        subject = " ".join(render_to_string("communities/invitation_subject.txt", context).split())
        text = render_to_string("communities/invitation_mail.txt", context)
    message = EmailMultiAlternatives(
        subject, text, to=[invitation.email], headers={"Auto-Submitted": "auto-generated"}
    )
    try:
        with get_connection() as connection:
            connection.send_messages([message])
    except SMTPRecipientsRefused as refused:
        # Refused for good: asking each minute would only keep the others waiting.
        return all(code >= PERMANENT for code, _said in refused.recipients.values())
    except OSError as problem:
        # smtplib's errors are OSErrors too. The address stays out of the log: it is a person's.
        logger.warning("Invitation %s was not mailed and waits: %s", invitation.pk, type(problem).__name__)
        return False
    return True
