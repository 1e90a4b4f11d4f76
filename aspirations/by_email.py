"""Writing without an account: kept until the address is confirmed, then sent by its owner.

Nobody hears whether an address is known. An address that has an account sends by that account: its owner
opened the link. Whoever has none is a staged account, and comes back by a link of their own.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

import mailing.actions
from accounts import staged
from accounts.consent import agree
from accounts.models import Consent
from accounts.terms import TERMS_VERSION
from aspirations import actions
from aspirations.models import Aspiration, Request
from aspirations.querysets import REQUEST_HOLDS
from common.limits import is_within

# An office of two people has to read them; a training room of a hundred shares one network.
MOST_OF_ADDRESS = 3
MOST_OF_NETWORK = 300
HOUR = 60 * 60
# As long as a mail lies in a mailbox.
OWN_LINK_HOLDS = timedelta(days=365)
# What makes two sendings of one form the same.
TYPED = ("email", "region_id", "title", "text", "is_public")
_links = staged.Links("aspirations.confirm", REQUEST_HOLDS)
_own_links = staged.Links("aspirations.own", OWN_LINK_HOLDS)


def ask(request: Request, *, address: str) -> bool:
    """Keep it until its link is opened. False where too many come from one network address.

    What one address asks for beyond its limit is forgotten without a word. A second click is the first one;
    the same form with another address or other words takes the place of what it sent before.
    """
    if not is_within(f"aspiration-by-email:{address}", MOST_OF_NETWORK, HOUR):
        return False
    former = Request.objects.filter(form_key=request.form_key).first()
    if former is not None and all(getattr(former, name) == getattr(request, name) for name in TYPED):
        return True
    lately = Request.objects.filter(email=request.email, created_at__gt=timezone.now() - timedelta(days=1))
    if lately.count() < MOST_OF_ADDRESS:
        _keep(request, former)
    return True


def _keep(request: Request, former: Request | None) -> None:
    """The link of the former is dead: it may lie with somebody whose address was typed by mistake."""
    request.language = staged.language_of_page()
    with transaction.atomic():
        if former is not None:
            Request.objects.filter(pk=former.pk).update(is_replaced=True, form_key=uuid4())
        Request.objects.bulk_create([request], ignore_conflicts=True)
        mailing.actions.send_soon()


def token_for(request: Request) -> str:
    """What stands in the link of the mail; names no address."""
    return _links.token_for(request.pk)


def of_token(token: str) -> Request | None:
    """What waits behind the link; None where it is not ours, too old, or sent already."""
    pk = _links.number_in(token)
    return Request.objects.open().select_related("region").filter(pk=pk).first() if pk else None


def confirm(request: Request) -> Aspiration | None:
    """Send it as the owner of the address; of two clicks the second finds it sent. None: a closed account.

    TransitionRefused beyond what one person may send in a day; then it waits on.
    """
    with transaction.atomic():
        waiting = Request.objects.select_for_update(of=("self",)).filter(pk=request.pk).first()
        if waiting is None:
            return Aspiration.objects.filter(form_key=request.form_key).first()
        user = staged.owner_of(waiting.email, language=waiting.language)
        if not user.is_active:
            return None
        agree(user, Consent.Document.TERMS, TERMS_VERSION)
        sent = actions.send(_as_aspiration(waiting), by=user)
        waiting.delete()
    return sent


def own_token(aspiration: Aspiration) -> str:
    """What stands in the link by which its author comes back without an account."""
    return _own_links.token_for(aspiration.pk)


def of_own_token(token: str) -> int | None:
    """The aspiration behind such a link; None where it is not ours or too old."""
    return _own_links.number_in(token)


def forget_old() -> int:
    """Forget what nobody confirmed in time; how many."""
    return Request.objects.filter(created_at__lte=timezone.now() - REQUEST_HOLDS).delete()[0]


def _as_aspiration(request: Request) -> Aspiration:
    return Aspiration(
        region=request.region,
        title=request.title,
        text=request.text,
        is_public=request.is_public,
        form_key=request.form_key,
    )
