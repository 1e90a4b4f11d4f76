"""Circles: people who are told for one reason, as rows that name them.

A fan-out never loads people. It asks where a window of people ends, and lets the database write the
rows of that window. Both questions are answered by each circle's own index, however large it is.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Case, F, PositiveSmallIntegerField, Q, QuerySet, Value, When
from django.db.models.expressions import RawSQL

from accounts.models import User
from notifications.models import Rhythm

AT_ONCE = Value(int(Rhythm.AT_ONCE), output_field=PositiveSmallIntegerField())
NEVER = Value(int(Rhythm.OFF), output_field=PositiveSmallIntegerField())


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


def among(ids: Collection[int]) -> RawSQL:
    """Many ids as one value: Django would look at each of them, in each circle."""
    return RawSQL("SELECT unnest(%s::bigint[])", [list(ids)])


@dataclass(frozen=True)
class Circle:
    """Some people. `person`: the column that names them; `rhythm`: how often they want to hear of it."""

    rows: QuerySet
    person: str = "user"
    rhythm: F | Value = AT_ONCE

    def ids(self, window: Window = EVERYBODY) -> QuerySet:
        """Who of the circle lies in the window: one column, `person_id`."""
        return self._within(window).values(person_id=F(self.person))

    def reasons(self, window: Window = EVERYBODY) -> QuerySet:
        """The same with the rhythm: three columns, `person_id`, `strength`, and `mailed`, that of e-mail."""
        return self._within(window).values(
            person_id=F(self.person), strength=self.rhythm, mailed=self._mailed
        )

    @property
    def _mailed(self) -> F | Value | Case:
        """How often by e-mail: of what is followed somebody may have ended that by the link of a mail."""
        if not isinstance(self.rhythm, F):
            return self.rhythm
        return Case(When(by_email=True, then=self.rhythm), default=NEVER)

    def reasons_of(self, people: Collection[int]) -> QuerySet:
        """The same of these people."""
        return self.reasons().filter(Q((f"{self.person}__in", among(people))))

    def _within(self, window: Window) -> QuerySet:
        return self.rows.filter(window.within(self.person)).order_by()


def people(circles: Sequence[Circle], window: Window = EVERYBODY) -> QuerySet[User]:
    """Everybody of the circles, once each, whatever number of reasons there is."""
    if not circles:
        return User.objects.none()
    first, *others = (circle.ids(window) for circle in circles)
    return active(window).filter(pk__in=first.union(*others))


def active(window: Window = EVERYBODY) -> QuerySet[User]:
    """The accounts of a window that can be told anything at all."""
    return User.objects.filter(window.within("pk"), is_active=True)


def reasons(circles: Sequence[Circle], window: Window = EVERYBODY) -> QuerySet:
    """A row for each person and reason: `person_id`, `strength`, `mailed`. There must be a circle."""
    first, *others = (circle.reasons(window) for circle in circles)
    return first.union(*others, all=True)


def strongest(circles: Sequence[Circle], person: User) -> Rhythm | None:
    """The rhythm in which the person is told: the strongest of all reasons. None where there is none."""
    window = Window(person.pk - 1, person.pk)
    found = [row["strength"] for row in reasons(circles, window)] if circles else []
    return Rhythm(max(found)) if found else None


def strengths(
    circles: Sequence[Circle], people: Collection[int], *, by_email: bool = False
) -> dict[int, Rhythm]:
    """The same of many people at once, by id, and perhaps that of e-mail; who is not concerned is missing."""
    if not circles or not people:
        return {}
    first, *others = (circle.reasons_of(people) for circle in circles)
    found: dict[int, Rhythm] = {}
    for row in first.union(*others, all=True):
        rhythm = Rhythm(row["mailed" if by_email else "strength"])
        found[row["person_id"]] = max(rhythm, found.get(row["person_id"], rhythm))
    return found


def end_of_window(circles: Sequence[Circle], *, after: int, size: int) -> int | None:
    """The id of the size-th person after `after`; None where there are fewer, and the window is the last."""
    # A person in two circles stands in the first `size` of both, so the shortest lists that are enough.
    ids = [circle.ids(Window(after)).order_by("person_id")[:size] for circle in circles]
    if not ids:
        return None
    merged = ids[0].union(*ids[1:]).order_by("person_id") if len(ids) > 1 else ids[0]
    last = merged[size - 1 : size]
    return next((row["person_id"] for row in last), None)
