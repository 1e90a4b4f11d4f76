"""What officers said beside an item, asked for in the question for the item itself.

A page of the desk asks the database much already. The rows come as JSON and become the rows of their model
again, with the names of the people who wrote them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from accounts.models import User
from moderation.reviewing import Beside, Note, Remark

if TYPE_CHECKING:
    from django.db import models

    from moderation.models import Moderated

Row = TypeVar("Row", bound=Beside)
PEOPLE: dict[type[Beside], tuple[str, ...]] = {
    Note: ("written_by",),
    Remark: ("written_by", "answered_by"),
}
# What a person's name is made of.
NAME = ("name", "email", "erased_at")


def with_what_was_said(items: models.QuerySet) -> models.QuerySet:
    """The items, each with its internal notes and remarks."""
    return items.annotate(**{_name(model): _rows(items.model, model) for model in PEOPLE})


def said(item: Moderated, model: type[Row]) -> list[Row]:
    """The rows that came along with the item, oldest first."""
    return [_restored(model, values) for values in getattr(item, _name(model))]


def _name(model: type[Beside]) -> str:
    return f"said_in_{model._meta.model_name}s"


def _rows(target: type[models.Model], model: type[Beside]) -> ArraySubquery:
    kind = ContentType.objects.get_for_model(target)
    parts = {field.attname: field.attname for field in model._meta.concrete_fields}
    parts |= {f"{person}__{part}": f"{person}__{part}" for person in PEOPLE[model] for part in NAME}
    rows = model._base_manager.filter(target_type=kind, target_id=OuterRef("pk")).order_by("pk")
    return ArraySubquery(rows.values_list(JSONObject(**parts)))


def _restored(model: type[Row], values: dict[str, Any]) -> Row:
    fields = {field.attname: field.to_python(values[field.attname]) for field in model._meta.concrete_fields}
    row = model(**fields)
    for person in PEOPLE[model]:
        number = fields[f"{person}_id"]
        name = {part: values[f"{person}__{part}"] for part in NAME}
        setattr(row, person, None if number is None else User(pk=number, **name))
    return row
