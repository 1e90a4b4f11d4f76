"""Several items at once: one move and one note, each item through the one door and with its own history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from moderation.actions import move
from moderation.errors import TransitionRefused

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from accounts.models import User
    from moderation.models import Moderated


class Outcome(NamedTuple):
    """What became of one item: empty words where it was decided, else why not."""

    item: Moderated
    refusal: StrOrPromise = ""


def move_together(
    items: Iterable[tuple[Moderated, datetime | None]],
    name: str,
    *,
    by: User,
    reason: str = "",
    answers: Mapping[str, str] | None = None,
) -> list[Outcome]:
    """Make the move on each item and the version that was seen of it; what is refused holds up no other.

    The answers of the sheet hold for each of them.

    TransitionRefused, and nothing done, where the items are of several kinds or their kind is decided one
    by one.
    """
    chosen = list(items)
    models = {type(item) for item, _seen in chosen}
    if len(models) > 1:
        raise TransitionRefused(_("Choose items of one kind: what is decided together is alike."))
    if any(name not in model.MOVES_TOGETHER for model in models):
        raise TransitionRefused(
            _("This is decided one by one, because each must be read. Open the items in turn.")
        )
    return [_outcome(item, name, seen=seen, by=by, reason=reason, answers=answers) for item, seen in chosen]


def _outcome(item: Moderated, name: str, **said: Any) -> Outcome:
    if getattr(item, "is_on_appeal", False):
        return Outcome(
            item, _("This is decided one by one, because each must be read. Open the items in turn.")
        )
    try:
        return Outcome(move(item, name, **said))
    except TransitionRefused as refusal:
        return Outcome(item, refusal.message)
    except PermissionDenied:
        return Outcome(item, _("This decision is not yours."))
