"""Where an announcement goes: region codes, and the questions that they answer.

An announcement keeps its places in one array: the regions that were chosen, else the office's own. The
nation has no code and is the empty text. So one row knows its whole circle.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, F, Func, Q, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Concat, Left

from regions.codes import codes_upwards
from regions.querysets import within_q

if TYPE_CHECKING:
    from regions.models import Region

NATION = ""
CODE_LENGTHS = (2, 5, 8)


def codes_above(code: str | None) -> list[str]:
    """The nation, and the code with all above it: whose announcements come down to this place."""
    return [NATION, *codes_upwards(code)] if code else [NATION]


def lying_q(path: str, places: Iterable[str]) -> Q:
    """Rows whose region (`path`) lies in one of the places. Each is one range of the index of the code."""
    condition = Q(pk__in=[])
    for place in places:
        if place == NATION:
            return Q()
        condition |= within_q(path, place)
    return condition


def array_of(*texts: Combinable, collation: str | None = None) -> Func:
    """An array of texts in SQL."""
    # Django casts what it is compared with to this type: a length would cut.
    of = CharField(db_collation=collation)
    return Func(*texts, template="ARRAY[%(expressions)s]::varchar[]", output_field=ArrayField(of))


def above_village(path: str) -> Func:
    """The same as codes_above() in SQL, of a column that holds a village's code."""
    codes = [Left(F(path), length) for length in CODE_LENGTHS]
    return array_of(Value(NATION, CharField()), *codes, F(path), collation="C")


def as_text() -> Concat:
    """The places of an announcement as one text, each code after a space: for questions by prefix."""
    joined = Func(F("places"), Value(" "), function="array_to_string", output_field=CharField())
    return Concat(Value(" "), joined, output_field=CharField())


def reaching_q(region: Region) -> Q:
    """Announcements that come down to a region or to something beneath it; needs `places_text`."""
    beneath = Q(places_text__contains=f" {region.pk}.")
    return Q(places__overlap=codes_above(region.pk)) | beneath


def reaches(places: Iterable[str], region: Region) -> bool:
    """The same of one row: whether what goes to these places comes down to the region or beneath it."""
    above = codes_above(region.pk)
    return any(place in above or place.startswith(f"{region.pk}.") for place in places)
