"""What a channel is: one way by which a message leaves the portal, and what the other side's answers mean.

A channel knows nothing of queues, retries or rows. `notifications/delivery.py` brings it messages, one at a
time; tests/notifications/test_channels.py holds every channel to the same promises.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from types import TracebackType
from typing import TYPE_CHECKING, ClassVar, Self

from django.db.models import Q

if TYPE_CHECKING:
    from accounts.models import User
    from notifications.models import Delivery

LONGEST_ERROR = 300


class NotNow(Exception):
    """It may work later; not before `wait`, where the other side said so."""

    def __init__(self, said: str = "", *, wait: timedelta = timedelta()) -> None:
        super().__init__(said)
        self.wait = wait


class Unreachable(NotNow):
    """The other side itself cannot be used now: the others of this channel need not try either."""


class Refused(Exception):
    """It will never work: the address or the message is refused for good."""


class Channel:
    """One way out, used as a context manager for a round of many messages.

    A class a channel; `notifications/channels/__init__.py` names them all. Errors carry what the other side
    said without whom it was said to: `private_words` names what must not be kept.
    """

    name: ClassVar[str]
    # How many rounds may send at once, in all workers together: a side that is slow then holds up these only.
    senders: ClassVar[int] = 1

    @classmethod
    def reachable(cls, kind: str) -> Q:
        """Which accounts the channel reaches with a story of this kind, as a condition on User."""
        raise NotImplementedError

    def open(self) -> None:
        """Get ready. Raises Unreachable where the other side is not there; called again, does nothing."""

    def close(self) -> None:
        """Let go of what open() took; never raises."""

    def prepare(self, people: Sequence[User]) -> None:
        """Look up at once what the messages to these people need, so that send() asks for nothing."""

    def send(self, person: User, deliveries: Sequence[Delivery]) -> None:
        """Hand over one message about all these deliveries, of one bundle, the lowest pk first.

        Raises NotNow, Unreachable or Refused where it is not taken; returns when the other side has it.
        """
        raise NotImplementedError

    def refused(self, person: User, problem: Refused) -> None:
        """Note what a refusal says of the person's address or device. Called when nothing is locked."""

    def private_words(self, person: User) -> list[str]:
        """What an answer of the other side may repeat and the portal does not keep."""
        return [person.email, person.name]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def without(words: Sequence[str], said: str) -> str:
    """What was said, short enough to be kept, with none of these words."""
    for word in sorted(filter(None, words), key=len, reverse=True):
        said = said.replace(word, "…")
    return " ".join(said.split())[:LONGEST_ERROR]
