"""What the portal keeps here about an officer: to take along, and to take away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from moderation.reviewing import Claim, Note

if TYPE_CHECKING:
    from accounts.models import User


def export(user: User) -> dict[str, Any]:
    """The notes that the person wrote, for nobody but the person; ready for JSON."""
    notes = Note.objects.filter(written_by=user).order_by("pk").select_related("target_type")
    return {
        "internal_notes": [
            {
                "kind": note.target_type.model,
                "number": note.target_id,
                "text": note.text,
                "written_at": note.written_at,
            }
            for note in notes
        ]
    }


def erase(user: User) -> None:
    """Whoever has gone reviews nothing; the notes stay with their items, without a name."""
    Claim.objects.filter(taken_by=user).delete()
