"""What an office types about aspirations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from aspirations.models import WORDS_LENGTH
from aspirations.steps import Status
from regions.codes import is_code
from regions.forms import RegionField
from regions.models import Level


class ListForm(forms.Form):
    """How the list is narrowed; what makes no sense narrows nothing."""

    EVERYTHING = "semua"

    q = forms.CharField(label=_("Number or title"), max_length=100, required=False)
    status = forms.ChoiceField(
        label=_("Status"),
        choices=[("", _("waiting")), *Status.choices, (EVERYTHING, _("all"))],
        required=False,
    )
    wilayah = forms.ChoiceField(label=_("Region"), required=False)
    terlambat = forms.BooleanField(label=_("only overdue"), required=False)

    def __init__(self, *args: Any, regions: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "saring_%s", **kwargs})
        self.fields["wilayah"].choices = [("", _("all")), *regions]  # type: ignore[attr-defined]

    def asked(self) -> dict[str, Any]:
        """What is asked for, made sense of."""
        data = self.data
        status, code = data.get("status", ""), data.get("wilayah", "")
        return {
            "q": " ".join(data.get("q", "").replace("\x00", "").split())[:100],
            "status": status if status in Status.values or status == self.EVERYTHING else "",
            "wilayah": code if is_code(code) else "",
            "terlambat": data.get("terlambat", "") in ("1", "on"),
        }


class StepForm(forms.Form):
    """The words of a step, and for those that send it on, to whom."""

    words = forms.CharField(
        label=_("What the author reads"),
        max_length=WORDS_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    office = RegionField(
        Level.REGENCY,
        shallowest=Level.PROVINCE,
        label=_("To the office of"),
        required=False,
        help_text=_("A regency, a city or a province."),
    )
    forwarded_to = forms.CharField(
        label=_("To whom"), max_length=160, required=False, help_text=_("For example: Dinas PUPR.")
    )
    lapor_number = forms.CharField(
        label=_("SP4N-LAPOR! number"), max_length=40, required=False, help_text=_("If it was given.")
    )
    to_ministry = forms.BooleanField(label=_("To the ministry"), required=False)

    def clean(self) -> dict[str, Any]:
        """Handing over needs an office."""
        data = super().clean() or self.cleaned_data
        is_handed = self.data.get("step") == "hand_over"
        if (
            is_handed
            and not data.get("office")
            and not data.get("to_ministry")
            and "office" not in self.errors
        ):
            self.add_error("office", _("Choose the office."))
        return data

    @property
    def arguments(self) -> dict[str, Any]:
        """What take_step() is given."""
        data = self.cleaned_data
        return {
            "words": data["words"],
            "office": None if data["to_ministry"] else data["office"],
            "forwarded_to": data["forwarded_to"],
            "lapor_number": data["lapor_number"],
        }
