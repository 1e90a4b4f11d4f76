"""The place in an article where the words of a search stand, as plain text with the hits marked."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.contrib.postgres.search import SearchHeadline, SearchQuery
from django.db.models import F, Func, TextField, Value
from django.db.models.functions import Concat, Left

from articles.models import Article

# Characters that nobody types stand around a hit until the template escapes everything and marks it.
START, STOP = "\ue000", "\ue001"
HIT = re.compile(f"{START}(.*?){STOP}", re.DOTALL)
LONGEST = 20_000


class Part(NamedTuple):
    """A piece of an excerpt."""

    text: str
    is_hit: bool


@dataclass(frozen=True)
class Result:
    """An article that was found, and why."""

    article: Article
    excerpt: list[Part]


def with_excerpts(keys: Sequence[int], words: str) -> list[Result]:
    """The articles of these keys in their order; only they are read and marked."""
    found = Article.objects.filter(pk__in=keys).for_cards().defer("body", "search")
    articles = {article.pk: article for article in found.annotate(headline=_headline(words))}
    return [Result(articles[key], parts(articles[key].headline)) for key in keys if key in articles]


def parts(headline: str) -> list[Part]:
    """Split at the marks. Text stays text: whatever shows it escapes it."""
    pieces = HIT.split(html.unescape(headline))
    return [Part(piece, is_hit=place % 2 == 1) for place, piece in enumerate(pieces) if piece]


def _headline(words: str) -> SearchHeadline:
    stemmed = SearchQuery(words, config="indonesian", search_type="websearch")
    written = SearchQuery(words, config="simple", search_type="websearch")
    body = Func(F("body"), Value("<[^>]*>"), Value(" "), Value("g"), function="regexp_replace")
    text = Concat(F("lead"), Value(" "), Left(body, LONGEST), output_field=TextField())
    return SearchHeadline(
        text,
        stemmed | written,
        config="indonesian",
        start_sel=START,
        stop_sel=STOP,
        min_words=15,
        max_words=32,
    )
