"""`manage.py push_keys`: a key pair for web push, for the settings of an installation."""

from typing import Any

from django.core.management.base import BaseCommand

from notifications.push_keys import new_pair


class Command(BaseCommand):
    """Prints a new pair and keeps nothing."""

    help = "Prints a new key pair for web push."

    def handle(self, *args: Any, **options: Any) -> None:
        """The private key goes into the environment; browsers hear the public one from the portal."""
        private, public = new_pair()
        self.stdout.write(f"VAPID_PRIVATE_KEY={private}")
        self.stdout.write(f"# public: {public}")
        self.stdout.write("# With another key all devices have to be allowed anew: keep this one.")
