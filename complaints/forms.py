"""What a reader says."""

from django import forms
from django.utils.translation import gettext_lazy as _

from common.fields import LinesField
from moderation.guidelines import RULES


class ReportForm(forms.Form):
    """The rule is the button that sends; the rest may stay empty."""

    words = LinesField(
        label=_("What is wrong?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example which sentence or photo, and how you know."),
    )
    email = forms.EmailField(
        label=_("E-mail, if you want an answer"),
        required=False,
        help_text=_("Used for the one answer, then deleted. Nobody else sees it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    rule = forms.ChoiceField(choices=[(code, code) for code in RULES], widget=forms.HiddenInput)
