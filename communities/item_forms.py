"""What the forms of all items have in common: a second click is the same, and drafts stay as typed."""

from __future__ import annotations

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

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.ModelChoiceField, self.fields["community"])
        field.empty_label = None
        if self.instance.pk:
            field.queryset = Community.objects.filter(pk=self.instance.community_id)
            field.disabled = True
        else:
            field.queryset = Community.objects.with_member(user).select_related("region").order_by("name")
            self.initial.setdefault("community", field.queryset.first())

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
