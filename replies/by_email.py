"""Replying without an account: kept until the address is confirmed, then sent by its owner.

Nobody hears whether an address is known. An address that has an account sends by that account: its owner
opened the link. Whoever has none is a staged account, and comes back by a link of their own.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid5

from django.core import signing
from django.db import transaction
from django.utils import timezone

import mailing.actions
from accounts import staged
from accounts.consent import agree
from accounts.models import Consent
from accounts.terms import TERMS_VERSION
from common.limits import is_within
from replies import actions
from replies.models import Reply, Request
from replies.querysets import REQUEST_HOLDS

# An office of two people has to read them; a training room of a hundred shares one network.
MOST_OF_ADDRESS = 3
MOST_OF_NETWORK = 300
HOUR = 60 * 60
# As long as a mail lies in a mailbox.
OWN_LINK_HOLDS = timedelta(days=365)
_signer = signing.TimestampSigner(salt="replies.confirm")
_own_links = staged.Links("replies.own", OWN_LINK_HOLDS)


def ask(request: Request, *, address: str) -> bool:
    """Keep it until its link is opened. False where too many come from one network address.

    What one address asks for beyond its limit is forgotten without a word. A second click is the first one;
    the same form with another address or other words is another one, and gets a mail of its own.
    """
    if not is_within(f"reply-by-email:{address}", MOST_OF_NETWORK, HOUR):
        return False
    lately = Request.objects.filter(email=request.email, created_at__gt=timezone.now() - timedelta(days=1))
    if lately.count() < MOST_OF_ADDRESS:
        request.language, request.form_key = staged.language_of_page(), _key_for(request)
        Request.objects.bulk_create([request], ignore_conflicts=True)
        mailing.actions.send_soon()
    return True


def token_for(request: Request) -> str:
    """What stands in the link of the mail; names no address."""
    return _signer.sign(str(request.form_key))


def of_token(token: str) -> Request | None:
    """What waits behind the link; None where it is not ours, too old, or sent already."""
    key = _key_of(token)
    return Request.objects.open().select_related("article").filter(form_key=key).first() if key else None


def sent_by_token(token: str) -> Reply | None:
    """What was sent by the link before, for who opens it again; None where nothing was."""
    key = _key_of(token)
    return Reply.objects.select_related("created_by").filter(form_key=key).first() if key else None


def confirm(request: Request) -> Reply | None:
    """Send it as the owner of the address; of two clicks the second finds it sent. None: a closed account.

    TransitionRefused as for actions.send(); then it waits on.
    """
    with transaction.atomic():
        waiting = Request.objects.select_for_update(of=("self",)).filter(pk=request.pk).first()
        if waiting is None:
            return Reply.objects.filter(form_key=request.form_key).first()
        user = staged.owner_of(waiting.email, language=waiting.language)
        if not user.is_active:
            return None
        agree(user, Consent.Document.TERMS, TERMS_VERSION)
        sent = actions.send(_as_reply(waiting), by=user)
        waiting.delete()
    return sent


def own_token(reply: Reply) -> str:
    """What stands in the link by which its author comes back without an account."""
    return _own_links.token_for(reply.pk)


def of_own_token(token: str) -> int | None:
    """The reply behind such a link; None where it is not ours or too old."""
    return _own_links.number_in(token)


def forget_old() -> int:
    """Forget what nobody confirmed in time; how many."""
    return Request.objects.filter(created_at__lte=timezone.now() - REQUEST_HOLDS).delete()[0]


def _key_for(request: Request) -> UUID:
    """The same for the same words, so that who mends a mistyped address is not taken for a second click."""
    said = [request.email, *(getattr(request, name) for name in actions.WORDS)]
    return uuid5(request.form_key, "\0".join(said))


def _as_reply(request: Request) -> Reply:
    words = {name: getattr(request, name) for name in actions.WORDS}
    return Reply(article=request.article, form_key=request.form_key, **words)


def _key_of(token: str) -> UUID | None:
    try:
        return UUID(_signer.unsign(token, max_age=REQUEST_HOLDS))
    except (signing.BadSignature, ValueError):
        return None
