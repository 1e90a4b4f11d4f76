"""What people without an account have written: kept until the address is confirmed, then sent by its owner.

Nobody hears whether an address is known. An address that has an account sends by that account: its owner
opened the link. Whoever has none is a staged account, and comes back by a link of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID, uuid4

from django.conf import settings
from django.core import signing
from django.db import models, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

import mailing.actions
from accounts import staged
from accounts.consent import agree
from accounts.models import Consent
from accounts.terms import TERMS_VERSION
from common.limits import is_within

if TYPE_CHECKING:
    from django import forms

    from accounts.models import User

# An office of two people has to read them; a training room of a hundred shares one network.
MOST_OF_ADDRESS = 3
MOST_OF_NETWORK = 300
HOUR = 60 * 60
# How long a request waits for the confirmation of its address.
HOLDS = timedelta(days=3)
# As long as a mail lies in a mailbox.
OWN_LINK_HOLDS = timedelta(days=365)


class UnconfirmedQuerySet(models.QuerySet):
    """What waits for the confirmation of an address."""

    def open(self) -> Self:
        """Those that can still be confirmed."""
        return self.filter(is_replaced=False, created_at__gt=timezone.now() - HOLDS)

    def to_mail(self) -> Self:
        """Those whose link has still to be sent, the oldest first."""
        return self.open().filter(mailed_at=None).order_by("pk")


class Unconfirmed(models.Model):
    """A request of one kind; beside these fields it has form_key, of the form on which it was typed."""

    email = models.EmailField(_("e-mail address"), max_length=254)
    language = models.CharField(max_length=7, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE)
    created_at = models.DateTimeField(default=timezone.now)
    mailed_at = models.DateTimeField(null=True, blank=True)
    # The same form was sent again with another address or other words: this one's link is dead.
    is_replaced = models.BooleanField(db_default=False, default=False)

    objects = UnconfirmedQuerySet.as_manager()

    class Meta:
        abstract = True


class ByEmail:
    """The way of one kind. name: keeps its links and limits apart, and is that of its pages and addresses.
    typed: the fields that, with the address, make two sendings of one form the same. send: stores a request
    as what it becomes, under the given form_key, by the given person.
    """

    def __init__(
        self,
        name: str,
        requests: type[Any],
        sent: type[Any],
        *,
        typed: Sequence[str],
        beside: str,
        send: Callable[[Any, UUID, User], Any],
    ) -> None:
        self.requests, self.sent, self.beside, self.send = requests, sent, beside, send
        self.name, self.typed = name, ("email", *typed)
        self._signer = signing.TimestampSigner(salt=f"{name}.confirm")
        self._own_links = staged.Links(f"{name}.own", OWN_LINK_HOLDS)

    def ask_by(self, form: forms.Form, request: Any, *, address: str) -> bool:
        """ask(), and where it is too much, say so at the form."""
        if self.ask(request, address=address):
            return True
        form.add_error(
            None, _now("Many have written from your network just now. Please try again in an hour.")
        )
        return False

    def ask(self, request: Any, *, address: str) -> bool:
        """Keep it until its link is opened. False where too many come from one network address.

        What one address asks for beyond its limit is forgotten without a word. A second click is the first
        one; the same form with another address or other words takes the place of what it sent before.
        """
        if not is_within(f"{self.name}-by-email:{address}", MOST_OF_NETWORK, HOUR):
            return False
        former = self.requests.objects.filter(form_key=request.form_key).first()
        if former is not None and self._typed_in(former) == self._typed_in(request):
            return True
        day = timezone.now() - timedelta(days=1)
        if self.requests.objects.filter(email=request.email, created_at__gt=day).count() < MOST_OF_ADDRESS:
            self._keep(request, former)
        return True

    def _keep(self, request: Any, former: Any) -> None:
        """The link of the former is dead: it may lie with somebody whose address was typed by mistake."""
        request.language = staged.language_of_page()
        with transaction.atomic():
            if former is not None:
                replaced = self.requests.objects.filter(pk=former.pk)
                replaced.update(is_replaced=True, form_key=uuid4())
            self.requests.objects.bulk_create([request], ignore_conflicts=True)
            mailing.actions.send_soon()

    def token_for(self, request: Any) -> str:
        """What stands in the link of the mail; names no address."""
        return self._signer.sign(f"{request.pk}-{self._key_of(request).hex}")

    def of_token(self, token: str) -> Any | None:
        """What waits behind the link; None where it is not ours, too old, replaced, or sent already."""
        pk, _key = self._read(token)
        return self.requests.objects.open().select_related(self.beside).filter(pk=pk).first()

    def sent_by_token(self, token: str) -> Any | None:
        """What was sent by the link before, for who opens it again; None where nothing was."""
        _pk, key = self._read(token)
        return self.sent.objects.filter(form_key=key).first() if key else None

    def confirm(self, request: Any) -> Any | None:
        """Send it as the owner of the address; of two clicks the second finds it sent.

        None for a closed account. TransitionRefused where it cannot be sent now; then it waits on.
        """
        with transaction.atomic():
            waiting = self.requests.objects.select_for_update(of=("self",)).filter(pk=request.pk).first()
            if waiting is None:
                return self.sent.objects.filter(form_key=self._key_of(request)).first()
            user = staged.owner_of(waiting.email, language=waiting.language)
            if not user.is_active:
                return None
            agree(user, Consent.Document.TERMS, TERMS_VERSION)
            sent = self.send(waiting, self._key_of(waiting), user)
            waiting.delete()
        return sent

    def own_token(self, sent: Any) -> str:
        """What stands in the link by which its author comes back without an account."""
        return self._own_links.token_for(sent.pk)

    def of_own_token(self, token: str) -> int | None:
        """The number of what is behind such a link; None where it is not ours or too old."""
        return self._own_links.number_in(token)

    def forget_old(self) -> int:
        """Forget what nobody confirmed in time; how many."""
        old = self.requests.objects.filter(created_at__lte=timezone.now() - HOLDS)
        return int(old.delete()[0])

    def _typed_in(self, request: Any) -> list[Any]:
        return [getattr(request, name) for name in self.typed]

    def _key_of(self, request: Any) -> UUID:
        """The form_key under which it is sent: one for the same words of one form, and not to be guessed."""
        said = "\0".join(str(each) for each in (request.form_key, *self._typed_in(request)))
        return UUID(bytes=salted_hmac(f"{self.name}.sent", said, algorithm="sha256").digest()[:16])

    def _read(self, token: str) -> tuple[int | None, UUID | None]:
        try:
            pk, _dash, key = self._signer.unsign(token, max_age=HOLDS).partition("-")
            return int(pk), UUID(key)
        except (signing.BadSignature, ValueError):
            return None, None
