"""What is typed by somebody who replies."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.fields import LinesField
from replies.actions import WORDS
from replies.models import NAME_LENGTH, PASSAGE_LENGTH, RELATION_LENGTH, TEXT_LENGTH, Reply, Request

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User
    from articles.models import Article

SHORTEST_TEXT = 20


class WordsForm(forms.Form):
    """Who answers, as whom, what of the article, and with what: also for repairing it."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=NAME_LENGTH,
        help_text=_("It stands above your reply, for everybody."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    relation = forms.CharField(
        label=_("Who you are in this matter"),
        max_length=RELATION_LENGTH,
        help_text=_("For example: the village head who is named in it, or the spokesperson of the company."),
    )
    passage = LinesField(
        label=_("What the article says about you"),
        max_length=PASSAGE_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The sentence in question, copied from the article."),
    )
    text = LinesField(
        label=_("Your reply"),
        max_length=TEXT_LENGTH,
        min_length=SHORTEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 9}),
        help_text=_("What is not right, and how it is. It is published as you write it, or not at all."),
    )

    def clean_name(self) -> str:
        """White space is folded."""
        return " ".join(self.cleaned_data["name"].split())

    def clean_relation(self) -> str:
        """The same."""
        return " ".join(self.cleaned_data["relation"].split())

    @property
    def words(self) -> dict[str, str]:
        """What was typed."""
        return {name: self.cleaned_data[name] for name in WORDS}


class WriteForm(WordsForm):
    """A new reply. Who has no account gives an e-mail address besides, and agrees to the terms."""

    form_key = forms.UUIDField(widget=forms.HiddenInput)
    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("You confirm it by a link, and are told there of the decision. Only the office sees it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    agrees = forms.BooleanField(
        label=_("I write no lies, slander or incitement, and I agree to the terms and the privacy notice.")
    )

    def __init__(self, *args: Any, user: User | AnonymousUser, article: Article, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.article = article
        self.fields["form_key"].initial = uuid.uuid4
        if user.is_authenticated:
            self.fields["name"].initial = user.name
            del self.fields["email"], self.fields["agrees"]

    def clean_email(self) -> str:
        """In lower case, as accounts keep it."""
        return str(self.cleaned_data["email"].lower())

    def reply(self) -> Reply:
        """What somebody with an account sends."""
        return Reply(article=self.article, form_key=self.cleaned_data["form_key"], **self.words)

    def request(self) -> Request:
        """What waits for the confirmation of its address."""
        return Request(
            article=self.article,
            form_key=self.cleaned_data["form_key"],
            email=self.cleaned_data["email"],
            **self.words,
        )
