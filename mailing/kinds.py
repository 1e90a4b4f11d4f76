"""The kinds of mail, and whom nothing is sent: known by what the apps above register."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.core.mail import EmailMessage
    from django.db.models import QuerySet


@dataclass(frozen=True)
class Kind:
    """Mails of one kind. The rows that wait are the outbox: each is written with what it tells of."""

    # Stands in the Message-ID, so that a mail handed over twice is known as one.
    name: str
    # The rows whose mail has not gone yet. Asked anew before each mail, so that none goes out in vain.
    waiting: Callable[[], QuerySet]
    # None where there is nothing to say any more.
    compose: Callable[[Any], EmailMessage | None]
    # Notes that there is nothing more to send; in the transaction in which the mail was handed over.
    done: Callable[[Any], None]


KINDS: dict[str, Kind] = {}
_stops: list[Callable[[str], bool]] = []


def register(kind: Kind) -> None:
    """Make a kind known, once, while the portal starts."""
    KINDS[kind.name] = kind


def stop_where(is_stopped: Callable[[str], bool]) -> None:
    """Have every address asked about before anything is sent there."""
    if is_stopped not in _stops:
        _stops.append(is_stopped)


def is_stopped(email: str) -> bool:
    """Whether nothing may be sent to this address."""
    return any(stop(email) for stop in _stops)
