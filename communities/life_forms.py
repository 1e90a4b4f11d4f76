"""Forms of the later life of a community: its profile, change requests, invitations."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.db.models import URLField
from django.utils.html import escape
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.uploads import DocumentField, PhotoField
from communities import change_actions
from communities.asking import asking_of
from communities.item_forms import DateInput, ItemForm
from communities.life_actions import FREE_FIELDS
from communities.models import ChangeRequest, Community, Kind, Membership
from regions.forms import RegionField

Purpose = ChangeRequest.Purpose


def _field(field: Any, **kwargs: Any) -> Any:
    """Addresses typed without a scheme are https."""
    if isinstance(field, URLField):
        kwargs["assume_scheme"] = "https"
    return field.formfield(**kwargs)


class ProfileForm(forms.ModelForm):
    """What managers change on their own."""

    logo = PhotoField(label=_("Logo"), required=False, help_text=_("A new one takes the place of the old."))
    group_photo = PhotoField(
        label=_("Group photo"), required=False, help_text=_("It stands on top of your page.")
    )

    SECTIONS = (
        (_("What you do"), ("description", "vision", "mission", "potential")),
        (_("Pictures"), ("logo", "group_photo")),
        (_("Contacts"), ("email", "phone", "website", "facebook", "instagram", "youtube", "tiktok")),
        (
            _("Place and people"),
            (
                "address", "founded_on", "member_count", "secretary_name", "treasurer_name",
                "collecting_head_name", "processing_head_name", "spreading_head_name",
            ),
        ),
        (_("How you work"), ("is_read_first",)),
    )  # fmt: skip

    class Meta:
        model = Community
        formfield_callback = _field
        fields = FREE_FIELDS
        widgets = {
            "founded_on": DateInput(),
            "description": forms.Textarea(attrs={"rows": 4}),
            "vision": forms.Textarea(attrs={"rows": 2}),
            "mission": forms.Textarea(attrs={"rows": 4}),
            "potential": forms.Textarea(attrs={"rows": 4}),
            "phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asking = asking_of(self.instance.kind)
        for name in [name for name in self.fields if not asking.asks(name)]:
            del self.fields[name]
        for name in asking.labels.keys() & self.fields.keys():
            self.fields[name].label = capfirst(asking.labels[name])

    def sections(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields in groups with a heading, as the page shows them; only what its kind is asked."""
        return [
            (title, [self[name] for name in names if name in self.fields]) for title, names in self.SECTIONS
        ]

    def clean(self) -> dict[str, Any]:
        """A group that nobody can reach is no use to its village, nor to its office."""
        data = super().clean() or {}
        day = data.get("founded_on")
        if day and day > self.instance.region.today:
            self.add_error("founded_on", _("This date lies ahead. Write the day the group was founded."))
        if not (data.get("email") or data.get("phone") or {"email", "phone"} & set(self.errors)):
            self.add_error(
                "phone", _("Give a telephone number or an e-mail address, so that people can reach you.")
            )
        return data


