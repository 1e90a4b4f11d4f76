"""Internal notes: from officers to officers. Nothing is recorded or told, so nothing can reach the author."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction

from moderation.remarks import lock
from moderation.reviewing import BesideQuerySet, Note

if TYPE_CHECKING:
    from accounts.models import User
    from moderation.models import Moderated


def may_read(user: User, item: Moderated) -> bool:
    """Whether this person works at a desk on which the item lies, and it is not about work of theirs."""
    covers = any(posting.covers(item.region) for posting in user.current_postings)
    return covers and not (item.is_authored_by(user) or item.is_party(user))


def about(item: Moderated) -> BesideQuerySet:
    """The notes about an item, oldest first, for who was asked with may_read()."""
    return Note.objects.of(item).select_related("written_by").order_by("pk")


def readable_by(user: User, item: Moderated) -> BesideQuerySet:
    """The notes about an item, oldest first; none for who may not read them."""
    if not may_read(user, item):
        return Note.objects.none()
    return about(item)


def write(item: Moderated, *, by: User, text: str) -> Note:
    """Leave a note; a second click finds the first one. PermissionDenied for who may not read them."""
    if not may_read(by, item):
        raise PermissionDenied
    with transaction.atomic():
        lock(item)
        newest = about(item).last()
        if newest and (newest.written_by_id, newest.text) == (by.pk, text.strip()):
            return newest
        return Note.objects.create(target=item, written_by=by, text=text.strip())
