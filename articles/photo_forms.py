"""The places of photos in the composer: those that the portal has, and those for new ones."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from articles.models import Photo
from articles.parts import PHOTO_WORDS
from common.uploads import PhotoField
from communities.item_forms import DateInput

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.http import QueryDict

    from articles.photographs import Holder

NEW_PHOTOS = 3
# The caption of a stored photo, as its page names it.
PLACE = re.compile(r"foto-(\d{1,18})-caption")


class PhotoForm(forms.ModelForm):
    """Caption and credit of a photo that is already there, and whether to take it off.

    A draft may lack both; a caption is asked for, but nothing waits for it.
    """

    remove = forms.BooleanField(label=_("Take this photo off"), required=False)

    class Meta:
        model = Photo
        fields = ["caption", "credit", "alternative", "place", "taken_on"]
        widgets = {"taken_on": DateInput}

    def __init__(self, *args: Any, is_draft: bool = False, **kwargs: Any) -> None:
        """The page remembers what it read, so that it stores only what was changed on it."""
        super().__init__(*args, **kwargs)
        for name in PHOTO_WORDS:
            self.fields[name].show_hidden_initial = True
        self.fields["caption"].required = False
        self.fields["credit"].required = not is_draft
        self.fields["credit"].needed_to_send = True  # type: ignore[attr-defined]

    def changed_words(self) -> dict[str, Any]:
        """What was changed on this page."""
        return {name: self.cleaned_data[name] for name in self.changed_data if name in PHOTO_WORDS}

    def read(self) -> dict[str, Any]:
        """What the page had read."""
        found: dict[str, Any] = dict.fromkeys(PHOTO_WORDS)
        for name in PHOTO_WORDS:
            with suppress(forms.ValidationError):
                found[name] = self.fields[name].to_python(self.data.get(f"initial-{self.prefix}-{name}", ""))
        return found

    @property
    def takes_off(self) -> bool:
        """Whether it shall go."""
        return bool(self.cleaned_data["remove"])

    def as_sent(self) -> list[tuple[str, str]]:
        """Its fields once more, for a page that asks something else first."""
        own = (f"{self.prefix}-", f"initial-{self.prefix}-")
        return [(name, self.data[name]) for name in self.data if name.startswith(own)]


class NewPhotoForm(forms.Form):
    """One more photo; a photographer belongs to it before it is sent for review."""

    file = PhotoField(
        label=_("Photo"), required=False, help_text=_("JPEG, PNG, WebP or HEIC, at most 12 MB.")
    )
    # A photo that came from the device piece by piece already: see articles.uploads.
    upload = forms.UUIDField(widget=forms.HiddenInput, required=False)
    number = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=999)
    # The row that the portal made of it while one wrote; and what stood in this place before, by its keys.
    stored = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)
    replaced_keys = forms.CharField(widget=forms.HiddenInput, required=False)
    caption = forms.CharField(
        label=_("Caption"), max_length=300, required=False, help_text=_("What is seen, where and when.")
    )
    credit = forms.CharField(label=_("Photographer"), max_length=120, required=False)
    alternative = forms.CharField(
        label=_("Description for people who do not see it"), max_length=300, required=False,
        help_text=_("What the photo shows, in a sentence; empty: the caption."),
    )  # fmt: skip
    place = forms.CharField(label=_("Where it was taken"), max_length=120, required=False)
    taken_on = forms.DateField(label=_("When it was taken"), required=False, widget=DateInput)

    def __init__(self, *args: Any, is_draft: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_draft = is_draft
        self.fields["credit"].needed_to_send = True  # type: ignore[attr-defined]

    @property
    def marker(self) -> str:
        """What stands in the text where it belongs."""
        return f"[foto {self['number'].value()}]"

    def words(self) -> dict[str, Any]:
        """What was said about the photo."""
        return {name: self.cleaned_data[name] for name in PHOTO_WORDS}

    def replaced(self) -> list[UUID]:
        """The keys of what stood in this place before, and was covered, changed for another or taken off."""
        keys = []
        for word in self.cleaned_data.get("replaced_keys", "").split():
            with suppress(ValueError):
                keys.append(UUID(word))
        return keys

    def clean(self) -> dict[str, Any]:
        """Who took it is needed before it is sent; words alone are kept until the photo comes."""
        data = super().clean() or {}
        if (data.get("file") or data.get("upload")) and not self.is_draft and not data.get("credit"):
            self.add_error("credit", _("A photo needs this. Please choose the photo again, too."))
        return data

    def as_sent(self) -> list[tuple[str, str]]:
        """Its fields once more, for a page that asks something else first."""
        return [(name, self.data[name]) for name in self.data if name.startswith(f"{self.prefix}-")]


class PhotoForms:
    """The photos of one article, or those that an amendment adds; and places for new ones."""

    def __init__(
        self,
        holder: Holder,
        data: QueryDict | None = None,
        files: Any = None,
        *,
        is_draft: bool = True,
        first: int | None = None,
    ) -> None:
        """`first`: the number that the next new one gets; else the one after those that are there."""
        self.data = data
        stored = list(holder.photos.all()) if holder.pk else []
        forms_of = {f"foto-{photo.pk}": photo for photo in stored}
        # A photo that came meanwhile from elsewhere is not on the page that is sent.
        shown = {key: photo for key, photo in forms_of.items() if data is None or f"{key}-caption" in data}
        self.stored = [
            PhotoForm(data, prefix=key, instance=photo, is_draft=is_draft) for key, photo in shown.items()
        ]
        first = first or max((photo.number or 0 for photo in stored), default=0) + 1
        self.new = [
            NewPhotoForm(
                data,
                files,
                prefix=f"foto-baru-{place}",
                initial={"number": first + place},
                is_draft=is_draft,
            )
            for place in range(NEW_PHOTOS)
        ]

    def all(self) -> list[PhotoForm | NewPhotoForm]:
        """Every form, in the order of the page."""
        return [*self.stored, *self.new]

    def is_valid(self) -> bool:
        """Whether all are; asks every one, so that every fault is shown."""
        verdicts = [form.is_valid() for form in self.all()]
        return all(verdicts)

    def as_sent(self, *, but: Collection[str]) -> list[tuple[str, str]]:
        """What was changed about photos once more, for a page that asks something else first."""
        changed = [form for form in self.all() if form.has_changed() and form.prefix not in but]
        return [pair for form in changed for pair in form.as_sent()]

    def gone(self) -> dict[str, dict[str, str]]:
        """Of photos that the article has not any more, by their place: the words that this page changed."""
        sent: dict[str, str] = self.data.dict() if self.data else {}  # type: ignore[assignment]
        here = {form.prefix for form in self.stored}
        places = [f"foto-{found[1]}" for found in map(PLACE.fullmatch, sent) if found]
        return {place: _changed(sent, place) for place in places if place not in here}


def _changed(sent: dict[str, str], place: str) -> dict[str, str]:
    words = {name: sent.get(f"{place}-{name}", "") for name in PHOTO_WORDS}
    return {name: word for name, word in words.items() if word != sent.get(f"initial-{place}-{name}", "")}
