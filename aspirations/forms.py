"""What is typed on the pages of aspirations."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from aspirations.models import TEXT_LENGTH, TITLE_LENGTH, WORDS_LENGTH, Aspiration, Request
from aspirations.rules import communities_speaking
from regions.forms import CHOOSE, RegionField
from regions.models import Level

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User
    from communities.models import Community
    from regions.models import Region

PUBLIC, OFFICE_ONLY = "1", "0"
SHORTEST_TEXT = 20


class WriteForm(forms.Form):
    """An aspiration. Who has no account gives an e-mail address besides, and agrees to the terms."""

    form_key = forms.UUIDField(widget=forms.HiddenInput)
    community = forms.ChoiceField(label=_("Who writes"), required=False, widget=forms.RadioSelect)
    region = RegionField(
        Level.VILLAGE,
        shallowest=Level.REGENCY,
        label=_("Which place it is about"),
        required=False,
        help_text=_("A village, a district, a regency or a city. It goes to the office of that place."),
    )
    title = forms.CharField(
        label=_("In one line"),
        max_length=TITLE_LENGTH,
        help_text=_("For example: Mend the bridge of Hamlet 2."),
    )
    text = forms.CharField(
        label=_("What you want to tell the office"),
        max_length=TEXT_LENGTH,
        min_length=SHORTEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 9}),
        help_text=_("What is it about, where, since when, and what should be done? Name no children."),
    )
    is_public = forms.ChoiceField(
        label=_("Who may read it"),
        choices=[
            (PUBLIC, _("Everybody, once the office has received it; others can support it")),
            (OFFICE_ONLY, _("Only the office")),
        ],
        initial=PUBLIC,
        widget=forms.RadioSelect,
        help_text=_("The name of a citizen is shown to the office alone."),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("You confirm it by a link, and read there what becomes of it. Nobody else sees it."),
    )
    agrees = forms.BooleanField(
        label=_("I write no lies, slander or incitement, and I agree to the terms and the privacy notice.")
    )

    def __init__(self, *args: Any, user: User | AnonymousUser, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["form_key"].initial = uuid.uuid4
        self.communities: dict[str, Community] = {}
        if user.is_authenticated:
            del self.fields["email"], self.fields["agrees"]
            self.communities = {str(each.pk): each for each in communities_speaking(user)}
        self._offer_communities()

    def _offer_communities(self) -> None:
        if not self.communities:
            del self.fields["community"]
            self.fields["region"].required = True
            return
        own = [(pk, _("%(name)s, for its village") % {"name": each}) for pk, each in self.communities.items()]
        self.fields["community"].choices = [("", _("I, as a citizen")), *own]  # type: ignore[attr-defined]
        self.fields["region"].help_text = _("Of a KIM it is its own village: leave this empty then.")

    def clean_title(self) -> str:
        """White space is folded."""
        return " ".join(self.cleaned_data["title"].split())

    def clean_email(self) -> str:
        """In lower case, as accounts keep it."""
        return str(self.cleaned_data["email"].lower())

    def clean(self) -> dict[str, Any]:
        """Who writes as a citizen names the place; the field demands it where nobody could be a KIM."""
        data = super().clean() or self.cleaned_data
        if not data.get("community") and not data.get("region") and "region" not in self.errors:
            self.add_error("region", CHOOSE[Level.REGENCY])
        return data

    @property
    def about(self) -> Region:
        """The place that it is about."""
        return self.speaking.region if self.speaking else self.cleaned_data["region"]

    @property
    def speaking(self) -> Community | None:
        """The KIM that speaks, if one does."""
        return self.communities.get(self.cleaned_data.get("community", ""))

    @property
    def _words(self) -> dict[str, Any]:
        names = ("form_key", "title", "text")
        return {
            **{name: self.cleaned_data[name] for name in names},
            "region": self.about,
            "is_public": self.cleaned_data["is_public"] == PUBLIC,
        }

    def aspiration(self) -> Aspiration:
        """What somebody with an account sends."""
        return Aspiration(community=self.speaking, **self._words)

    def request(self) -> Request:
        """What waits for the confirmation of its address."""
        return Request(email=self.cleaned_data["email"], **self._words)


class WordsForm(forms.Form):
    """The words of an author's step."""

    words = forms.CharField(max_length=WORDS_LENGTH, required=False)
