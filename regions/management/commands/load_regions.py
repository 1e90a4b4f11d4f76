"""manage.py load_regions"""

import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from regions import loading
from regions.models import Region


class Command(BaseCommand):
    """Loads the regions into an empty portal; where they are, a decree changes them (change_regions)."""

    help = "Load all regions of Indonesia with their official codes."

    def add_arguments(self, parser: CommandParser) -> None:
        """Another file than the project's own; and to load it over what there is, which moves nothing."""
        parser.add_argument("--file", type=Path, default=loading.FILE)
        parser.add_argument(
            "--replace",
            action="store_true",
            help="load over the regions there are; nothing of a region that closes is moved",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say what was done."""
        if (there := Region.objects.open().count()) and not options["replace"]:
            self.stdout.write(
                f"{there:,} regions are there: nothing to load. "
                "A new decree's list is brought in with change_regions."
            )
            return
        started = time.monotonic()
        try:
            loaded = loading.load_regions(options["file"])
        except loading.RegionsRefused as refusal:
            raise CommandError(f"Nothing was loaded. {refusal}") from refusal
        took = time.monotonic() - started
        self.stdout.write(
            f"{loaded.total:,} regions: {loaded.written:,} written, {loaded.closed:,} closed, {took:.1f} s"
        )
