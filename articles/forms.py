"""The composer's shape."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles import whereabouts
from articles.models import NEEDED_TO_SEND, Article, Category
from articles.placing import own_paragraphs
from common import chat
from common.html import clean_html, plain_text
from communities.item_forms import CommunityItemForm, LocalDateTimeField
from communities.models import Community
from regions.models import Region

LATEST = timedelta(days=366)


class ArticleForm(CommunityItemForm):
    """News in the trained form. A draft needs a title; the rest is needed when it is sent.

    `version` and `page_key` say on what the page builds and which page it is: see articles.conflicts.
    """

    publish_at = LocalDateTimeField(
        label=_("Publish not before"),
        required=False,
        help_text=_("By the clock of your village. Empty: as soon as the office has approved it."),
    )
    region = whereabouts.region_field()
    version = forms.CharField(widget=forms.HiddenInput, required=False)
    page_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Article
        fields = [
            "community", "title", "lead", "body", "category", "dateline", "source", "region", "place",
            "byline", "publish_at", "is_open_to_members",
        ]  # fmt: skip
        help_texts = {"title": _("What happened, in at most 90 characters.")}
        widgets = {
            "lead": forms.Textarea(attrs={"rows": 3}),
            "body": forms.Textarea(attrs={"rows": 14}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        category = cast(forms.TypedChoiceField, self.fields["category"])
        category.choices = [("", _("Choose a category")), *Category.choices]
        for name in NEEDED_TO_SEND:
            # What is left empty of it, the region says.
            self.fields[name].required = self.sending and name != "dateline"
            self.fields[name].needed_to_send = True  # type: ignore[attr-defined]
        self.initial["page_key"] = uuid.uuid4()
        self._show_as_stored()
        community = self.initial.get("community")
        if self.instance.pk is None and isinstance(community, Community):
            self.initial["dateline"] = community.region.name.upper()

        self._offer_regions()

    def _offer_regions(self) -> None:
        whereabouts.bind(self, [self.instance.community] if self.instance.pk else self.own)
        if self.instance.pk and self.instance.region_id == self.instance.community.region_id:
            self.initial["region"] = ""

    def _show_as_stored(self) -> None:
        if not self.instance.pk:
            return
        self.initial["version"] = self.instance.changed_at.isoformat()
        # The plain field shows it as it would be typed; composer-rich.js reads both.
        self.initial["body"] = chat.as_typed(self.instance.body)
        if self.instance.publish_at:
            zone = self.instance.region.zone
            self.initial["publish_at"] = self.instance.publish_at.astimezone(zone).replace(tzinfo=None)

    def filled_instance(self) -> Article:
        """The article as filled in; it remembers which page saves it."""
        article: Article = super().filled_instance()
        article.saved_by_page = self.cleaned_data["page_key"]
        return article

    def clean_region(self) -> Region | None:
        """Within the regency; a form that does not ask for it changes nothing."""
        if whereabouts.is_left_out(self):
            return self.instance.region if self.instance.pk else None
        region: Region | None = self.cleaned_data["region"]
        community = self.chosen_community()
        whereabouts.require_within(region, community)
        return region or (community.region if community else None)

    def clean(self) -> dict[str, Any]:
        """The dateline follows the region, unless it was written."""
        data = super().clean() or self.cleaned_data
        community = self.chosen_community()
        if community and "dateline" in data and "region" in data:
            before = self.instance.region if self.instance.pk else None
            data["dateline"] = whereabouts.dateline(data["dateline"], data["region"], community, before)
        return data

    def clean_publish_at(self) -> datetime | None:
        """On the clock of the community; a time that is over is as good as none."""
        moment: datetime | None = self.cleaned_data["publish_at"]
        community = self.chosen_community()
        if moment is None or community is None:
            return None
        # As it is stored, so that the same time never reads like another one.
        moment = moment.replace(tzinfo=community.region.zone).astimezone(UTC)
        if moment > timezone.now() + LATEST:
            raise forms.ValidationError(_("That is more than a year away. Choose an earlier time."))
        return moment

    def clean_byline(self) -> str:
        """On one line."""
        return " ".join(self.cleaned_data["byline"].split())

    def clean_body(self) -> str:
        """Sanitised on the way in; what is left must be words, but a draft may have none yet."""
        typed = self.cleaned_data["body"]
        body = own_paragraphs(clean_html(chat.marked(typed)))
        if typed.strip() and not plain_text(body).strip():
            raise forms.ValidationError(_("Write the news itself: after cleaning, no words were left."))
        return body

    def clean_lead(self) -> str:
        """Plain text in one paragraph."""
        return " ".join(self.cleaned_data["lead"].split())

    def clean_dateline(self) -> str:
        """Capitals, as newspapers do."""
        return " ".join(self.cleaned_data["dateline"].split()).upper()
