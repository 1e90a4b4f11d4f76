"""The form by which a head appoints: whom, as what, where."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import rules
from accounts.models import User
from accounts.roles import Role
from office.names import NATION, office_name
from regions.models import Region


class AppointForm(forms.Form):
    """Offers only the offices and roles that the person may give."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail address of the person"),
        help_text=gettext_lazy("The address of their account in the portal. Who has none signs up first."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=Role.choices, initial=Role.OFFICER)
    office = forms.ChoiceField(label=gettext_lazy("Office"))
    last_day = forms.DateField(
        label=gettext_lazy("Last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=gettext_lazy("Only where the posting shall end by itself."),
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.regions = appointable(by)
        self.fields["office"].choices = [  # type: ignore[attr-defined]
            (code, region.label if region else office_name(None)) for code, region in self.regions.items()
        ]

    @property
    def region(self) -> Region | None:
        """Where the person is posted, once the form is valid."""
        return self.regions[self.cleaned_data["office"]]

    def clean(self) -> dict[str, Any] | None:
        """A head is appointed from above."""
        data = super().clean()
        if (
            data
            and "office" in data
            and "role" in data
            and not rules.may_appoint(self.by, self.region, data["role"])
        ):
            self.add_error(
                "role",
                _("In your own office you appoint everybody but the head, whom the level above appoints."),
            )
        return data


class SubstituteForm(forms.Form):
    """Who stands in, from which day to which."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail address of the substitute"),
        help_text=gettext_lazy("The address of their account in the portal."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    first_day = forms.DateField(
        label=gettext_lazy("First day"), widget=forms.DateInput(attrs={"type": "date"})
    )
    last_day = forms.DateField(label=gettext_lazy("Last day"), widget=forms.DateInput(attrs={"type": "date"}))


def appointable(user: User) -> dict[str, Region | None]:
    """The offices in which this person may appoint, by the code that the form sends; own offices first."""
    offices: dict[str, Region | None] = {}
    beneath = Q()
    for posting in rules.appointing_postings(user):
        offices[posting.region_id or NATION] = posting.region
        beneath |= Q(parent=posting.region_id) if posting.region_id else Q(parent=None)
    if not offices:
        return {}
    for region in (
        Region.objects.open().filter(beneath, level__in=rules.OFFICE_LEVELS).order_by("level", "name", "code")
    ):
        offices[region.code] = region
    return offices
