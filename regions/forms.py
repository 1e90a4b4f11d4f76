"""A form field for a region, and its picker: by typing, by steps, and without JavaScript.

A view whose form has a RegionField answers the picker's own button first:

    form = ApplicationForm(request.POST or None)
    if is_region_step(request):
        return render(request, template, {"form": unvalidated(form)})
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar, cast

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from regions import picking
from regions.models import Level, Region
from regions.picking import Picked, Scope

STEP = "next-region-step"
CHOOSE = {
    Level.PROVINCE: _("Choose the province."),
    Level.REGENCY: _("Choose the regency or city."),
    Level.DISTRICT: _("Choose the district."),
    Level.VILLAGE: _("Choose the village."),
}
SHOW = {
    Level.REGENCY: _("Show regencies and cities"),
    Level.DISTRICT: _("Show districts"),
    Level.VILLAGE: _("Show villages"),
}

AnyForm = TypeVar("AnyForm", bound=forms.BaseForm)


def is_region_step(request: HttpRequest) -> bool:
    """Whether only the picker's next list is asked for: show the form again, save nothing."""
    return request.method == "POST" and any(
        name.endswith("_step") and value == STEP for name, value in request.POST.items()
    )


def unvalidated(form: AnyForm) -> AnyForm:
    """The bound form with everything typed, without errors but those about a region's typed name."""
    typed = {
        name for name, field in form.fields.items() if isinstance(field, RegionField) and form[name].data.text
    }
    kept = {name: errors for name, errors in form.errors.items() if name in typed}
    form._errors = ErrorDict(kept, renderer=form.renderer)  # type: ignore[attr-defined]
    return form


class RegionPicker(forms.Widget):
    """Text with suggestions, and selects from the province down."""

    template_name = "regions/picker.html"
    scope = Scope()
    # The other field that the levels follow, and the scope for each value of it; "" is any other value.
    by = ""
    scopes: Mapping[str, Scope] = {}

    def follow(self, value: Any) -> None:
        """Take the regions that the value of the other field asks for."""
        if self.scopes:
            wanted = self.scopes.get(str(value or ""), self.scopes[""])
            self.scope = replace(wanted, within=self.scope.within)

    def use_required_attribute(self, initial: Any) -> bool:
        """No single input of the picker is required: the name or the steps will do."""
        return False

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Picked:
        """Everything that the picker's inputs sent; the other field is read first."""
        if self.by in data:
            self.follow(data.get(self.by))
        return Picked.read(data, name)

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Whether the form did not show the picker at all."""
        return not any(key == name or key.startswith(f"{name}_") for key in data)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """What the template shows: the choice so far, the namesakes, the lists of each step."""
        context = super().get_context(name, None, attrs)
        picked = Picked.of(value)
        answer = picking.resolve(picked, self.scope)
        reached = answer.region or picking.find(picked.deepest_step)
        if reached and not self.scope.takes_on_the_way(reached):
            reached = None
        complete = reached is not None and reached.level >= self.scope.shallowest
        context["picker"] = {
            "scope": self.scope,
            "by": self.by,
            "scopes": json.dumps({key: [each.shallowest, each.level] for key, each in self.scopes.items()}),
            "text": "" if answer.region else picked.text,
            "matches": answer.matches,
            "reached": reached,
            "code": reached.code if reached and complete and not answer.matches else "",
            "step": STEP,
            "steps": self._steps(name, reached),
            "next": self._next(reached),
        }
        return context

    def _next(self, reached: Region | None) -> Promise | None:
        """What the button would show: the list below the one that stands open for a choice."""
        level = (reached.level if reached else self.scope.steps.start - 1) + 2
        return SHOW[Level(level)] if level <= self.scope.level else None

    def _steps(self, name: str, reached: Region | None) -> list[dict[str, Any]]:
        chosen = reached.ancestor_codes if reached else []
        offered = picking.options(self.scope, reached)
        return [
            {
                "name": f"{name}_{level}",
                "label": Level(level).label,
                "options": [(region, region.code in chosen) for region in offered.get(level, [])],
            }
            for level in self._shown_steps()
        ]

    def _shown_steps(self) -> range:
        """One list a level: where the levels follow another field, as many as any value of it asks for."""
        deepest = max((scope.level for scope in self.scopes.values()), default=self.scope.level)
        return replace(self.scope, level=deepest).steps


class RegionField(forms.Field):
    """Cleans to a Region of `level`, or from `shallowest` down to it; only inside `within`, if given.

    Which levels it takes may follow another field of the form, `by`: `levels` says for a value of that field
    from which level down to which. A form that is not bound says the value by `follow()`.
    """

    widget = RegionPicker
    default_error_messages = {
        "unknown": _("We know no region “%(text)s”. Check the spelling, or choose it step by step."),
        "several": _("“%(text)s” may mean one of these regions. Choose yours from the list."),
        "closed": _(
            "%(region)s no longer exists: it was split or merged. Choose the region that followed it."
        ),
        "outside": _("%(region)s lies outside %(within)s. Choose a region inside it."),
    }

    def __init__(
        self,
        level: int = Level.VILLAGE,
        *,
        shallowest: int | None = None,
        within: Region | None = None,
        by: str = "",
        levels: Mapping[str, tuple[int, int]] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        usual = self.widget.scope = Scope(level, level if shallowest is None else shallowest, within)
        if by and levels:
            self.widget.by = by
            scopes = {value: Scope(bottom, top, within) for value, (top, bottom) in levels.items()}
            self.widget.scopes = {"": usual, **scopes}

    def follow(self, value: Any) -> None:
        """Take the regions that this value of the other field asks for."""
        cast(RegionPicker, self.widget).follow(value)

    @property
    def scope(self) -> Scope:
        """Which regions the field takes; it lives in the widget, which each form copies."""
        return self.widget.scope

    @property
    def within(self) -> Region | None:
        """The region that the choice is bound to. A form may set it for the person at hand."""
        return self.scope.within

    @within.setter
    def within(self, region: Region | None) -> None:
        self.widget.scope = replace(self.scope, within=region)

    def prepare_value(self, value: Any) -> Any:
        """A region shows as its code."""
        return value.code if isinstance(value, Region) else value

    def clean(self, value: Any) -> Region | None:
        """The region, or an error that says what to do."""
        picked = Picked.of(value)
        answer = picking.resolve(picked, self.scope)
        if answer.matches:
            raise self._error("several", text=picked.text)
        if answer.unknown:
            raise self._error("unknown", text=answer.unknown[:80])
        if answer.region:
            self._check(answer.region)
        elif self.required:
            raise ValidationError(CHOOSE[Level(self.scope.shallowest)], code="required")
        return answer.region

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether another region is meant than before."""
        region = picking.resolve(Picked.of(data), self.scope).region
        return (region.code if region else "") != Picked.of(initial).code

    def _check(self, region: Region) -> None:
        within = self.scope.within
        if region.closed_at:
            raise self._error("closed", region=region.label)
        if region.level < self.scope.shallowest:
            raise ValidationError(CHOOSE[Level(region.level + 1)], code="deeper")
        if region.level > self.scope.level:
            raise ValidationError(CHOOSE[Level(self.scope.level)], code="shallower")
        if within and not within.contains(region):
            raise self._error("outside", region=region.label, within=within.label)

    def _error(self, code: str, **params: str) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code, params=params)
