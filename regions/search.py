"""Finding regions by typing: what a query means, and in which order the answers stand."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db.models import Case, Func, Q, QuerySet, Value, When

from common.keys import keys_first

# What people write before a name, and the kinds that they mean by it.
SPOKEN_KINDS = {
    "provinsi": ("province",),
    "prov": ("province",),
    "kabupaten": ("regency",),
    "kab": ("regency",),
    "kota": ("city",),
    "kecamatan": ("district",),
    "kec": ("district",),
    "distrik": ("district",),
    "desa": ("village", "customary_village"),
    "kelurahan": ("urban_village",),
    "kel": ("urban_village",),
    "adat": ("customary_village",),
    "administrasi": ("city", "regency"),
}
# Short forms of provinces in everyday use; tried when a query finds nothing as it stands.
SHORT_FORMS = {
    "babel": "bangka belitung",
    "diy": "daerah istimewa yogyakarta",
    "dki": "daerah khusus ibukota",
    "jabar": "jawa barat",
    "jateng": "jawa tengah",
    "jatim": "jawa timur",
    "jogja": "yogyakarta",
    "kalbar": "kalimantan barat",
    "kalsel": "kalimantan selatan",
    "kaltara": "kalimantan utara",
    "kalteng": "kalimantan tengah",
    "kaltim": "kalimantan timur",
    "kepri": "kepulauan riau",
    "malut": "maluku utara",
    "ntb": "nusa tenggara barat",
    "ntt": "nusa tenggara timur",
    "sulbar": "sulawesi barat",
    "sulsel": "sulawesi selatan",
    "sulteng": "sulawesi tengah",
    "sultra": "sulawesi tenggara",
    "sulut": "sulawesi utara",
    "sumbar": "sumatera barat",
    "sumsel": "sumatera selatan",
    "sumut": "sumatera utara",
}
_KIND_BEFORE = re.compile(rf"^((?:{'|'.join(SPOKEN_KINDS)})\b[.\s]*)+(?=\w)", re.IGNORECASE)
LONGEST = 150
MOST_WORDS = 12


class Words(Func):
    """The words of a text, in no language: names are not to be stemmed."""

    function = "to_tsvector"
    template = "to_tsvector('simple'::regconfig, regexp_replace(%(expressions)s, '[^[:alnum:]]+', ' ', 'g'))"
    arity = 1
    output_field = SearchVectorField()


@dataclass(frozen=True)
class Typed:
    """What somebody typed to find a region."""

    name: str
    bare: str
    words: tuple[str, ...]
    kinds: tuple[str, ...]

    @classmethod
    def read(cls, text: str) -> "Typed":
        """Split into words; a word for the kind ("Kec.", "desa") helps to order, and never hides a name."""
        text = text[:LONGEST].replace("\x00", "")
        words = _words(text)
        kinds = SPOKEN_KINDS.get(words[0], ()) if words else ()
        name = text.split(",")[0].strip()
        named = tuple(word for word in words if word not in SPOKEN_KINDS)
        return cls(name, _KIND_BEFORE.sub("", name), named or words, kinds)

    @property
    def is_enough(self) -> bool:
        """Whether there is something to look for: one word of two letters at least."""
        return any(len(word) > 1 for word in self.words)

    def conditions(self) -> Iterator[Q]:
        """The first that finds anything wins: first word in the own name, all words anywhere, written out."""
        everywhere = Q(full_name_words=_starting(self.words))
        yield Q(name_words=_starting(self.words[:1])) & everywhere
        yield everywhere
        written_out = " ".join(SHORT_FORMS.get(word, word) for word in self.words)
        if written_out != " ".join(self.words):
            yield Q(full_name_words=_starting(_words(written_out)))

    def order(self) -> list[Case]:
        """The very name first, then names that begin so; among equals those of the kind that was said."""
        begins = Q(name__istartswith=self.name) | Q(name__istartswith=self.bare)
        rank = Case(
            When(name__iexact=self.name, then=Value(0)),
            When(name__iexact=self.bare, then=Value(1)),
            When(begins, then=Value(2)),
            default=Value(3),
        )
        if not self.kinds:  # an empty Case would be a bare 1, which SQL reads as the first column
            return [rank]
        return [rank, Case(When(kind__in=self.kinds, then=Value(0)), default=Value(1))]


def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[^\W_]+", text.casefold())[:MOST_WORDS])


def _starting(words: tuple[str, ...]) -> SearchQuery:
    return SearchQuery(" & ".join(f"'{word}':*" for word in words), config="simple", search_type="raw")


def names_that_begin_like(words: str) -> SearchQuery | None:
    """Names with a word that begins like each of these; None where nothing was asked."""
    found = re.findall(r"[^\W_]+", words.casefold())[:MOST_WORDS]
    if not found:
        return None
    return SearchQuery(" & ".join(f"'{word}':*" for word in found), config="simple", search_type="raw")


def with_name(rows: QuerySet, field: str, names: SearchQuery) -> QuerySet:
    """The rows whose name has those words; an index over Words(field) answers it."""
    return rows.alias(words=Words(field)).filter(words=names)


def with_name_in_order(rows: QuerySet, field: str, names: SearchQuery, most: int | None = None) -> QuerySet:
    """The same for rows that come in an order of their own; `most` bounds how many names are looked at.

    The keys are found first, by the index of words: names that begin with S lie behind all others.
    """
    found = with_name(rows.order_by(), field, names).values("pk")[:most]
    return keys_first(rows, found)
