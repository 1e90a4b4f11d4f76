"""What announcements keep about a person: to take along, and to take away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import CharField, Value

from announcements.models import Announcement, PassedOn, Receipt

if TYPE_CHECKING:
    from accounts.models import User


def export(user: User) -> dict[str, Any]:
    """What the person confirmed, passed on, and announced for an office, ready for JSON: one query."""
    read = Receipt.objects.filter(user=user).values_list("announcement__title", "read_at", _what("read"))
    passed = PassedOn.objects.filter(passed_on_by=user).values_list(
        "announcement__title", "passed_on_at", _what("passed on")
    )
    written = Announcement.objects.filter(created_by=user).values_list(
        "title", "created_at", _what("written")
    )
    rows = read.order_by().union(passed.order_by(), written.order_by(), all=True)
    return {"announcements": [{"title": title, "at": at, "what": what} for title, at, what in rows]}


def _what(word: str) -> Value:
    return Value(word, CharField())


def erase(user: User) -> None:
    """Nobody has read anything any more; what was announced and published stays."""
    Receipt.objects.filter(user=user).delete()
