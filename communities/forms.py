"""The shape of what people fill in about a community."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import URLField
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.uploads import DocumentField, PhotoField
from communities import registration
from communities.item_forms import DateInput, ItemForm
from communities.models import Community
from regions.forms import RegionField


def _field(field: Any, **kwargs: Any) -> Any:
    """Addresses typed without a scheme are https."""
    if isinstance(field, URLField):
        kwargs["assume_scheme"] = "https"
    return field.formfield(**kwargs)


class RegistrationForm(ItemForm):
    """An application. A draft needs a name and a village; sending needs everything."""

    region = RegionField(label=_("Village (desa or kelurahan)"))
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

    SECTIONS = (
        (_("Place and name"), ("kind", "name", "region", "address", "founded_on", "member_count")),
        (_("The SK"), ("decree_number", "decree_date", "decree_issuer", "decree_valid_until")),
        (
            _("Managers and sections"),
            (
                "chair_name", "secretary_name", "treasurer_name",
                "collecting_head_name", "processing_head_name", "spreading_head_name",
            ),
        ),
        (_("What you do"), ("description", "vision", "mission")),
        (_("Contacts"), ("email", "phone", "website", "facebook", "instagram", "youtube", "tiktok")),
        (_("Files"), ("decree", "logo", "group_photo")),
    )  # fmt: skip

    class Meta:
        model = Community
        formfield_callback = _field
        fields = [
            "kind", "name", "address", "founded_on", "member_count", "decree_number", "decree_date",
            "decree_issuer", "decree_valid_until", "chair_name", "secretary_name", "treasurer_name",
            "collecting_head_name", "processing_head_name", "spreading_head_name", "description", "vision",
            "mission", "email", "phone", "website", "facebook", "instagram", "youtube", "tiktok",
        ]  # fmt: skip
        widgets = {
            "founded_on": DateInput(),
            "decree_date": DateInput(),
            "decree_valid_until": DateInput(),
            "description": forms.Textarea(attrs={"rows": 4}),
            "vision": forms.Textarea(attrs={"rows": 2}),
            "mission": forms.Textarea(attrs={"rows": 4}),
            "phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in (*registration.REQUIRED, "decree"):
            self.fields[name].needed_to_send = True  # type: ignore[attr-defined]
        if self.instance.region_id:
            self.initial.setdefault("region", self.instance.region)

    def sections(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields in groups with a heading, as the page shows them."""
        return [(title, [self[name] for name in names]) for title, names in self.SECTIONS]

    def clean_founded_on(self) -> Any:
        """A community cannot be founded tomorrow."""
        return self._not_ahead("founded_on", _("This date lies ahead. Write the day the group was founded."))

    def clean_decree_date(self) -> Any:
        """Nor its SK be signed tomorrow."""
        return self._not_ahead(
            "decree_date", _("This date lies ahead. Write the date that stands on the SK.")
        )

    def clean(self) -> dict[str, Any]:
        """When sending, ask for what is missing at the field itself."""
        data = super().clean() or {}
        if data.get("region"):
            self.instance.region = data["region"]
        signed, until = data.get("decree_date"), data.get("decree_valid_until")
        if signed and until and until <= signed:
            self.add_error("decree_valid_until", _("The SK must be valid beyond its own date."))
        if self.sending:
            self._require_all(data)
        return data

    def _not_ahead(self, name: str, message: Any) -> Any:
        day = self.cleaned_data[name]
        if day and day > timezone.localdate():
            raise forms.ValidationError(message)
        return day

    def _require_all(self, data: dict[str, Any]) -> None:
        for name in registration.REQUIRED:
            if name not in self.errors and data.get(name) in (None, ""):
                self.add_error(name, _("The office needs this to verify you."))
        if not (data.get("email") or data.get("phone") or {"email", "phone"} & set(self.errors)):
            self.add_error(
                "phone", _("Give a telephone number or an e-mail address, so that the office can reach you.")
            )
        has_scan = data.get("decree") or (self.instance.pk and self.instance.decree_scan)
        if not has_scan and "decree" not in self.errors:
            self.add_error("decree", _("Attach a scan or a photo of the SK."))
        until = data.get("decree_valid_until")
        if until and until < timezone.localdate() and "decree_valid_until" not in self.errors:
            self.add_error(
                "decree_valid_until", _("The SK has run out. Ask the village for a new one before applying.")
            )
