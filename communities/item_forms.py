"""What the forms of all items have in common: a second click is the same, and drafts stay as typed."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from communities.models import Community


class DateInput(forms.DateInput):
    """A date as the device's own picker."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class LocalDateTimeField(forms.DateTimeField):
    """A date and a clock without a zone; the form knows the zone."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    input_formats = ("%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M", "%d/%m/%Y %H.%M", "%d-%m-%Y %H.%M")

    def to_python(self, value: Any) -> datetime | None:
        """The naive moment, as it stands on the village's clock."""
        if value in self.empty_values:
            return None
        for pattern in self.input_formats:
            try:
                return datetime.strptime(str(value).strip(), pattern)  # noqa: DTZ007 (the form adds the zone)
            except ValueError:
                continue
        raise forms.ValidationError(_("Write date and time like 24/11/2026 09.00."), code="invalid")

    def prepare_value(self, value: Any) -> Any:
        """What is already local stays as it is."""
        return value


class ItemForm(forms.ModelForm):
    """An author's form. It fills in the instance; the app's actions store it."""

    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, sending: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sending = sending
        self.initial.setdefault("form_key", self.instance.form_key)

    def filled_instance(self) -> Any:
        """The item as filled in, not stored; a new one carries the form's key."""
        if self.instance.pk is None:
            self.instance.form_key = self.cleaned_data["form_key"]
        return self.instance


class CommunityItemForm(ItemForm):
    """The form of what a member writes for one of the own communities."""

    def __init__(self, *args: Any, user: User, begun_here: bool = False, **kwargs: Any) -> None:
        """`begun_here`: the page on which it was begun sends it again, and may still choose the community."""
        super().__init__(*args, **kwargs)
        field = cast(forms.ModelChoiceField, self.fields["community"])
        field.empty_label = None
        # The communities to choose from.
        self.own: list[Community] = [self.instance.community] if self.instance.pk else []
        if self.instance.pk and not begun_here:
            field.queryset = Community.objects.filter(pk=self.instance.community_id)
            # The one choice is known: nothing is asked for it.
            field.choices = [(self.instance.community_id, str(self.instance.community))]
            field.disabled = True
        else:
            field.queryset = (
                Community.objects.with_member(user).select_related("region__parent__parent").order_by("name")
            )
            self.own = list(field.queryset)
            # Asked for once, not for each part of the page.
            field.choices = [(community.pk, str(community)) for community in self.own]
            # A new instance says None, which is no choice.
            self.initial["community"] = self.initial.get("community") or next(iter(self.own), None)

    def clean_title(self) -> str:
        """A title is words, not shouting: white space is folded."""
        title = " ".join(self.cleaned_data["title"].split())
        if not title:
            raise ValidationError(_("Write a title."))
        return title

    def chosen_community(self) -> Community | None:
        """The community of the form as it stands, for its clock and its dateline."""
        if self.instance.pk:
            return self.instance.community
        return self.cleaned_data.get("community")
