"""`manage.py read_bounce`: reads one mail to the return address from stdin, as mail servers hand it over."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from notifications import bounces


class Command(BaseCommand):
    """Stops the address whose mail came back or was complained of; ends what a mail asks to end."""

    help = "Read one returned mail, complaint or request to unsubscribe from standard input."

    def add_arguments(self, parser: CommandParser) -> None:
        """The address it came to, where the mail server hands it over."""
        parser.add_argument("--for", dest="arrived_for", default="", help="the address that the mail came to")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what was done, without an address: mail servers keep what a pipe says."""
        content = sys.stdin.buffer.read(bounces.LARGEST_REPORT)
        self.stdout.write(bounces.read(content, options["arrived_for"]))
