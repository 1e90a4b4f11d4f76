"""The channel of e-mail: one connection for many mails."""

from __future__ import annotations

import smtplib
from collections.abc import Callable, Sequence
from email.utils import parseaddr
from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.db.models import Exists, OuterRef, Q

from common.mail_failures import failures
from notifications import addresses, bounces
from notifications.channels.answers import AddressRefused, hangs_up, meaning, said_by
from notifications.channels.base import Channel, Refused, Unreachable
from notifications.channels.mail import Composer
from notifications.models import AddressStop, KindStop

if TYPE_CHECKING:
    from accounts.models import User
    from notifications.models import Delivery


class EmailChannel(Channel):
    """Mails by the backend of the settings: SMTP, or a mail service through django-anymail."""

    name = "email"
    senders = 2

    def __init__(self) -> None:
        self._connection: Any = get_connection()
        # Bytes that are ready go to the line as they are: Django's backend would look through them again.
        self._is_smtp = isinstance(self._connection, EmailBackend)
        self._sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
        self._is_open = False
        self._composer = Composer()
        self._refused_before: set[str] = set()
        self._refused_now: set[str] = set()

    @classmethod
    def reachable(cls, kind: str) -> Q:
        """Who wants e-mail, and of this kind, at a confirmed address that takes mail."""
        # An address that only follows (is_staged) was confirmed when it began to.
        confirmed = EmailAddress.objects.filter(user=OuterRef("pk"), email=OuterRef("email"), verified=True)
        unwanted = KindStop.objects.filter(user=OuterRef("pk"), kind=kind)
        may = Q(is_staged=True) | Q(Exists(confirmed))
        return Q(wants_email=True) & may & ~Q(Exists(unwanted)) & addresses.not_stopped()

    def prepare(self, people: Sequence[User]) -> None:
        """Ask whose address was refused lately: the next mail that is taken there wipes that out."""
        emails = [person.email for person in people]
        counted = AddressStop.objects.filter(email__in=emails, stopped_at=None)
        self._refused_before = set(counted.values_list("email", flat=True))
        self._composer.forget()

    def send(self, person: User, deliveries: Sequence[Delivery]) -> None:
        """Hand the mail to the server; the same deliveries always have the same Message-ID."""
        hand_over = self._prepared(person, deliveries)
        self.open()
        try:
            hand_over()
        except failures() as problem:
            if hangs_up(problem):
                self.close()
            raise meaning(problem) from problem
        if person.email in self._refused_before:
            addresses.accepted([person.email])

    def _prepared(self, person: User, deliveries: Sequence[Delivery]) -> Callable[[], Any]:
        """The mail, written before the server is called, and the way it is handed over."""
        content = self._composer.content(person, deliveries) if self._is_smtp else None
        if content is None:
            message = self._composer.compose(person, deliveries)
            return lambda: self._connection.send_messages([message])
        sender = bounces.return_path(person) or self._sender
        return lambda: self._connection.connection.sendmail(sender, [person.email], content)

    def refused(self, person: User, problem: Refused) -> None:
        """What speaks against the address is counted against it, once a round whatever number of mails."""
        if isinstance(problem, AddressRefused) and person.email not in self._refused_now:
            self._refused_now.add(person.email)
            addresses.refused(person.email, str(problem))

    def open(self) -> None:
        """Call the server, unless it is on the line."""
        if self._is_open:
            return
        try:
            self._connection.open()
        except failures() as problem:
            self.close()
            raise Unreachable(said_by(problem)) from problem
        self._is_open = True

    def close(self) -> None:
        """Hang up."""
        self._is_open = False
        try:
            self._connection.close()
        except (smtplib.SMTPException, OSError):
            self._connection = get_connection()
