"""Searching the portal: what is asked, and what is found. Whatever is typed, nothing here fails."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Category
from communities.models import Community
from events.models import Event
from factchecks.models import FactCheck
from home.excerpts import Result, with_excerpts
from regions.models import Region
from regions.search import names_that_begin_like, with_name, with_name_in_order
from regions.succession import find_of_today

LONGEST = 100
PAGE = 20
# Of common words only the newest articles are ranked: a search stays cheap among millions.
CANDIDATES = 50 * PAGE
# How many events, communities and regions stand above the news, and how many alone.
FEW = 3
MANY = 50

KINDS = {
    "": _("All"),
    "berita": _("News"),
    "cek-fakta": _("Fact checks"),
    "kegiatan": _("Events"),
    "komunitas": _("Communities"),
    "wilayah": _("Regions"),
}


@dataclass(frozen=True)
class Asked:
    """What somebody searches for. What cannot be understood is left out."""

    words: str = ""
    kind: str = ""
    category: str = ""
    region: Region | None = None

    @classmethod
    def read(cls, params: QueryDict) -> Asked:
        """From the address of the page."""
        kind, category = params.get("jenis", ""), params.get("kategori", "")
        return cls(
            words=" ".join(params.get("q", "").replace("\0", " ").split())[:LONGEST].strip(),
            kind=kind if kind in KINDS else "",
            category=category if category in Category.values else "",
            region=find_of_today(params.get("wilayah", "")),
        )

    def wants(self, kind: str) -> bool:
        """Whether things of this kind are to be shown. Only news have a category."""
        if not self.words or self.kind not in ("", kind):
            return False
        return kind == "berita" or not self.category or self.kind == kind

    def query(self, **changes: str) -> str:
        """The same question as a query string, with these changes."""
        asked = {"q": self.words, "jenis": self.kind, "kategori": self.category, "wilayah": self.code}
        return urlencode({name: value for name, value in (asked | changes).items() if value})

    @property
    def code(self) -> str:
        """The code of the region that the search is bound to."""
        return self.region.code if self.region else ""

    @property
    def limit(self) -> int:
        """How many events, communities and regions are shown."""
        return MANY if self.kind else FEW


class Found:
    """What was found, each kind asked of the database when the page shows it."""

    def __init__(self, asked: Asked, number: str) -> None:
        self.asked = asked
        self.number = number
        self.names = names_that_begin_like(asked.words)

    @cached_property
    def page(self) -> Page:
        """One page of articles, the best of the newest matches first: by key only."""
        keys = list(_ranked(self.asked)) if self.asked.wants("berita") else []
        return Paginator(keys, PAGE).get_page(self.number)

    @cached_property
    def articles(self) -> list[Result]:
        """The articles of the page, each with the place where the words stand."""
        return with_excerpts(list(self.page.object_list), self.asked.words)

    @property
    def is_cut(self) -> bool:
        """Whether more articles match than are ranked."""
        return self.page.paginator.count >= CANDIDATES

    @cached_property
    def events(self) -> list[Event]:
        """Events to come, the nearest first."""
        if not (self.names and self._wants_group("kegiatan")):
            return []
        found = Event.objects.public().within(self.asked.region).upcoming().for_cards()
        return list(with_name(found, "title", self.names)[: self.asked.limit])

    @cached_property
    def fact_checks(self) -> list[FactCheck]:
        """Fact checks with the words, the newest first."""
        if not self._wants_group("cek-fakta"):
            return []
        found = FactCheck.objects.public().within(self.asked.region).search(self.asked.words).for_cards()
        return list(found.newest_first()[: self.asked.limit])

    @cached_property
    def communities(self) -> list[Community]:
        """Verified communities by their names."""
        if not (self.names and self._wants_group("komunitas")):
            return []
        public = Community.objects.public().within(self.asked.region)
        found = with_name_in_order(public, "name", self.names, CANDIDATES).select_related("region")
        return list(found.order_by("name", "pk")[: self.asked.limit])

    @cached_property
    def regions(self) -> list[Region]:
        """Regions of today by their names, the very name first."""
        if not self._wants_group("wilayah"):
            return []
        inside = Region.objects.open().within(self.asked.region)
        return inside.search(self.asked.words, limit=self.asked.limit)

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was found."""
        return not (
            self.page.object_list or self.fact_checks or self.events or self.communities or self.regions
        )

    def _wants_group(self, kind: str) -> bool:
        """The small groups stand on the first page only."""
        return self.asked.wants(kind) and (self.asked.kind == kind or self.page.number == 1)


def _ranked(asked: Asked) -> list[int]:
    """Keys of the matches in the order of rank; only so many of the newest are looked at."""
    public = Article.objects.public().newest_within(asked.region)
    if asked.category:
        public = public.filter(category=asked.category)
    newest = public.search(asked.words).newest_first().values("pk")[:CANDIDATES]
    ranked = Article.objects.search(asked.words).filter(pk__in=newest)
    return list(ranked.values_list("pk", flat=True))
