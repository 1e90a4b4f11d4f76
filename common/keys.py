"""Rows whose keys are found first, before they are put in an order of their own."""

from typing import TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, F, Func, QuerySet

Rows = TypeVar("Rows", bound=QuerySet)


class _OneOf(Func):
    """Whether a value is one of an array's."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY ("
    arity = 2
    output_field = BooleanField()


def keys_first(rows: Rows, found: QuerySet) -> Rows:
    """The rows of which `found` has the keys: what it asks is answered by its own index.

    Left to choose, the planner walks through the rows in their order and looks at each, however few are
    wanted. As an array the keys come first; there should not be more than some ten thousand.
    """
    return rows.filter(_OneOf(F("pk"), ArraySubquery(found)))
