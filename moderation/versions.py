"""What was sent for review, each time, and what changed since it was returned; see docs/adr/0021."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext as _

from moderation.differences import Piece, changed
from moderation.errors import TransitionRefused
from moderation.reviewing import Version

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from accounts.models import User
    from moderation.models import Moderated


class Change(NamedTuple):
    """One part of an item that was changed: its name, and its words with what went and what came."""

    label: StrOrPromise
    pieces: list[Piece]


class Comparison(NamedTuple):
    """A version beside the one that was returned before it."""

    before: Version
    after: Version
    changes: list[Change]


def require_seen(item: Moderated, seen: datetime | None) -> None:
    """TransitionRefused where another version was sent since the one that somebody has read."""
    if seen is not None and seen != item.submitted_at:
        raise TransitionRefused(_("The author has sent a new version in the meantime. Read it, then decide."))


def keep(item: Moderated, *, by: User, at: datetime) -> None:
    """Keep the words as they are sent."""
    Version.objects.create(target=item, content=item.content(), sent_by=by, sent_at=at)


def keep_corrected(item: Moderated) -> None:
    """An officer has corrected a slip: what stands there now counts as sent, not as the author's change."""
    newest = Version.objects.of(item).order_by("-pk").values("pk")[:1]
    Version.objects.filter(pk__in=newest).update(content=item.content())


def mark_returned(item: Moderated) -> None:
    """The newest version is what the office has returned."""
    newest = Version.objects.of(item).order_by("-pk").values("pk")[:1]
    Version.objects.filter(pk__in=newest).update(is_returned=True)


def comparison(item: Moderated) -> Comparison | None:
    """The newest version beside the one returned before it; None where none was."""
    found = list(Version.objects.of(item).order_by("-pk")[:10])
    after = next(iter(found), None)
    before = next((version for version in found[1:] if version.is_returned), None)
    if after is None or before is None:
        return None
    return Comparison(before, after, changes(item, before.content, after.content))


def changes(item: Moderated, before: dict[str, str], after: dict[str, str]) -> list[Change]:
    """The parts that differ between two contents of an item, with what went and what came."""
    names = [*after, *(name for name in before if name not in after)]
    return [
        Change(
            item.content_label(name),
            changed(
                item.content_words(name, before.get(name, "")), item.content_words(name, after.get(name, ""))
            ),
        )
        for name in names
        if before.get(name, "") != after.get(name, "")
    ]
