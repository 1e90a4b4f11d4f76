"""Giving an imported community to the people it belongs to: by mail to its address, or by a printed code.

The code of a link is made of the secret key and the row, so it stands nowhere; a new date makes a new code.
"""

from __future__ import annotations

import base64
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

import activity.actions
import mailing.actions
from communities.models import Community, Membership
from imports.errors import ImportRefused
from imports.models import Import, Outcome, PageClaim, State
from imports.rules import may_import
from imports.verbs import COMMUNITY_CLAIM, IMPORT_INVITE
from moderation.errors import TransitionRefused

if TYPE_CHECKING:
    from accounts.models import User

VALID_FOR = timedelta(days=60)
# The kind of the mail: see mailing.kinds.
MAIL = "klaim"
_LETTERS = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", b"abcdefghjkmnpqrstuvwxyz123456789")


def code_of(claim: PageClaim) -> str:
    """Twelve letters and digits that nobody can guess, without those that look alike on paper."""
    said = f"{claim.pk}:{claim.community_id}:{int(claim.expires_at.timestamp())}"
    digest = salted_hmac("imports.claim", said, algorithm="sha256").digest()
    return base64.b32encode(digest)[:12].translate(_LETTERS).decode("ascii")


def path_of(claim: PageClaim) -> str:
    """Where the page is claimed."""
    return reverse("imports:claim", args=[claim.pk, code_of(claim)])


def link_of(claim: PageClaim) -> str:
    """The same, as it stands in a mail or on paper."""
    return f"{settings.PORTAL_URL}{path_of(claim)}"


def is_code_of(claim: PageClaim, code: str) -> bool:
    """Whether this is its code, however it was typed."""
    return constant_time_compare(code_of(claim), code.replace("-", "").lower())


def invite(upload: Import, *, by: User) -> int:
    """Invite what was imported to claim its page: mails go out, the others can be printed. How many are new.

    Pressing again renews what has expired, and mails nobody twice.
    """
    with transaction.atomic():
        locked = Import.objects.select_for_update(no_key=True).get(pk=upload.pk)
        if not may_import(by, upload.region):
            raise PermissionDenied
        if locked.state != State.APPLIED:
            raise ImportRefused("not_now")
        made = _make_claims(locked, by=by)
        activity.actions.record(IMPORT_INVITE, locked, by=by, region=upload.region)
        mailing.actions.send_soon()
    return made


def _make_claims(upload: Import, *, by: User) -> int:
    now = timezone.now()
    expired = upload.claims.filter(claimed_at=None, expires_at__lt=now)
    mailing.actions.begin_anew(MAIL, expired.values("pk"))
    expired.update(expires_at=now + VALID_FOR, mailed_at=None)
    managed = Membership.objects.current().managers().values("community")
    imported = upload.rows.filter(outcome=Outcome.MADE, community__page_claim=None).exclude(
        community__in=managed
    )
    claims = [
        PageClaim(community_id=pk, of=upload, made_by=by, expires_at=now + VALID_FOR)
        for pk in imported.values_list("community", flat=True)
    ]
    return len(PageClaim.objects.bulk_create(claims, ignore_conflicts=True))


def claim(found: PageClaim, *, by: User) -> Community:
    """Become the first manager of the community. TransitionRefused where it has one, or the link is over."""
    with transaction.atomic():
        community = Community.objects.select_for_update(of=("self",)).select_related("region").get(
            pk=found.community_id
        )  # fmt: skip
        locked = PageClaim.objects.select_for_update().get(pk=found.pk)
        if locked.claimed_by_id == by.pk and community.has_manager(by):
            return community
        _require_open(locked, community)
        membership, _is_new = Membership.objects.get_or_create(community=community, user=by, ended_at=None)
        membership.role = Membership.Role.MANAGER
        membership.accepted_at, membership.accepted_by = timezone.now(), locked.made_by
        membership.save()
        locked.claimed_at, locked.claimed_by = timezone.now(), by
        locked.save(update_fields=["claimed_at", "claimed_by"])
        activity.actions.record(COMMUNITY_CLAIM, community, by=by, region=community.region)
    return community


def _require_open(found: PageClaim, community: Community) -> None:
    if community.memberships.current().managers().exists() or found.claimed_at:
        raise TransitionRefused(_("This page has a manager already. Ask them to take you in."))
    if found.expires_at <= timezone.now() or not community.takes_writing:
        raise TransitionRefused(_("This link is no longer valid. Ask your office for a new one."))
