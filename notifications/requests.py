"""Following without an account: asked for by e-mail, confirmed by its owner, kept as a staged account.

A staged account is a person like any other for whoever tells, sends and erases; but nobody signs in with it.
An address that has an account already is simply made to follow: its owner opened the link.
"""

from __future__ import annotations

from datetime import timedelta

from django.core import signing
from django.core.cache import cache
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

import accounts.actions
import mailing.actions
from accounts import staged
from accounts.models import User
from notifications import actions, addresses
from notifications.models import FollowRequest
from notifications.querysets import FOLLOW_REQUEST_HOLDS
from notifications.things import Thing

# A person may follow a handful of things in one evening; a training room of a hundred shares one network.
MOST_OF_ADDRESS = 10
MOST_OF_NETWORK = 600
HOUR = 60 * 60
_signer = signing.TimestampSigner(salt="notifications.follow")


def ask(email: str, thing: Thing, *, address: str) -> bool:
    """Keep the request until its link is opened. False where too many come from one network address.

    What one address asks for beyond its limit is forgotten without a word.
    """
    if not _within_limit_of(address):
        return False
    lately = FollowRequest.objects.filter(email=email, created_at__gt=timezone.now() - timedelta(days=1))
    if lately.count() < MOST_OF_ADDRESS:
        FollowRequest.objects.create(email=email, language=staged.language_of_page(), **thing.keys)
        mailing.actions.send_soon()
    return True


def _within_limit_of(address: str) -> bool:
    key = f"follow-by-email:{address}"
    if cache.add(key, 1, HOUR):
        return True
    try:
        return cache.incr(key) <= MOST_OF_NETWORK
    except ValueError:  # it ran out between the two
        return True


def token_for(request: FollowRequest) -> str:
    """What stands in the link of the mail; names no address."""
    return _signer.sign(str(request.pk))


def of_token(token: str) -> FollowRequest | None:
    """The request behind the link; None where it is not ours, too old, or used up."""
    try:
        pk = int(_signer.unsign(token, max_age=FOLLOW_REQUEST_HOLDS))
    except (signing.BadSignature, ValueError):
        return None
    open_ones = FollowRequest.objects.open().select_related("community__region", "region")
    return open_ones.filter(pk=pk).first()


def confirm(request: FollowRequest) -> User | None:
    """Let whoever has the address follow it, by their account or by a staged one; the request is used up.

    None for an account that was closed: nothing is sent there.
    """
    with transaction.atomic():
        user = staged.owner_of(request.email, language=request.language)
        if not user.is_active:
            return None
        addresses.shown_to_work(request.email)
        actions.follow_by_email(user, **Thing.of(request).keys)
        FollowRequest.objects.filter(email=request.email, **Thing.of(request).keys).delete()
    return user


def forget(user: User) -> None:
    """Erase a staged account with all that belongs to it. The rows of an account stay with the account."""
    if not user.is_staged:
        raise ValueError("An account is erased by accounts.actions.erase.")
    with transaction.atomic():
        FollowRequest.objects.filter(email=user.email).delete()
        addresses.resume(user.email)
        try:
            with transaction.atomic():
                user.delete()
        except ProtectedError:  # what they told an office stays, without them
            accounts.actions.erase(user)


def forget_old() -> int:
    """Forget what nobody confirmed in time; the number of requests."""
    old = FollowRequest.objects.filter(created_at__lte=timezone.now() - FOLLOW_REQUEST_HOLDS)
    count, _ = old.delete()
    return count
