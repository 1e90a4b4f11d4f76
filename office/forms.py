"""The one decision form of all kinds, and the note beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from moderation.guidelines import choices
from moderation.states import MOVES, Side

if TYPE_CHECKING:
    from moderation.models import Moderated

OFFICE_MOVES = [name for name, rule in MOVES.items() if rule.side is Side.OFFICE]


class DecisionForm(forms.Form):
    """A move of the office, its reason, and which version the officer has read."""

    move = forms.ChoiceField(choices=[(name, name) for name in OFFICE_MOVES], widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Note to the author"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed when you ask for repair, reject or withdraw. The author reads it."),
    )
    rule = forms.ChoiceField(
        label=_("Rule"),
        required=False,
        help_text=_("Needed when you reject or withdraw. The author reads it and can look it up."),
    )
    hides_title = forms.BooleanField(
        label=_("Do not show the title after withdrawing"),
        required=False,
        help_text=_("When the title itself names a child or a victim, or repeats a slander."),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, item: Moderated | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.item = item
        self.fields["rule"].choices = [("", "—"), *choices()]  # type: ignore[attr-defined]

    def clean_seen(self) -> Any:
        """When the version on the officer's screen was sent."""
        try:
            return parse_datetime(self.cleaned_data["seen"])
        except ValueError:
            return None

    def clean(self) -> dict[str, Any]:
        """Moves that need a reason say so at the field."""
        data = super().clean() or {}
        rule = MOVES.get(data.get("move", ""))
        if rule and rule.needs_reason and not data.get("reason"):
            self.add_error("reason", _("Write what the author should know: what is wrong, and what to do."))
        if rule and self.item and self.item.cites(rule) and not data.get("rule"):
            self.add_error("rule", _("Choose the rule that it breaks."))
        return data


class NoteForm(forms.Form):
    """An internal note."""

    text = forms.CharField(
        label=_("Internal note"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Officers of this region and above read it. The author never does."),
    )
