"""The composer's shape."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Category, Photo
from common.html import clean_html, plain_text
from common.uploads import PhotoField
from communities.item_forms import CommunityItemForm
from communities.models import Community

NEW_PHOTOS = 3


class ArticleForm(CommunityItemForm):
    """News in the trained form: title, lead, body, with category, dateline and source."""

    class Meta:
        model = Article
        fields = ["community", "title", "lead", "body", "category", "dateline", "source"]
        help_texts = {"title": _("What happened, in at most 90 characters.")}
        widgets = {
            "lead": forms.Textarea(attrs={"rows": 3}),
            "body": forms.Textarea(attrs={"rows": 14}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        category = cast(forms.TypedChoiceField, self.fields["category"])
        category.choices = [("", _("Choose a category")), *Category.choices]
        community = self.initial.get("community")
        if self.instance.pk is None and isinstance(community, Community):
            self.initial.setdefault("dateline", community.region.name.upper())

    def clean_body(self) -> str:
        """Sanitised on the way in; what is left must be words."""
        body = clean_html(self.cleaned_data["body"])
        if not plain_text(body).strip():
            raise forms.ValidationError(_("Write the news itself: after cleaning, no words were left."))
        return body

    def clean_lead(self) -> str:
        """Plain text in one paragraph."""
        return " ".join(self.cleaned_data["lead"].split())

    def clean_dateline(self) -> str:
        """Capitals, as newspapers do."""
        return " ".join(self.cleaned_data["dateline"].split()).upper()


class PhotoForm(forms.ModelForm):
    """Caption and credit of a photo that is already there, and whether to take it off."""

    remove = forms.BooleanField(label=_("Take this photo off"), required=False)

    class Meta:
        model = Photo
        fields = ["caption", "credit"]


class NewPhotoForm(forms.Form):
    """One more photo; a caption and a photographer belong to it."""

    file = PhotoField(label=_("Photo"), required=False, help_text=_("JPEG, PNG or WebP, at most 12 MB."))
    caption = forms.CharField(
        label=_("Caption"), max_length=300, required=False, help_text=_("What is seen, where and when.")
    )
    credit = forms.CharField(label=_("Photographer"), max_length=120, required=False)

    def clean(self) -> dict[str, Any]:
        """With a photo, its words are needed; words alone are kept until the photo comes."""
        data = super().clean() or {}
        if data.get("file"):
            for name in ("caption", "credit"):
                if not data.get(name):
                    self.add_error(name, _("A photo needs this. Please choose the photo again, too."))
        return data


class PhotoForms:
    """The photos of one article: those that are there, and places for new ones."""

    def __init__(self, article: Article, data: Any = None, files: Any = None) -> None:
        stored = list(article.photos.all()) if article.pk else []
        self.stored = [PhotoForm(data, prefix=f"foto-{photo.pk}", instance=photo) for photo in stored]
        self.new = [NewPhotoForm(data, files, prefix=f"foto-baru-{number}") for number in range(NEW_PHOTOS)]

    def all(self) -> list[forms.BaseForm]:
        """Every form, in the order of the page."""
        return [*self.stored, *self.new]

    def is_valid(self) -> bool:
        """Whether all are; asks every one, so that every fault is shown."""
        verdicts = [form.is_valid() for form in self.all()]
        return all(verdicts)
