"""What an office writes to all beneath it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from announcements.models import Announcement
from common.html import clean_html, plain_text
from common.uploads import DocumentField
from communities.item_forms import DateInput
from communities.models import Kind
from regions.forms import RegionField
from regions.models import Level, Region


class AnnouncementForm(forms.ModelForm):
    """Title, text, attachment, and whom it is for. It fills in the instance; the actions store it."""

    form_key = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=32, required=False)
    kinds = forms.MultipleChoiceField(
        label=_("Only these kinds"),
        choices=Kind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick none to reach all kinds."),
    )
    regions = forms.MultipleChoiceField(
        label=_("Only these regions"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick none to reach everything beneath your office."),
    )
    another_region = RegionField(
        Level.VILLAGE,
        shallowest=Level.PROVINCE,
        label=_("One more region, deeper"),
        required=False,
        help_text=_("For example a single district. Save the draft to add a further one."),
    )
    file = DocumentField(
        label=_("Attachment"),
        required=False,
        help_text=_("The letter or poster: PDF, JPEG or PNG, at most 5 MB."),
    )
    remove_file = forms.BooleanField(label=_("Take the attachment off"), required=False)

    class Meta:
        model = Announcement
        fields = ["title", "text", "valid_until", "audience", "kinds"]
        widgets = {
            "text": forms.Textarea(attrs={"rows": 12}),
            "valid_until": DateInput(),
            "audience": forms.RadioSelect,
        }
        help_texts = {
            "title": _("What it is about, in one line."),
            "text": _("Leave an empty line between paragraphs."),
            "valid_until": _("The last day. Afterwards it stands in the archive."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        office = self.instance.region
        self.initial.setdefault("form_key", self.instance.form_key)
        self.initial["seen"] = "" if self.instance.pk is None else self.instance.fingerprint
        self.initial["text"] = _as_typed(self.instance.text)
        self.initial["regions"] = self.instance.chosen_codes
        self.fields["regions"].choices = _offered(office, self.instance.chosen_codes)  # type: ignore[attr-defined]
        self.fields["another_region"].within = office  # type: ignore[attr-defined]
        if not self.instance.attachment:
            del self.fields["remove_file"]

    def clean_title(self) -> str:
        """White space is folded."""
        return " ".join(self.cleaned_data["title"].split())

    def clean_text(self) -> str:
        """Sanitised on the way in; what is left must be words."""
        text = clean_html(self.cleaned_data["text"])
        if not plain_text(text).strip():
            raise forms.ValidationError(_("Write what you announce: after cleaning, no words were left."))
        return text

    def clean_valid_until(self) -> Any:
        """A day that is over would hide it at once."""
        day = self.cleaned_data["valid_until"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("This day is over. Choose today or a later one."))
        return day

    def clean(self) -> dict[str, Any]:
        """Kinds narrow down communities; everybody is everybody."""
        data = super().clean() or {}
        if data.get("audience") == "readers" and data.get("kinds"):
            self.add_error(
                "kinds", _("Kinds narrow down KIM only. Tick none, or choose members of KIM above.")
            )
        return data

    def look_again(self) -> None:
        """What is there now has been shown: saving once more replaces it."""
        typed = self.data.copy()  # type: ignore[attr-defined]
        typed["seen"] = Announcement.objects.get(pk=self.instance.pk).fingerprint
        self.data = typed

    def filled_instance(self) -> Announcement:
        """The announcement as filled in, not stored; a new one carries the form's key."""
        found = self.instance
        if found.pk is None:
            found.form_key = self.cleaned_data["form_key"]
        found.places = self._places() or [found.own_place]
        return found

    def _places(self) -> list[str]:
        """The chosen codes, without those that lie beneath another chosen one."""
        codes = set(self.cleaned_data["regions"])
        another = self.cleaned_data["another_region"]
        if another and another != self.instance.region:
            codes.add(another.pk)
        return sorted(code for code in codes if not any(code.startswith(f"{other}.") for other in codes))


def _as_typed(text: str) -> str:
    """Paragraphs as one types them, without tags; what would lose lists or links by it stays as it is."""
    plain = plain_text(text)
    return plain if clean_html(plain) == text else text


def _offered(office: Region | None, chosen: list[str]) -> list[tuple[str, str]]:
    """What lies directly beneath the office, and what was chosen deeper."""
    children = list(Region.objects.open().children_of(office))
    known = {child.pk for child in children}
    deeper = Region.objects.filter(pk__in=[code for code in chosen if code not in known])
    return [
        *((child.pk, child.label) for child in children),
        *((region.pk, f"{region.label}, {region.place}") for region in deeper.order_by("code")),
    ]
