"""A child of Moderated that forgets `Moderated.Meta` loses its constraints in silence: this says so."""

from typing import Any

from django.core.checks import Error, register

from moderation.kinds import kinds
from moderation.models import Moderated


@register()
def constraints_are_inherited(app_configs: Any, **kwargs: Any) -> list[Error]:
    """One error for each Moderated model that lacks a constraint of its parent."""
    errors = []
    for model in kinds().values():
        have = {constraint.name for constraint in model._meta.constraints}
        want = {c.name % {"class": model._meta.model_name} for c in Moderated._meta.constraints}
        if not want <= have:
            errors.append(
                Error(
                    f"{model.__name__} lacks {', '.join(sorted(want - have))}.",
                    hint="Let its Meta inherit Moderated.Meta and add to Moderated.Meta.constraints.",
                    obj=model,
                    id="moderation.E001",
                )
            )
    return errors
