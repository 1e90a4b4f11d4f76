"""Sends what waits, kind by kind in turns. One that fails is tried later; it holds up no other."""

from __future__ import annotations

import logging
import random
import time
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import get_connection
from django.db import transaction
from django.utils import timezone

from common.mail_failures import failures, is_refused_for_good
from mailing.kinds import KINDS, Kind, is_stopped
from mailing.models import Setback

if TYPE_CHECKING:
    from django.core.mail.backends.base import BaseEmailBackend

logger = logging.getLogger(__name__)
# How many of one kind before the others have their turn.
TURN = 50
# A round ends before the clock asks for the next.
ROUND_SECONDS = 45
LONGEST_PAUSE = timedelta(minutes=30)
# Longer than a mail server is away over a weekend; then somebody has to look.
GIVE_UP_AFTER = timedelta(days=3)
FORGET_AFTER = timedelta(days=30)


class ServerAway(Exception):
    """The mail server takes nothing now: no fault of any mail."""


def send_due(*kinds: Kind) -> int:
    """Send what waits of these kinds, or of all; how many are done with. Killed anywhere, nothing is lost."""
    ends, done = time.monotonic() + ROUND_SECONDS, 0
    connection = get_connection()
    try:
        while time.monotonic() < ends:
            in_this_turn = sum(_take_turn(kind, connection, ends) for kind in kinds or KINDS.values())
            done += in_this_turn
            if not in_this_turn:
                break
    except ServerAway as problem:
        logger.warning("Mails to people without an account wait for the mail server: %s", problem)
    finally:
        _hang_up(connection)
    return done


def forget_old() -> int:
    """Forget setbacks of what waits no longer; how many."""
    return Setback.objects.filter(due_at__lt=timezone.now() - FORGET_AFTER).delete()[0]


def _take_turn(kind: Kind, connection: BaseEmailBackend, ends: float) -> int:
    held = Setback.objects.holding().filter(kind=kind.name).values("about")
    waiting = kind.waiting().exclude(pk__in=held).order_by("pk")
    done = 0
    for pk in list(waiting.values_list("pk", flat=True)[:TURN]):
        if time.monotonic() >= ends:
            break
        done += _send_one(kind, pk, connection)
    return done


@transaction.atomic
def _send_one(kind: Kind, pk: int, connection: BaseEmailBackend) -> bool:
    """Whether there is nothing more to do about it. Another process that has it at this moment goes on."""
    row = kind.waiting().filter(pk=pk).select_for_update(of=("self",), skip_locked=True).first()
    if row is None:
        return False
    setback = Setback.objects.filter(kind=kind.name, about=pk).first()
    try:
        with transaction.atomic():
            _hand_over(kind, row, connection)
            kind.done(row)
    except ServerAway:
        raise
    except Exception as problem:  # noqa: BLE001 - whatever it is, the others go on
        _note(kind, pk, setback, problem)
        _hang_up(connection)
        return False
    if setback:
        setback.delete()
    return True


def _hand_over(kind: Kind, row: Any, connection: BaseEmailBackend) -> None:
    """To the mail server, unless its owner wants nothing from us or there is no such address."""
    message = kind.compose(row)
    if message is None or is_stopped(message.to[0]):
        return
    message.extra_headers = {**_headers(kind, row.pk), **message.extra_headers}
    try:
        connection.open()
    except OSError as problem:
        raise ServerAway(type(problem).__name__) from problem
    try:
        connection.send_messages([message])
    except failures() as problem:
        # Refused for good: asking again would only keep the others waiting.
        if not is_refused_for_good(problem):
            raise


def _headers(kind: Kind, pk: int) -> dict[str, str]:
    host = urlsplit(settings.PORTAL_URL).hostname or "localhost"
    return {"Message-ID": f"<{kind.name}-{pk}@{host}>", "Auto-Submitted": "auto-generated"}


def _note(kind: Kind, pk: int, setback: Setback | None, problem: Exception) -> None:
    """When it is tried again: soon, then later and later. The log names no address."""
    now = timezone.now()
    setback = setback or Setback(kind=kind.name, about=pk, began_at=now)
    setback.attempts += 1
    pause = min(timedelta(minutes=2 ** min(setback.attempts - 1, 10)), LONGEST_PAUSE)
    setback.due_at = now + pause * random.uniform(1, 1.5)  # noqa: S311 - spreads tries, guards nothing
    setback.said = f"{getattr(problem, 'smtp_code', '')} {type(problem).__name__}".strip()
    if now - setback.began_at > GIVE_UP_AFTER:
        setback.given_up_at = now
    setback.save()
    logger.warning("Mail %s-%s was not sent and waits: %s", kind.name, pk, setback.said)


def _hang_up(connection: BaseEmailBackend) -> None:
    """A connection on which something went wrong is not used again; the next mail opens another."""
    try:
        connection.close()
    except Exception as problem:  # noqa: BLE001 - it is of no use any more
        logger.info("The connection to the mail server was lost: %s", type(problem).__name__)
