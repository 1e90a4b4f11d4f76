"""The place in an article where the words of a search stand, as plain text with the hits marked."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.contrib.postgres.search import SearchHeadline, SearchQuery
from django.db.models import F, Func, TextField, Value
from django.db.models.functions import Concat, Left

from articles.models import Article

# Characters that nobody types stand around a hit until the template escapes everything and marks it.
START, STOP = "\ue000", "\ue001"
HIT = re.compile(f"{START}(.*?){STOP}", re.DOTALL)
LONGEST = 20_000
# Tags, and the places of photos (articles.placing).
NOT_WORDS = r"<p>\[foto \d+\]</p>|<[^>]*>"


class Part(NamedTuple):
    """A piece of an excerpt."""

    text: str
    is_hit: bool


@dataclass(frozen=True)
class Result:
    """An article that was found, and why."""

    article: Article
    title: list[Part]
    excerpt: list[Part]


def with_excerpts(keys: Sequence[int], words: str) -> list[Result]:
    """The articles of these keys in their order; only they are read and marked."""
    found = Article.objects.filter(pk__in=keys).for_cards().defer("body", "search")
    marked = found.annotate(marked_title=_title(words), marked_text=_text(words))
    articles = {article.pk: article for article in marked}
    return [_result(articles[key]) for key in keys if key in articles]


def parts(headline: str) -> list[Part]:
    """Split at the marks. Text stays text: whatever shows it escapes it."""
    pieces = HIT.split(headline)
    return [Part(piece, is_hit=place % 2 == 1) for place, piece in enumerate(pieces) if piece]


def _result(article: Any) -> Result:
    # A title is plain text; of the body only the tags were taken away.
    return Result(article, parts(article.marked_title), parts(html.unescape(article.marked_text)))


def _title(words: str) -> SearchHeadline:
    return _headline(F("title"), words, highlight_all=True)


def _text(words: str) -> SearchHeadline:
    body = Func(F("body"), Value(NOT_WORDS), Value(" "), Value("g"), function="regexp_replace")
    text = Concat(F("lead"), Value(" "), Left(body, LONGEST), output_field=TextField())
    return _headline(text, words, min_words=15, max_words=32)


def _headline(text: Any, words: str, **options: Any) -> SearchHeadline:
    stemmed = SearchQuery(words, config="indonesian", search_type="websearch")
    written = SearchQuery(words, config="simple", search_type="websearch")
    return SearchHeadline(
        text, stemmed | written, config="indonesian", start_sel=START, stop_sel=STOP, **options
    )
