"""The shape of what people choose about notifications."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from notifications.models import Preferences, Rhythm
from regions.models import TimeZone

LONG_ADDRESS = 254


class FollowByEmailForm(forms.Form):
    """An address that wants to follow something."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=LONG_ADDRESS,
        help_text=_("We send a link there to confirm it. Nobody else sees it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def clean_email(self) -> str:
        """In lower case, as accounts keep it: one person is one address."""
        return self.cleaned_data["email"].lower()


class RhythmForm(forms.Form):
    """How often."""

    rhythm = forms.TypedChoiceField(choices=Rhythm.choices, coerce=int)

    @property
    def chosen(self) -> Rhythm:
        """The rhythm of a form that is valid."""
        return Rhythm(self.cleaned_data["rhythm"])


class PreferencesForm(forms.ModelForm):
    """When a person wants to hear from the portal."""

    class Meta:
        model = Preferences
        fields = ["quiet_from", "quiet_until", "digest_hour", "time_zone"]
        widgets = {
            "quiet_from": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "quiet_until": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        }
        help_texts = {
            "quiet_from": _("In these hours nothing is sent to you; it comes when they are over."),
            "digest_hour": _("The weekly digest comes at this hour on Sundays."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zone = cast(forms.TypedChoiceField, self.fields["time_zone"])
        zone.choices = [("", _("That of my home region")), *TimeZone.choices]

    def clean(self) -> dict[str, Any]:
        """Quiet hours have a beginning and an end."""
        cleaned = super().clean() or self.cleaned_data
        begin, end = cleaned.get("quiet_from"), cleaned.get("quiet_until")
        if (begin is None) != (end is None):
            missing = "quiet_from" if begin is None else "quiet_until"
            self.add_error(missing, _("Give both times, or leave both empty."))
        elif begin is not None and begin == end:
            self.add_error("quiet_until", _("Quiet hours begin and end at different times."))
        return cleaned
