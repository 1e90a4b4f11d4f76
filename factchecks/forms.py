"""The shape of a fact check."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.offices import office_name
from articles.models import Article
from common.html import clean_html, plain_text
from communities.item_forms import DateInput, ItemForm
from factchecks import rules
from factchecks.findings import Finding
from factchecks.models import NEEDED_TO_SEND, FactCheck
from regions.models import TimeZone

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import User

MOST_LINKS = MOST_ARTICLES = 10
SHORTEST_CLAIM = 10
ARTICLE_PATH = re.compile(r"/berita/(\d{1,18})(?:/|$)")
_is_address = URLValidator(schemes=["http", "https"])


class FactCheckForm(ItemForm):
    """A draft needs a title; the rest is needed when it is sent."""

    speaks = forms.ChoiceField(label=_("In whose name"), widget=forms.RadioSelect)
    touched = forms.CharField(
        label=_("Articles on this portal that it touches"),
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Their addresses, one on each line: the check is linked there, and their writers are told."
        ),
    )

    class Meta:
        model = FactCheck
        fields = [
            "title", "claim_text", "claimant", "seen_on", "spread", "links", "finding", "summary", "body",
            "sources", "checker",
        ]  # fmt: skip
        widgets = {
            "seen_on": DateInput,
            "claim_text": forms.Textarea(attrs={"rows": 3}),
            "links": forms.Textarea(attrs={"rows": 3}),
            "summary": forms.Textarea(attrs={"rows": 3}),
            "body": forms.Textarea(attrs={"rows": 12}),
            "sources": forms.Textarea(attrs={"rows": 4}),
        }

    field_order = ["speaks", *Meta.fields, "touched"]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["finding"].choices = [("", _("Choose what you found")), *Finding.choices]  # type: ignore[attr-defined]
        for name in NEEDED_TO_SEND:
            self.fields[name].required = self.sending
            self.fields[name].needed_to_send = True  # type: ignore[attr-defined]
        self._offer_voices()
        if self.instance.pk:
            self.initial["touched"] = "\n".join(
                article.get_absolute_url() for article in self.instance.articles.all()
            )

    def _offer_voices(self) -> None:
        if self.instance.pk:
            del self.fields["speaks"]
            return
        self.communities = {f"kim:{each.pk}": each for each in rules.communities_of(self.user)}
        self.offices: dict[str, Any] = {
            f"kantor:{each.region_id}": each.region for each in rules.offices_of(self.user)
        }
        offices = [(key, office_name(region)) for key, region in self.offices.items()]
        voices = [*((key, each.name) for key, each in self.communities.items()), *offices]
        self.fields["speaks"].choices = voices  # type: ignore[attr-defined]
        if voices:
            self.initial.setdefault("speaks", voices[0][0])

    def clean_title(self) -> str:
        """White space is folded."""
        return " ".join(self.cleaned_data["title"].split())

    def clean_claim_text(self) -> str:
        """The same; it stands in quotation marks of its own."""
        return " ".join(self.cleaned_data["claim_text"].split())

    def clean_seen_on(self) -> date | None:
        """A day that has come, in the east of Indonesia at least."""
        day: date | None = self.cleaned_data["seen_on"]
        if day and day > timezone.now().astimezone(ZoneInfo(TimeZone.WIT)).date():
            raise ValidationError(_("This day has not come yet."))
        return day

    def clean_links(self) -> str:
        """Web addresses, one a line."""
        found = self.cleaned_data["links"].split()
        if len(found) > MOST_LINKS:
            raise ValidationError(_("Ten addresses at most."))
        for address in found:
            try:
                _is_address(address)
            except ValidationError:
                message = _("“%(address)s” is no web address. Write it with https://.")
                raise ValidationError(message, params={"address": address[:80]}) from None
        return "\n".join(dict.fromkeys(found))

    def clean_body(self) -> str:
        """Sanitised on the way in; what is left must be words, but a draft may have none yet."""
        body = clean_html(self.cleaned_data["body"])
        if self.cleaned_data["body"].strip() and not plain_text(body).strip():
            raise ValidationError(_("After cleaning, no words were left."))
        return body

    def clean_touched(self) -> list[Article]:
        """Published articles, by their addresses."""
        lines = self.cleaned_data["touched"].split()
        if len(lines) > MOST_ARTICLES:
            raise ValidationError(_("Ten articles at most."))
        known = {} if not self.instance.pk else {each.pk: each for each in self.instance.articles.all()}
        keys = [_key_of(line) for line in lines]
        found = known | Article.objects.public().in_bulk(keys)
        for line, key in zip(lines, keys, strict=True):
            if key not in found:
                message = _("“%(address)s” is no published article of this portal.")
                raise ValidationError(message, params={"address": line[:80]})
        return [found[key] for key in dict.fromkeys(keys)]

    def filled_instance(self) -> FactCheck:
        """The check as filled in; a new one in the name that was chosen."""
        check: FactCheck = super().filled_instance()
        if check._state.adding:
            chosen = self.cleaned_data["speaks"]
            check.community = self.communities.get(chosen)
            check.region = check.community.region if check.community else self.offices[chosen]
        return check


def _key_of(line: str) -> int:
    found = ARTICLE_PATH.search(line)
    return int(found[1]) if found else 0
