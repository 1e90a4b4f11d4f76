"""What every page of the desk shows: the list as it is narrowed, its counts and its controls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from moderation.kinds import kinds
from moderation.states import MOVES, Status
from office import narrowing, queue, replies
from office.forms import DecisionForm
from office.names import office_name

if TYPE_CHECKING:
    from accounts.models import User
    from accounts.requests import SignedInRequest
    from moderation.models import Moderated
    from office.narrowing import Narrowing
    from office.queue import Row

TOGETHER = ("approve", "return")


def with_query(name: str, look: Narrowing, **kwargs: Any) -> str:
    """An address of the desk that carries the look on."""
    return reverse(name, kwargs=kwargs or None) + (f"?{look.query}" if look.query else "")


def look_of(request: SignedInRequest, selected: Moderated | None = None) -> Narrowing:
    """How this page looks at the desk; beside an item, at the items of its status."""
    return narrowing.read(
        request.GET,
        status=selected.status if selected and not selected.waits_for_office else Status.SUBMITTED,
    )


def desk_context(request: SignedInRequest, selected: Moderated | None = None) -> dict[str, Any]:
    """The list and the counts; with the filters, unless an item is open beside the list."""
    user = request.user
    look = look_of(request, selected)
    found = queue.rows(user, look, opened=selected)
    rows = found[: queue.PER_PAGE]
    waiting = queue.waiting(user)
    reported = waiting.pop(queue.REPORTS)
    return {
        "rows": rows,
        "look": look,
        "query": look.query,
        "filters": None if selected else _filters(user, look),
        "next_page": look.page + 1 if len(found) > queue.PER_PAGE else None,
        "previous_page": look.page - 1 if look.page > 1 else None,
        "status": look.status,
        "statuses": [(value, value.label, look.but(status=value)) for value in narrowing.SHOWN],
        "kind": look.kind,
        "kinds": [
            (name, model._meta.verbose_name_plural, waiting[name].number, look.but(kind=name))
            for name, model in kinds().items()
        ],
        "every_kind": look.but(kind=""),
        "waiting_total": sum(kind.number for kind in waiting.values()),
        "late_total": sum(kind.late for kind in waiting.values()),
        "late_query": narrowing.Narrowing(is_overdue=True).query,
        "office": office_name(user.current_postings[0].region),
        "replies": replies.replies_for(user, selected.region if selected else None),
        "form": DecisionForm(about={kinds()[row.item_kind] for row in rows if row.goes_together}),
        "moves_together": [] if selected else _moves_together(rows),
        "nav": "office:desk",
        "reported": reported,
    }


def _filters(user: User, look: Narrowing) -> narrowing.NarrowingForm:
    return narrowing.NarrowingForm(_shown(look), regions=narrowing.regions_to_choose(user, look.region))


def _shown(look: Narrowing) -> dict[str, Any]:
    return {name: getattr(look, field) or "" for field, name in narrowing.NAMES.items()}


def _moves_together(rows: list[Row]) -> list[tuple[Any, Any]]:
    """The moves that some of the listed items could be given together."""
    models = [kinds()[row.item_kind] for row in rows if row.goes_together and row.is_my_turn]
    names = [name for name in TOGETHER if any(name in model.MOVES_TOGETHER for model in models)]
    return [(MOVES[name], MOVES[name].label) for name in names]
