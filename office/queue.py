"""What lies on a desk: items of every kind in one list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from moderation.kinds import kinds
from moderation.querysets import ModeratedQuerySet
from moderation.states import Status

if TYPE_CHECKING:
    from accounts.models import User

PER_PAGE = 30


def _of(user: User, kind: str) -> ModeratedQuerySet:
    objects: ModeratedQuerySet = kinds()[kind].objects  # type: ignore[attr-defined]
    return objects.on_desks_of(user).with_turn_of(user)


def counts(user: User) -> dict[str, int]:
    """How many items of each kind wait in the person's regions."""
    return {kind: _of(user, kind).waiting().count() for kind in kinds()}


def rows(
    user: User, *, status: str = Status.SUBMITTED, kind: str = "", mine: bool = False, page: int = 1
) -> list[Any]:
    """One page of rows (see ModeratedQuerySet.desk_rows), and one more row if there is a next page.

    Waiting items come by deadline, decided ones by the latest decision. mine: only those whose turn it is.
    """
    order = (
        ("due_at", "item_kind", "pk") if status == Status.SUBMITTED else ("-decided_at", "item_kind", "pk")
    )
    wanted = [kind] if kind in kinds() else list(kinds())
    end = page * PER_PAGE + 1
    parts = []
    for name in wanted:
        items = _of(user, name).filter(status=status)
        if mine:
            items = items.filter(is_my_turn=1)
        parts.append(items.desk_rows().order_by(order[0], "pk")[:end])
    merged = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    if len(parts) > 1:
        merged = merged.order_by(*order)
    return list(merged[end - PER_PAGE - 1 : end])


def next_waiting(user: User) -> Any | None:
    """The most urgent item that is this officer's to decide."""
    return next(iter(rows(user, mine=True)), None)
