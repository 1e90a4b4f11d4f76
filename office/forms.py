"""The one decision form of all kinds, and the note beside it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from moderation.states import MOVES, Side

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
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

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
        return data


class NoteForm(forms.Form):
    """An internal note."""

    text = forms.CharField(
        label=_("Internal note"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Officers of this region and above read it. The author never does."),
    )
