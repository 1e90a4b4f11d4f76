"""Mails that come back: each leaves with a return address of its own, and what arrives there is read.

    pantul+3f-1c0ffee5@kim.example      63rd account, and a seal that nobody else can make

With BOUNCE_EMAIL=pantul@kim.example the mail server hands what comes to pantul+… to `manage.py read_bounce`
(deploy/README.md). Only the sealed address says whose mail came back: what a report claims about other
addresses is anybody's word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.models import User
from notifications import addresses, unsubscribe
from notifications.models import AddressStop

if TYPE_CHECKING:
    from notifications.unsubscribe import Ending

# What comes back with a photo in it need not be read to its end.
LARGEST_REPORT = 1024 * 1024
SEAL_LETTERS = 12
OURS = re.compile(r"\+([0-9a-f]{1,16})-([0-9a-f]{12})@")
# Where mail servers note for whom a mail came.
ARRIVED_FOR = ("X-Original-To", "Delivered-To", "Envelope-To", "To")


def return_path(person: User) -> str | None:
    """The address that mails to this person come back to; None where the installation reads none."""
    if not settings.BOUNCE_EMAIL:
        return None
    name, _at, host = settings.BOUNCE_EMAIL.partition("@")
    return f"{name}+{person.pk:x}-{_seal(person.pk, person.email)}@{host}"


def _seal(pk: int, email: str) -> str:
    return salted_hmac("notifications.return_path", f"{pk}:{email}", algorithm="sha256").hexdigest()[
        :SEAL_LETTERS
    ]


def person_of(address: str) -> User | None:
    """Whose return address it is; None where the seal is not ours, or the person has another address now."""
    found = OURS.search(address)
    person = found and User.objects.filter(pk=int(found[1], 16)).first()
    if not found or not person or not constant_time_compare(found[2], _seal(person.pk, person.email)):
        return None
    return person


def read(content: bytes, arrived_for: str = "") -> str:
    """Do what a mail to our return address asks for; what that was, in a word."""
    report = message_from_bytes(content[:LARGEST_REPORT], policy=policy.default)
    ending = _asked_to_end(report)
    if ending:
        unsubscribe.end(ending)
        return "unsubscribed"
    person = person_of(arrived_for or ", ".join(_arrived_for(report)))
    if person is None:
        return "not ours"
    if _is_complaint(report):
        addresses.stop(person.email, AddressStop.Reason.COMPLAINED)
        return "complained"
    failures = [said for action, said in _statuses(report) if action == "failed"]
    for said in failures[:1]:
        _failed(person, said)
    return "bounced" if failures else "nothing to do"


def _failed(person: User, said: str) -> None:
    if addresses.NO_SUCH_ADDRESS.search(said):
        addresses.stop(person.email, AddressStop.Reason.BOUNCED, said)
    elif said.startswith("5"):
        addresses.refused(person.email, said)


def _asked_to_end(report: EmailMessage) -> Ending | None:
    """What the sender wants to end: the subject of a mail made by the address in List-Unsubscribe."""
    if report.get_content_type() == "multipart/report":
        return None
    return unsubscribe.read(str(report["Subject"] or "").strip())


def _arrived_for(report: EmailMessage) -> Iterator[str]:
    for name in ARRIVED_FOR:
        yield from (str(value) for value in report.get_all(name, []))


def _is_complaint(report: EmailMessage) -> bool:
    """A report of abuse as RFC 5965 has it: the reader pressed "spam"."""
    parts = (part for part in report.walk() if part.get_content_type() == "message/feedback-report")
    return any("feedback-type: abuse" in _text_of(part).lower() for part in parts)


def _statuses(report: EmailMessage) -> Iterator[tuple[str, str]]:
    """Action, and status with what the other server said, of each recipient (RFC 3464)."""
    for part in report.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        for block in part.get_payload():
            if isinstance(block, Message) and block["Action"]:
                said = f"{block['Status'] or ''} {block['Diagnostic-Code'] or ''}"
                yield str(block["Action"]).strip().lower(), " ".join(said.split())


def _text_of(part: Message) -> str:
    """The text of a part; the email package takes message/* for a mail within."""
    payload = part.get_payload()
    return "\n".join(str(one) for one in payload) if isinstance(payload, list) else str(payload)
