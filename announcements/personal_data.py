"""What announcements keep about a person: to take along, and to take away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import F

from announcements.models import Announcement, PassedOn, Receipt

if TYPE_CHECKING:
    from accounts.models import User


def export(user: User) -> dict[str, Any]:
    """What the person confirmed, passed on, and announced for an office, ready for JSON."""
    read = Receipt.objects.filter(user=user).order_by("pk")
    passed = PassedOn.objects.filter(passed_on_by=user).order_by("pk")
    written = Announcement.objects.filter(created_by=user).order_by("pk")
    titled = {"title": F("announcement__title")}
    return {
        "announcements": {
            "read": list(read.values("read_at", **titled)),
            "passed_on": list(passed.values("passed_on_at", "community__name", **titled)),
            "written": list(written.values("title", "created_at", "sent_at")),
        }
    }


def erase(user: User) -> None:
    """Nobody has read anything any more; what was announced and published stays."""
    Receipt.objects.filter(user=user).delete()
