"""manage.py load_regions"""

import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from regions import loading


class Command(BaseCommand):
    """Loads the regions; run again it changes only what differs."""

    help = "Load all regions of Indonesia with their official codes."

    def add_arguments(self, parser: CommandParser) -> None:
        """Another file than the project's own."""
        parser.add_argument("--file", type=Path, default=loading.FILE)

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say what was done."""
        started = time.monotonic()
        try:
            loaded = loading.load_regions(options["file"])
        except loading.RegionsRefused as refusal:
            raise CommandError(f"Nothing was loaded. {refusal}") from refusal
        took = time.monotonic() - started
        self.stdout.write(
            f"{loaded.total:,} regions: {loaded.written:,} written, {loaded.closed:,} closed, {took:.1f} s"
        )
