"""What the apps above do with their mails."""

from typing import Any

from django.db import transaction

from mailing.models import Setback
from mailing.signals import posted


def send_soon() -> None:
    """Once this transaction is over, do not wait for the next minute."""
    transaction.on_commit(_announce, robust=True)


def begin_anew(kind: str, rows: Any) -> None:
    """Forget what went wrong with these rows: they wait with another mail. rows: their numbers."""
    Setback.objects.filter(kind=kind, about__in=rows).delete()


def _announce() -> None:
    posted.send(sender=None)
