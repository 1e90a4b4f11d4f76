"""What may make a text better, said to its writer: one list of rules for the server and for the browser.

A hint never refuses. static/js/composer-hints.js reads the same rules from the page, so a pattern may use
only what regular expressions of Python and of JavaScript have in common.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext_lazy as _

from articles.placing import without_markers

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from articles.models import Article

# Before so many words nobody is told what the text does not say yet.
BEGUN = 30
TITLE_CHARACTERS = 90
LEAD_WORDS = 50
CAPITALS = 12
TEXT = ("title", "lead", "body")


class Prompt(NamedTuple):
    """One of the six questions, with an example."""

    question: StrOrPromise
    example: StrOrPromise


PROMPTS = (
    Prompt(_("What happened?"), _("Residents planted 500 mangrove seedlings along the beach.")),
    Prompt(_("Who was there?"), _("Forty members of the youth group, led by its chair, Ahmad Fauzi.")),
    Prompt(_("When was it?"), _("Saturday, 14 November 2026, from 07.00 to 10.00 WIB.")),
    Prompt(_("Where was it?"), _("On the beach of Dusun Tiga, Desa Sungai Rambai.")),
    Prompt(_("Why was it done?"), _("Because waves have taken ten metres of land since last year.")),
    Prompt(_("How did it go?"), _("Each family planted ten seedlings and looks after them for a year.")),
)


@dataclass(frozen=True)
class Rule:
    """One hint: how it looks at which fields, and what it says.

    `look`: longer (characters than the limit), wordy (words than the limit), capitals, holds (the pattern),
    lacks (the pattern, once there is text enough; a field named in `unless` answers it too), unsaid (a photo
    whose field is empty).
    """

    key: str
    look: str
    fields: tuple[str, ...]
    words: StrOrPromise
    pattern: str = ""
    limit: int = 0
    unless: str = ""

    def applies(self, texts: Mapping[str, str]) -> bool:
        """Whether the hint is worth saying about these texts."""
        said = [texts.get(name, "") for name in self.fields]
        return bool(LOOKS[self.look](self, said)) and not texts.get(self.unless, "").strip()


def _lacks(rule: Rule, said: list[str]) -> bool:
    text = " ".join(said)
    return len(text.split()) >= BEGUN and not _found(rule.pattern, text)


def _is_shouted(rule: Rule, said: list[str]) -> bool:
    return any(_shouts(text, rule.limit) for text in said)


def _shouts(text: str, least: int) -> bool:
    return sum(letter.isalpha() for letter in text) >= least and text == text.upper()


def _found(pattern: str, text: str) -> bool:
    return bool(re.search(pattern, text, re.IGNORECASE | re.ASCII))


LOOKS = {
    "longer": lambda rule, said: any(len(text) > rule.limit for text in said),
    "wordy": lambda rule, said: any(len(text.split()) > rule.limit for text in said),
    "capitals": _is_shouted,
    "holds": lambda rule, said: _found(rule.pattern, " ".join(said)),
    "lacks": _lacks,
    "unsaid": lambda _rule, said: any(text == "" for photo in said for text in photo.splitlines()),
}

_MONTHS = "januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|desember"
_DAYS = "senin|selasa|rabu|kamis|jumat|sabtu|minggu|ahad|kemarin|hari ini|besok"
_PLACES = (
    "desa|kelurahan|dusun|kampung|gampong|nagari|banjar|rt|rw|kecamatan|kabupaten|kota|balai|jalan|jl|masjid|"
    "gereja|pura|sekolah|lapangan|pasar|sungai|puskesmas|posyandu|kantor|gedung|pantai|sawah|rumah"
)
_PEOPLE = (
    "warga|kepala|ketua|pak|bu|bapak|ibu|anggota|petani|nelayan|pedagang|pemuda|camat|lurah|bupati|gubernur|"
    "wali kota|kader|petugas|peserta|masyarakat|kelompok|perangkat|tokoh"
)
_SAYING = "kata|ujar|menurut|tutur|ungkap|ucap|jelas|menjelaskan|menyampaikan|menyebut|mengatakan|sumber|data"
_REASONS = "karena|sebab|agar|supaya|untuk|akibat|guna|demi|bertujuan|tujuan|dalam rangka"
_CHILD = (
    r"\b(?:siswa|siswi|murid|balita|bayi|di bawah umur)\b|\b(?:SDN?|SMPN?|SMAN?|SMKN?|MTs|PAUD|TK)\s+\w"
    r"|\b(?:ber)?(?:umur|usia)\s+(?:1[0-7]|[1-9])\b|\((?:1[0-7]|[5-9])(?:\s*(?:th|tahun))?\)"
)
STORY = ("lead", "body")

RULES = (
    Rule(
        "title_long", "longer", ("title",), limit=TITLE_CHARACTERS,
        words=_("The title is longer than 90 characters: lists cut it off."),
    ),
    Rule(
        "lead_long", "wordy", ("lead",), limit=LEAD_WORDS,
        words=_("The lead has more than 50 words: the heart of the news in two sentences is enough."),
    ),
    Rule(
        "capitals", "capitals", TEXT, limit=CAPITALS,
        words=_("Something is written in capitals only. That reads as shouting."),
    ),
    Rule("who", "lacks", STORY, _("Who was there? Nobody is named yet."), rf"\b(?:{_PEOPLE})\b"),
    Rule(
        "when", "lacks", STORY, _("When was it? There is no day and no time yet."),
        rf"\b(?:{_MONTHS}|{_DAYS}|pukul|tanggal|20\d\d)\b|\d{{1,2}}/\d{{1,2}}",
    ),
    Rule(
        "where", "lacks", STORY, _("Where was it? There is no place yet."), rf"\b(?:{_PLACES})\b",
        unless="place",
    ),
    Rule("why", "lacks", STORY, _("Why was it done? The reason is not said yet."), rf"\b(?:{_REASONS})\b"),
    Rule(
        "source", "lacks", STORY, _("Who says so? A quotation or a source makes it credible."),
        rf"[\"“”]|\b(?:{_SAYING})(?:nya)?\b",
    ),
    Rule(
        "child", "holds", TEXT, pattern=_CHILD,
        words=_("This may be about a child. Under 18: no name, face, relatives, school or village."),
    ),
    Rule(
        "telephone", "holds", TEXT, pattern=r"(?:\+62|\b62|\b0)8\d[\d .-]{6,12}\d",
        words=_("There is a telephone number in it. Everybody will read it: is that wanted?"),
    ),
    Rule("caption", "unsaid", ("captions",), _("A photo has no caption: what is seen, where and when?")),
    Rule(
        "alternative", "unsaid", ("alternatives",),
        _("A photo has no description for people who do not see it."),
    ),
)  # fmt: skip


def texts_of(article: Article) -> dict[str, str]:
    """What the rules look at, of an article as it is stored."""
    photos = list(article.photos.all()) if article.pk else []
    return {
        "title": article.title,
        "lead": article.lead,
        "body": re.sub(r"<[^>]*>", " ", without_markers(article.body)),
        "place": article.place,
        "captions": lines(photo.caption for photo in photos),
        "alternatives": lines(photo.alternative for photo in photos),
    }


def lines(words: Iterable[str]) -> str:
    """One line a photo, also for one that has no words."""
    return "".join(f"{' '.join(each.split())}\n" for each in words)


def hints_about(article: Article) -> list[Rule]:
    """The rules whose hint is worth saying about the article."""
    texts = texts_of(article)
    return [rule for rule in RULES if rule.applies(texts)]
