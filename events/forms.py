"""The shape of an event and of what becomes of it. Its clock is that of the community's region."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from communities.item_forms import CommunityItemForm, LocalDateTimeField
from events.duration import LONGEST
from events.models import Event, EventChange

FARTHEST_YEARS = 5


class Times(forms.Form):
    """Begin and end by the clock of the region where it is."""

    starts_at = LocalDateTimeField(label=_("Begins"), help_text=_("By the clock of your village."))
    ends_at = LocalDateTimeField(label=_("Ends"))
    # Whether what lies in the past is refused.
    lies_ahead = False

    def zone(self) -> tzinfo:
        """The clock by which the times were typed."""
        raise NotImplementedError

    def show_times_of(self, event: Event) -> None:
        """Let the form begin with the times of an event, to the minute."""
        for name in ("starts_at", "ends_at"):
            local = timezone.localtime(getattr(event, name), event.region.zone)
            self.initial[name] = local.replace(tzinfo=None, second=0, microsecond=0)

    def clean(self) -> dict[str, Any]:
        """Put the village's zone on the clock, and look whether begin and end make sense."""
        data = super().clean() or {}
        zone = self.zone()
        for name in ("starts_at", "ends_at"):
            if data.get(name):
                self._put_in_zone(data, name, zone)
        self._check_span(data.get("starts_at"), data.get("ends_at"))
        return data

    def _put_in_zone(self, data: dict[str, Any], name: str, zone: tzinfo) -> None:
        year = data[name].year
        if abs(year - timezone.now().year) > FARTHEST_YEARS:
            self.add_error(name, _now("Look at the year: %(year)s is too far away.") % {"year": year})
        else:
            data[name] = data[name].replace(tzinfo=zone)

    def _check_span(self, start: datetime | None, end: datetime | None) -> None:
        if start and end and end <= start:
            self.add_error("ends_at", _("The end must come after the beginning."))
        elif start and end and end - start > LONGEST:
            self.add_error("ends_at", _("An event lasts at most 60 days. Announce longer ones in parts."))
        if end and self.lies_ahead and end < timezone.now() and "ends_at" not in self.errors:
            self.add_error("ends_at", _("This lies in the past. Set a time that is still to come."))


class EventForm(Times, CommunityItemForm):
    """Title, text, place, and begin and end by the clock of the community's region."""

    class Meta:
        model = Event
        fields = ["community", "title", "text", "place", "starts_at", "ends_at"]
        help_texts = {"title": _("For example Gotong royong tepian Musi.")}
        widgets = {"text": forms.Textarea(attrs={"rows": 8})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lies_ahead = self.sending
        if self.instance.pk:
            self.show_times_of(self.instance)

    def zone(self) -> tzinfo:
        """That of the village of the community."""
        community = self.chosen_community()
        return community.region.zone if community else timezone.get_current_timezone()


class SeenForm(forms.Form):
    """What is changed at once: `seen` says which version of the event the page had read."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.event = event
        self.initial["seen"] = event.sequence


class MoveForm(Times, SeenForm):
    """Another time or another place of an event that is published."""

    place = forms.CharField(label=_("Place"), max_length=160)
    reason = forms.CharField(
        label=_("Why"),
        max_length=500,
        required=False,
        help_text=_("One sentence; everybody can read it."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    lies_ahead = True
    field_order = ["starts_at", "ends_at", "place", "reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.show_times_of(self.event)
        self.initial["place"] = self.event.place

    def zone(self) -> tzinfo:
        """That of the village where it is."""
        return self.event.region.zone

    def facts(self) -> dict[str, Any]:
        """When and where; what was left as it stood is what the event says, to the second."""
        names = ("starts_at", "ends_at", "place")
        return {
            name: self.cleaned_data[name] if name in self.changed_data else getattr(self.event, name)
            for name in names
        }


class CancelForm(SeenForm):
    """Why an event does not take place."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=500,
        help_text=_("One sentence; everybody can read it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class WordsForm(forms.ModelForm):
    """Other words for an event; `version` and `event_version` say what the page had read."""

    version = forms.CharField(widget=forms.HiddenInput, required=False)
    event_version = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = EventChange
        fields = ["title", "text", "reason", "is_before_hidden"]
        labels = {"reason": _("Why does it change?")}
        widgets = {"text": forms.Textarea(attrs={"rows": 8}), "reason": forms.Textarea(attrs={"rows": 2})}

    clean_title = CommunityItemForm.clean_title

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = True
        self.initial["version"] = self.instance.changed_at.isoformat() if self.instance.pk else ""
        self.initial["event_version"] = self.instance.event.changed_at.isoformat()
