"""Load the demo data: two kabupaten with their offices, communities, news and events. Once."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from kimportal.demo import loading


class Command(BaseCommand):
    """manage.py load_demo."""

    help = "Load the demo data, once. Its accounts share a public password, so not in production."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load it, or say that it is there."""
        if settings.PRODUCTION:
            raise CommandError("The demo accounts have a password that everybody knows: not in production.")
        if loading.is_loaded():
            return
        self.stdout.write("Loading the demo data.")
        loading.load()
