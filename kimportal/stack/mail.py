"""Mail of development: a file for each, and a line on the terminal with its link."""

import re
import sys
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

LINK = re.compile(r"https?://[^\s<>\"]+")
UNSAFE = re.compile(r"[^A-Za-z0-9@._+-]")


class EmailBackend(BaseEmailBackend):
    """Writes EMAIL_FILE_PATH/<time>-<recipient>.eml."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write them all; how many those were."""
        messages = [message for message in email_messages if message.recipients()]
        for message in messages:
            _write(message)
            print(_line(message), file=sys.stderr, flush=True)
        return len(messages)


def _write(message: EmailMessage) -> Path:
    """The file appears complete or not at all: somebody may be looking."""
    folder = Path(settings.EMAIL_FILE_PATH)
    folder.mkdir(parents=True, exist_ok=True)
    recipient = UNSAFE.sub("_", message.recipients()[0])[:100]
    file = folder / f"{timezone.now():%Y%m%d-%H%M%S-%f}-{recipient}.eml"
    unfinished = file.with_suffix(".part")
    unfinished.write_bytes(message.message().as_bytes())
    unfinished.rename(file)
    return file


def _line(message: EmailMessage) -> str:
    link = LINK.search(str(message.body))
    address = link.group().rstrip(".,;:)!?") if link else ""
    return f"Mail to {', '.join(message.recipients())}: {message.subject} {address}".rstrip()
