"""What the portal keeps here about an officer or an author: to take along, and to take away."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from moderation.reviewing import Beside, Claim, Note, Remark

if TYPE_CHECKING:
    from accounts.models import User


def export(user: User) -> dict[str, Any]:
    """The notes that the person wrote, internal ones and those in texts, and the answers; ready for JSON."""
    notes = Note.objects.filter(written_by=user).order_by("pk").select_related("target_type")
    found = Remark.objects.filter(Q(written_by=user) | Q(answered_by=user)).select_related("target_type")
    remarks = list(found.order_by("pk"))
    return {
        "internal_notes": [_said(note, note.text, note.written_at) for note in notes],
        "notes_in_texts": [
            _said(remark, remark.text, remark.written_at)
            for remark in remarks
            if remark.written_by_id == user.pk
        ],
        "answers_to_notes": [
            _said(remark, remark.answer, remark.answered_at)
            for remark in remarks
            if remark.answered_by_id == user.pk
        ],
    }


def _said(row: Beside, text: str, at: datetime | None) -> dict[str, Any]:
    return {"kind": row.target_type.model, "number": row.target_id, "text": text, "written_at": at}


def erase(user: User) -> None:
    """Whoever has gone reviews nothing; the notes stay with their items, without a name."""
    Claim.objects.filter(taken_by=user).delete()
