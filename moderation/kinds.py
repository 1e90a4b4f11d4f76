"""Which kinds of item there are: found, not listed, so that a new kind changes nothing here."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from django.apps import apps

from moderation.models import Moderated

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

# What the words of an item may come from, beside itself.
BEHIND = {"community", "article"}


@cache
def kinds() -> dict[str, type[Moderated]]:
    """Every concrete Moderated model by its KIND."""
    found = [model for model in apps.get_models() if issubclass(model, Moderated)]
    return {model.KIND: model for model in found}


def lines_of(models: Iterable[type[Moderated]]) -> list[QuerySet[Any]]:
    """Items as the lines of a list over several kinds show them, for GenericPrefetch: one question a kind."""
    return [
        model._base_manager.select_related(*(BEHIND & {field.name for field in model._meta.fields}))
        for model in models
    ]
