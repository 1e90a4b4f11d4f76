"""The shape of an event. Its clock is that of the community's region."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from communities.item_forms import CommunityItemForm, LocalDateTimeField
from events.duration import LONGEST
from events.models import Event

FARTHEST_YEARS = 5


class EventForm(CommunityItemForm):
    """Title, text, place, and begin and end by the clock of the community's region."""

    starts_at = LocalDateTimeField(label=_("Begins"), help_text=_("By the clock of your village."))
    ends_at = LocalDateTimeField(label=_("Ends"))

    class Meta:
        model = Event
        fields = ["community", "title", "text", "place", "starts_at", "ends_at"]
        help_texts = {"title": _("For example Gotong royong tepian Musi.")}
        widgets = {"text": forms.Textarea(attrs={"rows": 8})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            for name in ("starts_at", "ends_at"):
                moment = getattr(self.instance, name)
                self.initial[name] = timezone.localtime(moment, self.instance.region.zone).replace(
                    tzinfo=None
                )

    def clean(self) -> dict[str, Any]:
        """Put the village's zone on the clock, and look whether begin and end make sense."""
        data = super().clean() or {}
        community = self.chosen_community()
        zone = community.region.zone if community else timezone.get_current_timezone()
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
        if end and self.sending and end < timezone.now() and "ends_at" not in self.errors:
            self.add_error("ends_at", _("This lies in the past. Set a time that is still to come."))
