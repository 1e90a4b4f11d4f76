"""Likely copies: the same press release sent by ten communities, found in PostgreSQL; see docs/adr/0043.

MinHash: the share of equal places in two signatures estimates how much of two texts is the same. Places are
banded, so that an index finds all texts with one band in common: those that are about half alike, or more.
"""

from __future__ import annotations

import functools
import random
import re
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

from django.core.cache import cache

from articles.models import Article, Fingerprint
from articles.placing import without_markers
from common.html import plain_text
from common.keys import keys_first
from moderation.states import Status

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

# Words that follow each other; one changed word changes so many of these runs.
RUN = 4
# Shorter texts are alike by chance.
FEWEST_WORDS = 30
PLACES, BANDS = 64, 16
PRIME = (1 << 61) - 1
ALIKE = 0.5
CANDIDATES, SHOWN = 60, 5
WORD = re.compile(r"\w+")
COMPARED = (Status.SUBMITTED, Status.APPROVED)
AT_ONCE = 500
# How many keys one run of the clock looks at, and where the last one ended.
LOOKED_AT = 100_000
PLACE = "articles.copies.place"


class Match(NamedTuple):
    """Another article, and how much of both is the same, in percent."""

    article: Article
    percent: int


def likely_copies(article: Article, user: User | AnonymousUser) -> list[Match]:
    """Published and waiting articles that this person may see, about the same; the most alike first."""
    own = signature(article)
    if not own:
        return []
    alike = Fingerprint.objects.filter(bands__overlap=bands(own)).values("pk")
    candidates = (
        keys_first(Fingerprint.objects.all(), alike)
        .filter(article__status__in=COMPARED)
        .filter(article__in=Article.objects.visible_to(user))
        .exclude(article=article.pk)
        .select_related("article__community", "article__region")
        .defer("article__body", "article__search")
        .order_by("-article")[:CANDIDATES]
    )
    matches = [Match(found.article, _percent(own, found.signature)) for found in candidates]
    shown = [match for match in matches if match.percent >= ALIKE * 100]
    return sorted(shown, key=lambda match: -match.percent)[:SHOWN]


def keep(article: Article) -> None:
    """Remember what the article says now; one that says too little is not compared."""
    own = signature(article)
    Fingerprint.objects.update_or_create(article=article, defaults={"signature": own, "bands": bands(own)})


def keep_missing() -> None:
    """Remember published and waiting articles that came in another way than through the door.

    A run looks at LOOKED_AT keys from where the last one ended: all articles come by turns, and none of the
    runs reads the whole table. Where the place is forgotten, it begins again.
    """
    after = cache.get(PLACE, 0)
    until = after + LOOKED_AT
    some = Article.objects.filter(pk__gt=after, pk__lte=until)
    found = list(some.filter(status__in=COMPARED, fingerprint=None).order_by("pk")[:AT_ONCE])
    for article in found:
        keep(article)
    if len(found) == AT_ONCE:
        until = found[-1].pk
    is_end = not Article.objects.filter(pk__gt=until).exists()
    cache.set(PLACE, 0 if is_end else until, None)


def signature(article: Article) -> list[int]:
    """PLACES numbers that stand for lead and body; none where there are too few words."""
    words = WORD.findall(plain_text(f"{article.lead}\n{without_markers(article.body)}").casefold())
    if len(words) < FEWEST_WORDS:
        return []
    runs = {_hashed(" ".join(words[at : at + RUN])) for at in range(len(words) - RUN + 1)}
    return [min((factor * run + offset) % PRIME for run in runs) for factor, offset in _places()]


def bands(numbers: list[int]) -> list[int]:
    """What the index finds texts by: a number for each few places of a signature."""
    size = PLACES // BANDS
    return [_hashed(f"{at}:{numbers[at : at + size]}") for at in range(0, len(numbers), size)]


def _percent(one: list[int], other: list[int]) -> int:
    same = sum(a == b for a, b in zip(one, other, strict=False))
    return round(100 * same / PLACES)


def _hashed(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest()) & PRIME


@functools.cache
def _places() -> tuple[tuple[int, int], ...]:
    """The same for ever: signatures of today are compared with those of years ago."""
    chosen = random.Random(2026)  # noqa: S311 - not a secret
    return tuple((chosen.randrange(1, PRIME), chosen.randrange(PRIME)) for _ in range(PLACES))
