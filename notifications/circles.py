"""Circles: people who are told for one reason, as rows that name them.

A fan-out never loads people. It asks where a window of people ends, and lets the database write the
rows of that window. Both questions are answered by each circle's own index, however large it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet, Value

from accounts.models import User


@dataclass(frozen=True)
class Window:
    """The people whose ids lie above `after`, up to and with `until`; None is to the end."""

    after: int = 0
    until: int | None = None

    def within(self, path: str) -> Q:
        """The condition on a column that names a person."""
        condition = Q((f"{path}__gt", self.after))
        return condition if self.until is None else condition & Q((f"{path}__lte", self.until))


EVERYBODY = Window()


@dataclass(frozen=True)
class Circle:
    """Some people. `person`: the column that names them; `mailed`: which of the rows ask for e-mail too."""

    rows: QuerySet
    person: str = "user"
    mailed: Q = field(default_factory=Q)

    def ids(self, window: Window, *, mailed: bool = False) -> QuerySet:
        """Who of the circle lies in the window: one column, `person_id`."""
        rows = self.rows.filter(window.within(self.person))
        if mailed:
            rows = rows.filter(self.mailed)
        return rows.order_by().values(person_id=F(self.person))


def people(circles: Sequence[Circle], window: Window = EVERYBODY) -> QuerySet[User]:
    """Everybody of the circles, once each, whatever number of reasons there is.

    `by_email`: whether the account wants e-mail, and one of the reasons asks for it.
    """
    if not circles:
        return User.objects.none().annotate(by_email=Value(value=False))
    named, asking = (_united(circles, window, mailed=mailed) for mailed in (False, True))
    return User.objects.filter(window.within("pk"), is_active=True, pk__in=named).annotate(
        by_email=ExpressionWrapper(Q(wants_email=True) & Q(pk__in=asking), output_field=BooleanField())
    )


def _united(circles: Sequence[Circle], window: Window, *, mailed: bool) -> QuerySet:
    first, *others = (circle.ids(window, mailed=mailed) for circle in circles)
    return first.union(*others)


def end_of_window(circles: Sequence[Circle], *, after: int, size: int) -> int | None:
    """The id of the size-th person after `after`; None where there are fewer, and the window is the last."""
    # A person in two circles stands in the first `size` of both, so the shortest lists that are enough.
    ids = [circle.ids(Window(after)).order_by("person_id")[:size] for circle in circles]
    if not ids:
        return None
    merged = ids[0].union(*ids[1:]).order_by("person_id") if len(ids) > 1 else ids[0]
    last = merged[size - 1 : size]
    return next((row["person_id"] for row in last), None)
