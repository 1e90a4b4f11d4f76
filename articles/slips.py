"""Small typing slips: what may be mended in a published article at once, because it changes nothing it says.

A slip is a few letters of a word that is no name, no number and no "not", and that no other news knows. All
slips since the office has last read the article count together, so that no meaning is changed step by step.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.contrib.postgres.search import SearchQuery
from django.utils.translation import gettext as _

from articles.amendment import Nature, PublicChange
from articles.parts import WHERE, words_of
from moderation import differences
from moderation.reviewing import Version

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django_stubs_ext import StrOrPromise

    from articles.models import Article

MOST_WORDS = 5
MOST_LETTERS = 2
# Shorter words are too easily another word.
SHORTEST = 3
# Longer ones are no words.
LONGEST = 60
LOOSE = ("title", "lead", "body")
TAG = re.compile(r"<[^>]*>")
BARE = re.compile(r"[^\w]+")
# Lowercase words of which a letter changes what is said.
WEIGHTY = (
    "tidak tak bukan belum jangan tanpa anti non nol satu dua tiga empat lima enam tujuh delapan sembilan "
    "sepuluh sebelas seratus seribu belas puluh ratus ribu juta miliar triliun senin selasa rabu kamis jumat "
    "sabtu minggu januari februari maret april mei juni juli agustus september oktober november desember"
)
MEANING = frozenset(WEIGHTY.split())


def problems(article: Article, after: dict[str, str]) -> list[StrOrPromise]:
    """Why these words are more than slips, in words; empty where they may pass at once."""
    before = as_last_read(article)
    if any(before[name] != after[name] for name in before if name not in LOOSE):
        return [
            _("A typing slip is in title, lead or body only. Send the rest as a correction or an update.")
        ]
    if TAG.findall(before["body"]) != TAG.findall(after["body"]):
        return [_("Paragraphs, lists or links change. Send it as a correction or an update.")]
    pairs = [pair for name in LOOSE for pair in _pairs(before[name], after[name])]
    if len(pairs) > MOST_WORDS:
        return [
            _("At most %(number)d words may change without review. Send it as a correction or an update.")
            % {"number": MOST_WORDS}
        ]
    return [
        _("“%(old)s” and “%(new)s”: this may change what it says. Send it as a correction or an update.")
        % {"old": old or "…", "new": new or "…"}
        for old, new in pairs
        if not _is_slip(old, new) or _is_a_word(old, new, article)
    ]


def as_last_read(article: Article) -> dict[str, str]:
    """What the article said when an office last read it: before the slips that passed since."""
    before = words_of(article)
    if article.is_before_its_time:
        # Slips in it leave no public trace: what was sent for review is what the office has read.
        sent = Version.objects.of(article).order_by("-pk").first()
        return {**before, **{name: sent.content[name] for name in LOOSE if sent}}
    for change in PublicChange.objects.filter(article=article).order_by("-pk"):
        if change.nature != Nature.SLIP or change.amendment_id:
            break
        # Slips change no region, whatever it was called that day.
        before = {**change.before, WHERE: before[WHERE]}
    return before


def _pairs(before: str, after: str) -> Iterator[tuple[str, str]]:
    """Which words became which others; runs of words together where their numbers differ."""
    old, new = _middle(*(TAG.sub(" ", text).split() for text in (before, after)))
    if len(old) + len(new) > differences.MOST_WORDS:
        # Too far apart to be compared word by word; of as many words each has its place.
        yield from _in_place(old, new)
        return
    for kind, start, end, new_start, new_end in differences.matcher(old, new).get_opcodes():
        if kind == "equal":
            continue
        gone, came = old[start:end], new[new_start:new_end]
        if len(gone) == len(came):
            yield from zip(gone, came, strict=True)
        elif kind == "delete" and gone in (old[max(start - 1, 0) : start], old[end : end + 1]):
            continue  # a word written twice
        else:
            yield " ".join(gone), " ".join(came)


def _middle(old: list[str], new: list[str]) -> tuple[list[str], list[str]]:
    """What lies between the first and the last change, with a word at either side."""
    start = next((at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), None)
    if start is None:
        start = min(len(old), len(new))
    room = min(len(old), len(new)) - start
    end = next((at for at in range(room) if old[-1 - at] != new[-1 - at]), room)
    first, last = max(start - 1, 0), max(end - 1, 0)
    return old[first : len(old) - last], new[first : len(new) - last]


def _in_place(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    if len(old) == len(new):
        yield from ((a, b) for a, b in zip(old, new, strict=True) if a != b)
    else:
        yield "…", "…"


def _is_slip(old: str, new: str) -> bool:
    bare_old, bare_new = (BARE.sub("", text) for text in (old, new))
    if any(letter.isdigit() for letter in old + new):
        return False
    if bare_old.casefold() == bare_new.casefold():
        return bool(bare_old)
    if old[:1].isupper() or new[:1].isupper() or {bare_old, bare_new} & MEANING:
        return False
    lengths = sorted((len(bare_old), len(bare_new)))
    if lengths[0] < SHORTEST or lengths[1] > LONGEST or " " in old + new:
        return False
    return _distance(bare_old, bare_new) <= MOST_LETTERS


def _is_a_word(old: str, new: str, article: Article) -> bool:
    """Whether the old word stands in other published news: then it was meant."""
    from articles.models import Article

    bare = BARE.sub("", old)
    if bare.casefold() == BARE.sub("", new).casefold():
        return False
    others = Article.objects.public().exclude(pk=article.pk)
    return others.filter(search=SearchQuery(bare, config="simple")).exists()


def _distance(one: str, other: str) -> int:
    """How many letters are put in, left out, changed or swapped with their neighbour."""
    rows = [list(range(len(other) + 1))]
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            best = min(rows[-1][j] + 1, row[j - 1] + 1, rows[-1][j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                best = min(best, rows[-2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]
