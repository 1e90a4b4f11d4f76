"""What an office types about aspirations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from aspirations.models import WORDS_LENGTH
from aspirations.steps import Status
from regions.forms import RegionField
from regions.models import Level
from regions.succession import find_of_today

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from aspirations.steps import Step


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
        status, region = data.get("status", ""), find_of_today(data.get("wilayah", ""))
        return {
            "q": " ".join(data.get("q", "").replace("\x00", "").split())[:100],
            "status": status if status in Status.values or status == self.EVERYTHING else "",
            "wilayah": region.pk if region else "",
            "terlambat": data.get("terlambat", "") in ("1", "on"),
        }


# What the words of each step are called, and who reads them.
WORDS: dict[str, tuple[StrOrPromise, StrOrPromise]] = {
    "answer": (
        _("The answer"),
        _("The author and the supporters are told. If the aspiration is public, so is the answer."),
    ),
    "keep_back": (_("Why"), _("Only the author reads this.")),
}
READ_BY_ALL = _("If the aspiration is public, everybody reads this: name nobody.")
# What a step asks besides.
ASKED = {"hand_over": {"office", "to_ministry"}, "forward": {"forwarded_to", "lapor_number"}}


class StepForm(forms.Form):
    """The words of a step of the office, and for those that send it on, to whom."""

    office = RegionField(
        Level.REGENCY,
        shallowest=Level.PROVINCE,
        label=_("To the office of"),
        required=False,
        help_text=_("A regency, a city or a province."),
    )
    to_ministry = forms.BooleanField(label=_("To the ministry"), required=False)
    forwarded_to = forms.CharField(
        label=_("To whom"), max_length=160, help_text=_("For example: Dinas PUPR.")
    )
    lapor_number = forms.CharField(
        label=_("SP4N-LAPOR! number"), max_length=40, required=False, help_text=_("If it was given.")
    )
    words = forms.CharField(
        label=_("What the author reads"),
        max_length=WORDS_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, *args: Any, step: Step, **kwargs: Any) -> None:
        # Several of them stand on one page: each has names of its own for its labels.
        super().__init__(*args, **{"auto_id": f"{step.name}_%s", **kwargs})
        self.step = step
        for name in {"office", "to_ministry", "forwarded_to", "lapor_number"} - ASKED.get(step.name, set()):
            del self.fields[name]
        words = self.fields["words"]
        words.required = step.needs_words
        words.label, words.help_text = WORDS.get(step.name, (words.label, READ_BY_ALL))

    def clean(self) -> dict[str, Any]:
        """Handing over needs an office, and one only."""
        data = super().clean() or self.cleaned_data
        is_named = data.get("office") or data.get("to_ministry") or "office" in self.errors
        if self.step.name == "hand_over" and not is_named:
            self.add_error("office", _("Choose the office."))
        if data.get("office") and data.get("to_ministry"):
            self.add_error("to_ministry", _("Choose a region or the ministry, not both."))
        return data

    @property
    def arguments(self) -> dict[str, Any]:
        """What take_step() is given."""
        data = dict(self.cleaned_data)
        if data.pop("to_ministry", False):
            data["office"] = None
        return data
