"""The mails of a journey, as files; and waiting for what a worker does."""

from __future__ import annotations

import email
import re
import time
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import TypeVar

from articles.models import Photo

PATIENCE_SECONDS = 30
LINK = re.compile(r"https?://[^\s<>\"]+")
Answer = TypeVar("Answer")


def until(question: Callable[[], Answer]) -> Answer:
    """The first answer that is not empty."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not (answer := question()):
        assert time.monotonic() < deadline, "It did not come true."
        time.sleep(0.02)
    return answer


def photos_are_ready() -> bool:
    """Whether the worker has made all of them ready: before that nobody approves an article."""
    return not Photo.objects.filter(state=Photo.State.WAITING).exists()


class Mailbox:
    """The folder into which the portal writes its mails."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def to(self, address: str) -> list[EmailMessage]:
        """Every mail to this address, oldest first."""
        files = sorted(self.folder.glob(f"*-{address}.eml"))
        return [email.message_from_bytes(file.read_bytes(), policy=default) for file in files]

    def wait_for(self, address: str, *, number: int = 1) -> EmailMessage:
        """The newest mail to this address, as soon as there are so many."""
        return until(lambda: self.to(address)[number - 1 :])[-1]


def link_in(mail: EmailMessage, to: str = "") -> str:
    """The first address in the text of a mail; the first with these words, where it has several."""
    body = mail.get_body(("plain",))
    found = [each.group() for each in LINK.finditer(body.get_content() if body else "") if to in each.group()]
    assert found, mail.as_string()
    return found[0].rstrip(".,;:)!?")
