"""What the portal keeps here about an officer: to take along, and to take away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from moderation.reviewing import Claim, Note, Remark

if TYPE_CHECKING:
    from accounts.models import User


def export(user: User) -> dict[str, Any]:
    """The notes that the person wrote, for nobody but the person, and those in texts; ready for JSON."""
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
        ],
        "notes_in_texts": [
            {
                "kind": remark.target_type.model,
                "number": remark.target_id,
                "text": remark.text,
                "written_at": remark.written_at,
            }
            for remark in Remark.objects.filter(written_by=user).order_by("pk").select_related("target_type")
        ],
        "answers_to_notes": [
            {
                "kind": remark.target_type.model,
                "number": remark.target_id,
                "text": remark.answer,
                "written_at": remark.answered_at,
            }
            for remark in Remark.objects.filter(answered_by=user).order_by("pk").select_related("target_type")
        ],
    }


def erase(user: User) -> None:
    """Whoever has gone reviews nothing; the notes stay with their items, without a name."""
    Claim.objects.filter(taken_by=user).delete()