class ChangeForm(ItemForm):
    """A change request of one purpose. A draft may be unfinished; sending asks for the rest."""

    village = RegionField(
        label=_("New village (desa or kelurahan)"),
        required=False,
        help_text=_("Empty: it stays where it is."),
    )
    decree = DocumentField(
        label=_("Scan or photo of the SK"),
        required=False,
        help_text=_("PDF, JPEG or PNG, at most 5 MB. Only your office sees it."),
    )

    class Meta:
        model = ChangeRequest
        fields = [
            "name", "kind", "decree_number", "decree_date", "decree_issuer", "decree_valid_until",
            "chair_name", "successor", "ends_on", "reason",
        ]  # fmt: skip
        widgets = {
            "decree_date": DateInput(),
            "decree_valid_until": DateInput(),
            "ends_on": DateInput(),
            "reason": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        purpose = self.instance.purpose
        wanted = {*ChangeRequest.FIELDS[purpose], "reason", "form_key"}
        if purpose != Purpose.DISSOLUTION:
            wanted.add("decree")
        for name in set(self.fields) - wanted:
            del self.fields[name]
        self._mark_needed(purpose)
        self._offer_choices(user)
        if self.instance.community.is_forum:
            self._ask_as_a_forum()
        if self.instance.village_id and "village" in self.fields:
            self.initial.setdefault("village", self.instance.village)

    def _mark_needed(self, purpose: str) -> None:
        self.needed = ["reason"]
        if purpose in (Purpose.RENEWAL, Purpose.HANDOVER):
            self.needed += [*change_actions.DECREE, "decree"]
        if purpose == Purpose.HANDOVER:
            self.needed.append("chair_name")
        if purpose == Purpose.DISSOLUTION:
            self.needed.append("ends_on")
        for name in self.needed:
            self.fields[name].required = False
            self.fields[name].needed_to_send = True  # type: ignore[attr-defined]

    def _offer_choices(self, user: User) -> None:
        community = self.instance.community
        if "kind" in self.fields:
            self.fields["kind"] = forms.ChoiceField(
                label=_("New kind"),
                required=False,
                choices=[("", _("It stays: %(kind)s") % {"kind": community.get_kind_display()})]
                + [
                    (value, label)
                    for value, label in Kind.choices
                    if value not in (community.kind, Kind.FORUM)
                ],
            )
        if "name" in self.fields:
            self.fields["name"].help_text = _("Now: %(name)s. Empty: it stays.") % {
                "name": escape(community.name)
            }
        if "successor" in self.fields:
            field = cast(forms.ModelChoiceField, self.fields["successor"])
            field.queryset = change_actions.successors(community, besides=user)
            field.empty_label = _("Nobody: the managers of the portal's page stay the same")
            field.help_text = _(
                "Becomes a manager of the page once the office approves, and you a member. "
                "Invite the person first, if they are not in the list."
            )
            field.label_from_instance = _named  # type: ignore[method-assign, assignment]

    def _ask_as_a_forum(self) -> None:
        """A forum stays a forum; it moves to a regency or a province, and a coordinator leads it."""
        self.fields.pop("kind", None)
        if "village" in self.fields:
            shallowest, level = Kind.FORUM.levels
            self.fields["village"] = RegionField(
                level,
                shallowest=shallowest,
                label=_("New region (regency, city or province)"),
                required=False,
                help_text=_("Empty: it stays where it is."),
            )
        if "chair_name" in self.fields:
            self.fields["chair_name"].label = _("New coordinator")
            self.fields["successor"].label = _("Account of the new coordinator")

    def clean(self) -> dict[str, Any]:
        """When sending, ask for what is missing at the field itself."""
        data = super().clean() or {}
        if "village" in self.fields:
            self.instance.village = data.get("village")
        today = self.instance.community.region.today
        signed, until = data.get("decree_date"), data.get("decree_valid_until")
        if signed and signed > today:
            self.add_error("decree_date", _("This date lies ahead. Write the date that stands on the SK."))
        if signed and until and until <= signed:
            self.add_error("decree_valid_until", _("The SK must be valid beyond its own date."))
        if data.get("ends_on") and data["ends_on"] > today:
            self.add_error("ends_on", _("This date lies ahead. Send the request when the day has come."))
        if self.sending:
            self._require(data)
        return data

    def _require(self, data: dict[str, Any]) -> None:
        has_scan = bool(self.instance.pk and self.instance.scan)
        for name in self.needed:
            missing = data.get(name) in (None, "") and not (name == "decree" and has_scan)
            if missing and name not in self.errors:
                self.add_error(name, _("The office needs this to decide."))


def _named(membership: Membership) -> str:
    return str(membership.user)


class InvitationForm(forms.Form):
    """One address, and what the person shall be."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    role = forms.ChoiceField(label=_("Role"), choices=Membership.Role.choices, initial="member")

    def clean_email(self) -> str:
        """In lower case, as accounts are kept."""
        return str(self.cleaned_data["email"]).strip().lower()
