"""Which kinds of item there are: found, not listed, so that a new kind changes nothing here."""

from functools import cache

from django.apps import apps

from moderation.models import Moderated


@cache
def kinds() -> dict[str, type[Moderated]]:
    """Every concrete Moderated model by its KIND."""
    found = [model for model in apps.get_models() if issubclass(model, Moderated)]
    return {model.KIND: model for model in found}
