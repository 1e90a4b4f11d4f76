"""Addresses to which no mail is sent any more: what stops one, and how its owner starts it again.

A portal that goes on writing to addresses that do not exist, or to people who press "spam", is soon
believed by no mail server. Only what speaks against the address stops it: an answer about the portal
itself (blocked, policy) never does, else one bad day would stop everybody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta

from django.core import signing
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from notifications.channels.base import without
from notifications.models import AddressStop

MOST_REFUSALS = 3
LINK_HOLDS_SECONDS = 3 * 24 * 3600
TRIED_AGAIN_AFTER = timedelta(days=7)
SALT = "notifications.try_again"
# RFC 3463: 5.1.x speaks of the address, 5.2.1 of a mailbox that is closed.
NO_SUCH_ADDRESS = re.compile(r"\b5\.(1\.\d{1,3}|2\.1)\b")
# 5.7.x and 5.4.x speak of policy and routing: of us, not of the address.
NOT_THE_ADDRESS = re.compile(r"\b5\.[47]\.\d{1,3}\b")


def refused(email: str, said: str) -> None:
    """Count a refusal for good: an unknown address is stopped at once, others at the third in a row."""
    if NOT_THE_ADDRESS.search(said):
        return
    if NO_SUCH_ADDRESS.search(said):
        stop(email, AddressStop.Reason.REFUSED, said)
        return
    with transaction.atomic():
        AddressStop.objects.get_or_create(email=email.lower())
        row = AddressStop.objects.select_for_update().get(email=email.lower())
        row.refusals += 1
        row.said = without([email], said)
        if row.refusals >= MOST_REFUSALS and row.stopped_at is None:
            row.reason, row.stopped_at = AddressStop.Reason.REFUSED, timezone.now()
        row.save(update_fields=["refusals", "said", "reason", "stopped_at"])


def stop(email: str, reason: str, said: str = "") -> None:
    """Send nothing there any more. The first reason stays, but a complaint outweighs it."""
    email = email.lower()
    told = {"reason": reason, "said": without([email], said), "stopped_at": timezone.now()}
    with transaction.atomic():
        AddressStop.objects.get_or_create(email=email)
        replaceable = AddressStop.objects.filter(email=email)
        if reason != AddressStop.Reason.COMPLAINED:
            replaceable = replaceable.filter(stopped_at=None)
        replaceable.update(**told, refusals=F("refusals") + 1)


def accepted(emails: Iterable[str]) -> None:
    """Mail was taken there: refusals are counted from the start."""
    AddressStop.objects.filter(email__in=list(emails), stopped_at=None).delete()


def resume(email: str) -> bool:
    """Write to it again; False where it was not stopped."""
    count, _models = AddressStop.objects.filter(email=email.lower()).delete()
    return count > 0


def stop_of(email: str) -> AddressStop | None:
    """Why nothing is sent to the address; None where it is."""
    return AddressStop.objects.stopped().filter(email=email.lower()).first()


def is_stopped(email: str) -> bool:
    """Whether not even a single mail is sent there that somebody has asked for by typing the address.

    Never to who has complained. What came back is tried again after a while: mailboxes are made and emptied,
    and who follows without an account has no page to say so.
    """
    lately = Q(stopped_at__gt=timezone.now() - TRIED_AGAIN_AFTER)
    stops = AddressStop.objects.stopped().filter(email=email.lower())
    return stops.filter(lately | Q(reason=AddressStop.Reason.COMPLAINED)).exists()


def shown_to_work(email: str) -> bool:
    """A mail arrived there, for its link was opened: what speaks of bounces is over. A complaint stays."""
    bounced = AddressStop.objects.filter(email=email.lower()).exclude(reason=AddressStop.Reason.COMPLAINED)
    count, _models = bounced.delete()
    return count > 0


def not_stopped() -> Q:
    """The condition on User that the address takes mail; an anti-join, however many are stopped."""
    return ~Q(Exists(AddressStop.objects.stopped().filter(email=OuterRef("email"))))


def token_to_resume(user_id: int, email: str) -> str:
    """What the link of the mail carries, by which the owner shows that the address works."""
    return signing.dumps([user_id, email], salt=SALT)


def read_token(token: str) -> tuple[int, str] | None:
    """Whose it is and for which address; None where it is not ours or too old."""
    try:
        user_id, email = signing.loads(token, salt=SALT, max_age=LINK_HOLDS_SECONDS)
    except (signing.BadSignature, ValueError):
        return None
    return user_id, email
