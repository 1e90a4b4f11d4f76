"""Saved replies: words that an office uses again and again, put into the note to the author."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accounts.offices import replies_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accounts.models import SavedReply, User
    from regions.models import Region


def inserted(note: str, chosen: str, replies: Iterable[SavedReply]) -> str:
    """The note with the chosen reply behind it; as it was where there is no such reply."""
    text = next((reply.text for reply in replies if str(reply.pk) == chosen), "")
    return "\n".join(part for part in (note.rstrip(), text) if part)


def replies_for(user: User, region: Region | None = None) -> list[SavedReply]:
    """The replies of the region's office and those above; without a region, of the officer's own office."""
    return list(replies_of(region or user.current_postings[0].region))
