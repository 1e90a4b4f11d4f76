"""The forms by which a head says how the office works: contacts, limits, hours, holidays, saved replies."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Holiday, Office, SavedReply
from accounts.office_hours import Week
from accounts.offices import OfficeSettings
from aspirations.deadlines import ANSWER, RECEIVE
from moderation.kinds import kinds

if TYPE_CHECKING:
    from django.forms import BoundField

MOST_DAYS = 60
SHORTEST_DAY = timedelta(hours=1)


class WebsiteField(forms.URLField):
    """An address typed without its scheme is taken for https."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(assume_scheme="https", **kwargs)


class YesNoOrAbove(forms.NullBooleanSelect):
    """Yes, no, or as the office above says."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.choices = [("unknown", _("as above")), ("true", _("yes")), ("false", _("no"))]


class OfficeForm(forms.ModelForm):
    """Everything of one office that has one value. What is left empty is inherited."""

    own_hours = forms.BooleanField(
        label=gettext_lazy("This office has its own hours"),
        help_text=gettext_lazy("Leave a day empty on which the office is closed."),
        required=False,
    )

    class Meta:
        model = Office
        fields = [
            "name", "address", "email", "phone", "website", "minimum_members", "dormant_months",
            "kim_check_facts", "trust_items", "trust_days",
        ]  # fmt: skip
        widgets = {"kim_check_facts": YesNoOrAbove}
        field_classes = {"website": WebsiteField}

    def __init__(self, *args: Any, inherited: OfficeSettings, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.inherited = inherited
        for name in ("minimum_members", "dormant_months", "trust_items", "trust_days"):
            self.fields[name].help_text = _inherits(inherited.value(name))
        above = _("yes") if inherited.kim_check_facts else _("no")
        self.fields["kim_check_facts"].help_text = _inherits(above)
        self._add_days()
        self._add_hours()

    def _add_days(self) -> None:
        for kind, label in _limits().items():
            self.fields[f"days_{kind}"] = forms.IntegerField(
                label=label,
                min_value=1,
                max_value=MOST_DAYS,
                required=False,
                initial=self.instance.review_days.get(kind),
                help_text=_inherits(self.inherited.days(kind)),
            )

    def _add_hours(self) -> None:
        self.fields["own_hours"].initial = self.instance.hours is not None
        week = Week.read(self.instance.hours) if self.instance.hours else self.inherited.week
        for number, day in WEEKDAYS.items():
            opens, closes = week.days[number] or (None, None)
            self.fields[f"opens_{number}"] = _clock(_("%(day)s from") % {"day": day}, opens)
            self.fields[f"closes_{number}"] = _clock(_("%(day)s until") % {"day": day}, closes)

    @property
    def main_fields(self) -> list[BoundField]:
        """Name, contacts, and what a community needs."""
        return [self[name] for name in self.Meta.fields]

    @property
    def day_fields(self) -> list[BoundField]:
        """The time limits."""
        return [self[f"days_{kind}"] for kind in _limits()]

    @property
    def hour_rows(self) -> list[tuple[str, BoundField, BoundField]]:
        """Each weekday with its two fields."""
        return [
            (str(day), self[f"opens_{number}"], self[f"closes_{number}"]) for number, day in WEEKDAYS.items()
        ]

    def clean(self) -> dict[str, Any]:
        """Hours go together, forwards, and on one day at least; nothing is answered before it is received."""
        data = super().clean() or {}
        receive, answer = (
            data.get(f"days_{name}") or self.inherited.days(name) for name in (RECEIVE, ANSWER)
        )
        if answer < receive:
            self.add_error(f"days_{ANSWER}", _("An aspiration is received before it is answered."))
        if data.get("own_hours"):
            for number in WEEKDAYS:
                self._check_day(number, data.get(f"opens_{number}"), data.get(f"closes_{number}"))
            if not any(data.get(f"opens_{number}") for number in WEEKDAYS):
                self.add_error("own_hours", _("Say on which days the office is open, or untick the box."))
        return data

    def _check_day(self, number: int, opens: Any, closes: Any) -> None:
        if bool(opens) != bool(closes):
            missing = "closes" if opens else "opens"
            self.add_error(f"{missing}_{number}", _("Give both times, or none where the office is closed."))
        elif opens and _length(opens, closes) < SHORTEST_DAY:
            self.add_error(f"closes_{number}", _("The office is open for an hour at least."))

    def save(self, commit: bool = True) -> Office:  # noqa: FBT001, FBT002 (Django's signature)
        """Store the office with its limits and hours."""
        data, office = self.cleaned_data, self.instance
        office.review_days = {kind: days for kind in _limits() if (days := data.get(f"days_{kind}"))}
        office.hours = self._week().stored() if data["own_hours"] else None
        return super().save(commit)

    def _week(self) -> Week:
        pairs = [
            (self.cleaned_data[f"opens_{number}"], self.cleaned_data[f"closes_{number}"])
            for number in WEEKDAYS
        ]
        return Week(tuple(pair if pair[0] else None for pair in pairs))


class HolidayForm(forms.ModelForm):
    """One day on which the office, and all beneath it, is closed."""

    class Meta:
        model = Holiday
        fields = ["day", "name"]
        widgets = {"day": forms.DateInput(attrs={"type": "date"})}

    def clean(self) -> dict[str, Any]:
        """A day is given once."""
        data = super().clean() or {}
        day = data.get("day")
        if day and Holiday.objects.filter(region=self.instance.region, day=day).exists():
            self.add_error("day", _("This day is on the list already."))
        return data


class ReplyForm(forms.ModelForm):
    """Words that officers use again and again."""

    class Meta:
        model = SavedReply
        fields = ["title", "text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 5})}
        help_texts = {"title": gettext_lazy("By this the officers find it, for example: blurred photo.")}

    def clean(self) -> dict[str, Any]:
        """A title is given once in an office."""
        data = super().clean() or {}
        taken = SavedReply.objects.filter(
            office__region=self.instance.office.region, title=data.get("title", "")
        )
        if taken.exclude(pk=self.instance.pk).exists():
            self.add_error("title", _("There is a reply of this title already."))
        return data


def _limits() -> dict[str, str]:
    """What has a limit in working days, by the name under which it is kept."""
    decisions = {
        kind: _("Working days for a decision: %(kind)s") % {"kind": model.KIND_LABEL}
        for kind, model in kinds().items()
    }
    return {
        **decisions,
        RECEIVE: _("Working days to receive an aspiration"),
        ANSWER: _("Working days to answer an aspiration"),
    }


def _inherits(value: Any) -> str:
    return _("Left empty, %(value)s holds, from the level above.") % {"value": value}


def _clock(label: str, initial: Any) -> forms.TimeField:
    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    return forms.TimeField(label=label, required=False, initial=initial, widget=widget)


def _length(opens: Any, closes: Any) -> timedelta:
    return datetime.combine(date.min, closes) - datetime.combine(date.min, opens)
