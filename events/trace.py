"""What became of published events since, as everybody reads it, the newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Max, Prefetch, QuerySet

from events.change import EventChange, Nature

if TYPE_CHECKING:
    from collections.abc import Iterable

    from events.models import Event

# An event is moved a few times in its life; whoever goes on and on is not shown without end.
MOST = 50


def with_trace(events: QuerySet[Event]) -> QuerySet[Event]:
    """Each event with what became of it (of()), in one more question for all of them."""
    return events.prefetch_related(Prefetch("changes", EventChange.objects.true(), to_attr="told_changes"))


def since(event: Event, sequence: int) -> list[EventChange]:
    """What came true of an event after somebody had read it as it was then."""
    found = with_trace(type(event)._default_manager.select_related("region")).get(pk=event.pk)
    return of(found)[: max(1, event.sequence - sequence)]


def of(event: Event) -> list[EventChange]:
    """What came true of an event that was asked for with its trace."""
    told: list[EventChange] = event.told_changes  # type: ignore[attr-defined]
    hidden = max(
        (change.true_at for change in told if change.is_before_hidden and change.true_at), default=None
    )
    for change in told:
        change.event = event
        change.is_of_hidden_words = bool(hidden and change.true_at and change.true_at < hidden)
    return sorted(told, key=lambda change: (change.true_at, change.pk), reverse=True)[:MOST]


def protect(changes: Iterable[EventChange]) -> None:
    """Some changes of any events: they repeat nothing that a later change hides."""
    shown = list(changes)
    hiding = EventChange.objects.true().filter(
        event__in={change.event_id for change in shown}, nature=Nature.REWORDED, is_before_hidden=True
    )
    latest = dict(hiding.order_by().values_list("event").annotate(Max("decided_at")))
    for change in shown:
        hidden = latest.get(change.event_id)
        change.is_of_hidden_words = bool(hidden and change.true_at and change.true_at < hidden)
