"""The form of a registration, one step at a time."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.db.models import URLField
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts import offices
from common.uploads import DocumentField, PhotoField
from communities.asking import asking_of
from communities.item_forms import DateInput, ItemForm
from communities.models import Community, Kind
from communities.registration_steps import Step, asked_fields
from regions.forms import RegionField


def _field(field: Any, **kwargs: Any) -> Any:
    """Addresses typed without a scheme are https."""
    if isinstance(field, URLField):
        kwargs["assume_scheme"] = "https"
    return field.formfield(**kwargs)


class RegistrationForm(ItemForm):
    """One step of an application, with the fields that its kind is asked. Only name, kind and place must be
    there to be kept; what else the office needs is asked for at the last look.
    """

    region = RegionField(
        label=_("Village (desa or kelurahan)"), by="kind", levels={Kind.FORUM.value: Kind.FORUM.levels}
    )
    decree = DocumentField(
        label=_("Scan or photo of the SK"),
        required=False,
        help_text=_("PDF, JPEG or PNG, at most 5 MB. Only your office sees it."),
    )
    logo = PhotoField(
        label=_("Logo"),
        required=False,
        help_text=_("A square picture. Without one, your cloth stands for you."),
    )
    group_photo = PhotoField(label=_("Group photo"), required=False)

    class Meta:
        model = Community
        formfield_callback = _field
        fields = [
            "kind", "name", "address", "founded_on", "member_count", "decree_number", "decree_date",
            "decree_issuer", "decree_valid_until", "chair_name", "secretary_name", "treasurer_name",
            "collecting_head_name", "processing_head_name", "spreading_head_name", "description", "vision",
            "mission", "email", "phone", "website", "facebook", "instagram", "youtube", "tiktok",
        ]  # fmt: skip
        help_texts = {
            "phone": _("Give a telephone number or an e-mail address, so that the office can reach you."),
        }
        widgets = {
            "founded_on": DateInput(),
            "decree_date": DateInput(),
            "decree_valid_until": DateInput(),
            "description": forms.Textarea(attrs={"rows": 4}),
            "vision": forms.Textarea(attrs={"rows": 2}),
            "mission": forms.Textarea(attrs={"rows": 4}),
            "phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        }

    def __init__(self, *args: Any, step: Step, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.step = step
        self._narrow_to_step()
        self._speak_to_kind()
        if "member_count" in self.fields and self.instance.region_id:
            self._say_minimum()
        if "region" in self.fields and self.instance.region_id:
            self.initial.setdefault("region", self.instance.region)

    @property
    def kind(self) -> str:
        """The kind as it is chosen on the form; else the application's."""
        chosen = self.data.get("kind") if self.is_bound else self.initial.get("kind")
        return str(chosen) if chosen in Kind.values else self.instance.kind

    def _narrow_to_step(self) -> None:
        kept = asked_fields(self.step, self.kind)
        if self.instance.pk is None:
            kept.append("form_key")
        self.fields = {name: self.fields[name] for name in kept}
        self.order_fields(kept)

    def _speak_to_kind(self) -> None:
        asking = asking_of(self.kind)
        for name, field in self.fields.items():
            field.needed_to_send = name in asking.needed  # type: ignore[attr-defined]
            if name in asking.labels:
                field.label = capfirst(asking.labels[name])
            field.help_text = asking.hints.get(name, field.help_text)
        if "region" in self.fields:
            cast(RegionField, self.fields["region"]).follow(self.kind)

    def _say_minimum(self) -> None:
        least = offices.setting_for(self.instance.region, "minimum_members")
        self.fields["member_count"].help_text = _(
            "Your office registers groups of %(least)d members or more."
        ) % {"least": least}

    def clean_name(self) -> str:
        """White space is folded: two names that look the same are the same."""
        return " ".join(self.cleaned_data["name"].split())

    def clean_founded_on(self) -> Any:
        """A community cannot be founded tomorrow."""
        return self._not_ahead("founded_on", _("This date lies ahead. Write the day the group was founded."))

    def clean_decree_date(self) -> Any:
        """Nor its SK be signed tomorrow."""
        return self._not_ahead(
            "decree_date", _("This date lies ahead. Write the date that stands on the SK.")
        )

    def clean(self) -> dict[str, Any]:
        """What cannot be true together is said at its field."""
        data = super().clean() or {}
        if data.get("region"):
            self.instance.region = data["region"]
        signed, until = data.get("decree_date"), data.get("decree_valid_until")
        if signed and until and until <= signed:
            self.add_error("decree_valid_until", _("The SK must be valid beyond its own date."))
        return data

    def stored_fields(self) -> list[str]:
        """The community's own fields of this step; files are kept beside it."""
        return [name for name in self.fields if name in {"region", *self._meta.fields}]  # type: ignore[misc]

    def _not_ahead(self, name: str, message: Any) -> Any:
        day = self.cleaned_data[name]
        if day and day > timezone.localdate():
            raise forms.ValidationError(message)
        return day
