"""Internal notes: from officers to officers. Nothing is recorded or told, so nothing can reach the author."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied

from moderation.reviewing import BesideQuerySet, Note

if TYPE_CHECKING:
    from accounts.models import User
    from moderation.models import Moderated


def may_read(user: User, item: Moderated) -> bool:
    """Whether this person works at a desk on which the item lies, and is not its author."""
    covers = any(posting.covers(item.region) for posting in user.current_postings)
    return covers and not item.is_authored_by(user)


def about(item: Moderated) -> BesideQuerySet:
    """The notes about an item, oldest first, for who was asked with may_read()."""
    return Note.objects.of(item).select_related("written_by").order_by("pk")


def readable_by(user: User, item: Moderated) -> BesideQuerySet:
    """The notes about an item, oldest first; none for who may not read them."""
    if not may_read(user, item):
        return Note.objects.none()
    return about(item)


def write(item: Moderated, *, by: User, text: str) -> Note:
    """Leave a note. PermissionDenied for who may not read them."""
    if not may_read(by, item):
        raise PermissionDenied
    return Note.objects.create(target=item, written_by=by, text=text.strip())
