"""What aspirations keep about a person: to take along, and to take away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from aspirations.models import Aspiration, Request, Support
from aspirations.steps import OPEN, Status

if TYPE_CHECKING:
    from accounts.models import User


def export(user: User) -> dict[str, Any]:
    """What the person wrote and supports, ready for JSON: two queries."""
    own = Aspiration.objects.filter(sent_by=user).order_by("pk")
    supported = Support.objects.filter(user=user).order_by("pk")
    return {
        "aspirations": list(
            own.values(
                "id", "region", "community__name", "title", "text", "is_public", "status", "sent_at",
                "answer", "answered_at",
            )
        ),
        "supported_aspirations": list(supported.values("aspiration__title", "supported_at")),
    }  # fmt: skip


def erase(user: User) -> None:
    """Public ones stay under "deleted author"; what only the office could read loses its words."""
    _take_support_back(user)
    Request.objects.filter(email=user.email).delete()
    hidden = Aspiration.objects.filter(sent_by=user, community=None).exclude(
        pk__in=Aspiration.objects.public().filter(sent_by=user).values("pk")
    )
    hidden.filter(status__in=OPEN).update(
        status=Status.WITHDRAWN, withdrawn_at=timezone.now(), withdrawn_by=user, due_at=None
    )
    gone = _("Erased by its author")
    hidden.update(title=gone, text=gone)


def _take_support_back(user: User) -> None:
    """Where the person has just taken it back in another window, it is not taken back twice."""
    supported = Support.objects.filter(user=user)
    there = Aspiration.objects.filter(pk__in=supported.values("aspiration")).order_by("pk")
    locked = list(there.select_for_update().values_list("pk", flat=True))
    still = list(supported.filter(aspiration__in=locked).values_list("aspiration", flat=True))
    Aspiration.objects.filter(pk__in=still).update(support_count=F("support_count") - 1)
    supported.delete()
