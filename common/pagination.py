"""Pages of long lists without counting them: each page begins where the one before it ended.

An index in the list's order answers any page in the time of the first, five million rows deep.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from django.core import signing
from django.core.exceptions import ValidationError
from django.db.models import Field, Model, Q, QuerySet
from django.http import HttpRequest

M = TypeVar("M", bound=Model)

AFTER, BEFORE = "sesudah", "sebelum"
PER_PAGE = 20


@dataclass(frozen=True)
class KeysetPage(Generic[M]):
    """One page; the queries are links to its neighbours, empty where there is none."""

    object_list: list[M]
    previous_query: str = ""
    next_query: str = ""

    def __iter__(self) -> Iterator[M]:
        return iter(self.object_list)

    def __len__(self) -> int:
        return len(self.object_list)

    def __bool__(self) -> bool:
        return bool(self.object_list)


def paginate(
    queryset: QuerySet[M],
    request: HttpRequest,
    order: Sequence[str] = ("-published_at", "-pk"),
    per_page: int = PER_PAGE,
    parts: Sequence[Q] = (),
) -> KeysetPage[M]:
    """The page that ?sesudah= or ?sebelum= asks for, the first one by default, with one query.

    The order names columns of the model that are never null, the last of them unique. A cursor that
    is not ours, or is of another list, gives the first page. parts: see first_of().
    """
    return _List(queryset, request, tuple(order), per_page, parts).page()


def first_of(queryset: QuerySet[M], number: int, parts: Sequence[Q]) -> QuerySet[M]:
    """The first rows of an ordered list that are in any of the parts, with one query.

    For rows that an index holds in order part by part, but not all together: each part gives its first.
    """
    if len(parts) < 2:
        return queryset.filter(*parts)[:number]
    firsts = [queryset.filter(part).values("pk")[:number] for part in parts]
    return queryset.filter(pk__in=firsts[0].union(*firsts[1:]))[:number]


class _List(Generic[M]):
    """One list as one request sees it."""

    def __init__(
        self,
        queryset: QuerySet[M],
        request: HttpRequest,
        order: tuple[str, ...],
        size: int,
        parts: Sequence[Q],
    ) -> None:
        self.queryset = queryset.order_by(*order)
        self.order = order
        self.size = size
        self.parts = parts
        self.query = request.GET.copy()
        self.after = self._read(self.query.pop(AFTER, [""])[-1])
        self.before = self._read(self.query.pop(BEFORE, [""])[-1])

    def page(self) -> KeysetPage[M]:
        """The page asked for; at the beginning always a full one."""
        if self.after:
            return self._forwards(self.after)
        if self.before:
            beyond = self.queryset.reverse().filter(self._beyond(self.before, backwards=True))
            rows = list(first_of(beyond, self.size + 1, self.parts))[::-1]
            if len(rows) >= self.size:
                shown = rows[-self.size :]
                previous = self._link(BEFORE, shown[0]) if len(rows) > self.size else ""
                return KeysetPage(shown, previous, self._link(AFTER, shown[-1]))
        return self._forwards(None)

    def _forwards(self, after: list[Any] | None) -> KeysetPage[M]:
        queryset = self.queryset.filter(self._beyond(after)) if after else self.queryset
        rows = list(first_of(queryset, self.size + 1, self.parts))
        shown = rows[: self.size]
        following = self._link(AFTER, shown[-1]) if len(rows) > self.size else ""
        if after is None:
            return KeysetPage(shown, "", following)
        # What was here may be gone by now: then the way back leads to the beginning.
        return KeysetPage(shown, self._link(BEFORE, shown[0]) if shown else self._link(), following)

    def _beyond(self, values: list[Any], *, backwards: bool = False) -> Q:
        """Rows past these values. The first condition repeats the rest so that an index can start there."""
        beyond, same = Q(), Q()
        for name, value in zip(self.order, values, strict=True):
            column = name.removeprefix("-")
            lookup = "lt" if name.startswith("-") != backwards else "gt"
            beyond |= same & Q(**{f"{column}__{lookup}": value})
            same &= Q(**{column: value})
        lookup = "lte" if self.order[0].startswith("-") != backwards else "gte"
        return Q(**{f"{self.order[0].removeprefix('-')}__{lookup}": values[0]}) & beyond

    def _fields(self) -> list[Field]:
        names = [name.removeprefix("-") for name in self.order]
        meta = self.queryset.model._meta
        return [cast(Field, meta.pk if name == "pk" else meta.get_field(name)) for name in names]

    def _signer(self) -> signing.Signer:
        return signing.Signer(salt=f"{self.queryset.model._meta.label}:{','.join(self.order)}")

    def _link(self, parameter: str = "", row: M | None = None) -> str:
        query = self.query.copy()
        if row is not None:
            values = [field.value_to_string(row) for field in self._fields()]
            query[parameter] = self._signer().sign_object(values)
        return f"?{query.urlencode()}"

    def _read(self, cursor: str) -> list[Any] | None:
        if not cursor:
            return None
        try:
            values = self._signer().unsign_object(cursor)
            return [field.to_python(value) for field, value in zip(self._fields(), values, strict=True)]
        except (signing.BadSignature, ValidationError, ValueError):
            return None
