"""`manage.py telegram_webhook`: lets Telegram call the portal instead of being asked each half minute."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from notifications import telegram
from notifications.links import address_of
from notifications.telegram_api import Bot, No, Silent
from notifications.telegram_updates import WANTED


class Command(BaseCommand):
    """Tells Telegram the address and the secret; with --off it is asked again."""

    help = "Sets the webhook of the bot, or takes it away (--off)."

    def add_arguments(self, parser: CommandParser) -> None:
        """--off."""
        parser.add_argument("--off", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """One call; it may be repeated."""
        if not telegram.is_offered():
            raise CommandError("Set TELEGRAM_BOT_TOKEN and TELEGRAM_BOT_NAME first.")
        address = "" if options["off"] else address_of(reverse("notifications:telegram_webhook"))
        try:
            with Bot() as bot:
                bot.call(
                    "setWebhook",
                    url=address,
                    secret_token=telegram.webhook_secret(),
                    allowed_updates=WANTED,
                )
        except (No, Silent) as problem:
            raise CommandError(f"Telegram says: {problem}") from problem
        self.stdout.write(f"Telegram calls {address}" if address else "Telegram is asked again.")
