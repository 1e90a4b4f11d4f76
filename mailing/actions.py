"""What the apps above do with their mails."""

from django.db import transaction

from mailing.signals import posted


def send_soon() -> None:
    """Once this transaction is over, do not wait for the next minute."""
    transaction.on_commit(_announce, robust=True)


def _announce() -> None:
    posted.send(sender=None)
