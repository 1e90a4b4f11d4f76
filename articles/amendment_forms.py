"""The shape of an amendment: the words of the article as they shall become, and what readers are told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from articles import whereabouts
from articles.amendment import Amendment, Nature
from articles.forms import ArticleForm
from articles.models import NEEDED_TO_SEND, Category, PublicChange, Source
from articles.parts import PHOTO_WORDS, with_words
from articles.photo_forms import PhotoForm, PhotoForms
from articles.photographs import next_number
from common import chat
from communities.item_forms import ItemForm

if TYPE_CHECKING:
    from articles.models import Article
    from regions.models import Region


class AmendmentForm(ItemForm):
    """`version` says which version of the amendment the page has read, `article_version` which article."""

    category = forms.ChoiceField(label=_("Category"), choices=Category.choices)
    source = forms.ChoiceField(label=_("Source"), choices=Source.choices)
    region = whereabouts.region_field()
    version = forms.CharField(widget=forms.HiddenInput, required=False)
    article_version = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Amendment
        fields = [
            "nature", "was_wrong", "is_right", "is_before_hidden", "corrects", "title", "lead", "body",
            "category", "dateline", "source", "place", "byline",
        ]  # fmt: skip
        widgets = {
            "nature": forms.RadioSelect,
            "was_wrong": forms.Textarea(attrs={"rows": 2}),
            "is_right": forms.Textarea(attrs={"rows": 2}),
            "lead": forms.Textarea(attrs={"rows": 3}),
            "body": forms.Textarea(attrs={"rows": 14}),
        }

    # The words follow the same rules as when they were written.
    clean_body = ArticleForm.clean_body
    clean_lead = ArticleForm.clean_lead
    clean_title = ArticleForm.clean_title
    clean_dateline = ArticleForm.clean_dateline
    clean_byline = ArticleForm.clean_byline

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        article = self.instance.article
        self._offer_regions()
        for name in NEEDED_TO_SEND:
            self.fields[name].required = self.sending
        self.initial["body"] = chat.as_typed(self.instance.body)
        self.initial["version"] = self.instance.changed_at.isoformat() if self.instance.pk else ""
        self.initial["article_version"] = version_of(article)
        earlier = PublicChange.objects.filter(article=article, nature=Nature.CORRECTION)
        if article.amended_at:
            field = cast(forms.ModelChoiceField, self.fields["corrects"])
            field.queryset = earlier.select_related("article__region").order_by("-pk")
        else:
            del self.fields["corrects"]

    def _offer_regions(self) -> None:
        article = self.instance.article
        whereabouts.bind(self, [article.community])
        region = self.instance.happened_in or article.region
        self.initial["region"] = "" if region == article.community.region else region.code

    def clean_region(self) -> Region:
        """Within the regency; empty is the village of the KIM. What the form does not ask for stays."""
        article = self.instance.article
        if whereabouts.is_left_out(self):
            return self.instance.happened_in or article.region
        region: Region | None = self.cleaned_data["region"]
        if region is None and not whereabouts.is_within(article.region_id, article.community):
            # The KIM has moved since: its picker does not know where this happened.
            return article.region
        if region != article.region:
            whereabouts.require_within(region, article.community)
        return region or article.community.region

    def filled_instance(self) -> Amendment:
        """The amendment as filled in; it names a region only where that becomes another one."""
        amendment: Amendment = super().filled_instance()
        region = self.cleaned_data["region"]
        amendment.happened_in = None if region == amendment.article.region else region
        return amendment

    def clean(self) -> dict[str, Any]:
        """The dateline follows the region; a correction that is sent says what was wrong and is right."""
        data = super().clean() or {}
        article = self.instance.article
        before = self.instance.happened_in or article.region
        if "dateline" in data and data.get("region") not in (None, before):
            data["dateline"] = whereabouts.dateline(
                data["dateline"], data["region"], article.community, before
            )
        if self.sending and data.get("nature") == Nature.CORRECTION:
            for name in ("was_wrong", "is_right"):
                if not data.get(name):
                    self.add_error(name, _("Readers are told this. Write one sentence."))
        return data


class AmendedPhotos:
    """The words of the photos as they shall become, which ones shall go, and those that it adds."""

    def __init__(
        self, amendment: Amendment, data: Any = None, files: Any = None, *, is_draft: bool = True
    ) -> None:
        kept = amendment.photo_words
        first = next_number(amendment.article_id)
        self.added = PhotoForms(amendment, data, files, is_draft=is_draft, first=first)
        self.photos = amendment.article.shown_photos
        self.forms = [
            PhotoForm(
                data,
                prefix=f"foto-{photo.pk}",
                instance=with_words(photo, kept.get(str(photo.pk), {})),
                initial={"remove": kept.get(str(photo.pk), {}).get("remove", False)},
            )
            for photo in self.photos
        ]

    def is_valid(self) -> bool:
        """Whether all are; asks every one, so that every fault is shown."""
        return all([form.is_valid() for form in self.forms] + [self.added.is_valid()])

    def changed(self) -> dict[str, dict[str, Any]]:
        """What an amendment keeps: of each photo what is said otherwise."""
        found: dict[str, dict[str, Any]] = {}
        for photo, form in zip(self.photos, self.forms, strict=True):
            data = form.cleaned_data
            if data["remove"]:
                found[str(photo.pk)] = {"remove": True}
                continue
            words = {name: data[name] for name in PHOTO_WORDS if data[name] != getattr(photo, name)}
            if words:
                found[str(photo.pk)] = words
        return found


def version_of(article: Article) -> str:
    """What the published words of an article are called, until they change."""
    return article.changed_at.isoformat()
