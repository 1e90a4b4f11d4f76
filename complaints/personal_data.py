"""What the portal keeps here about a person: to take along, and to take away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from complaints.models import Report

if TYPE_CHECKING:
    from accounts.models import User


def export(user: User) -> dict[str, Any]:
    """What the person has reported, ready for JSON."""
    reports = Report.objects.filter(reporter=user).order_by("pk")
    return {"reports": list(reports.values("rule", "words", "reported_at", "case__outcome"))}


def erase(user: User) -> None:
    """The reports stay with their cases, without a name."""
    Report.objects.filter(reporter=user).update(reporter=None)
