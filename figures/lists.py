"""Every list that can be taken along, by its name in addresses: the office's own, and each figure's rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Posting
from articles.models import Article
from aspirations.models import Aspiration
from communities.models import Community, Membership
from events.models import Event
from figures import listings
from figures.definitions import BY_SLUG, FIGURES
from figures.periods import Period
from moderation.states import Status
from regions.querysets import within_q

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from regions.models import Region

Found = tuple[listings.Listing, QuerySet]
Finder = Callable[["Region | None", Period], Found]


@dataclass(frozen=True)
class NamedList:
    """One list of an office."""

    slug: str
    label: StrOrPromise
    find: Finder


def _items(model: type[Community | Article | Event], listing: listings.Listing) -> Finder:
    def find(region: Region | None, period: Period) -> Found:
        rows = model._default_manager.exclude(status=Status.DRAFT).filter(within_q("region", region))
        return listing, listing.ordered(rows)

    return find


def _aspirations(region: Region | None, period: Period) -> Found:
    return listings.ASPIRATIONS, listings.ASPIRATIONS.ordered(Aspiration.objects.within(region))


def _officers(region: Region | None, period: Period) -> Found:
    rows = Posting.objects.current().filter(within_q("region", region))
    return listings.OFFICERS, listings.OFFICERS.ordered(rows)


def _members(region: Region | None, period: Period) -> Found:
    rows = Membership.objects.current().filter(within_q("community__region", region))
    return listings.MEMBERS, listings.MEMBERS.ordered(rows)


def _of_figure(name: str) -> Finder:
    def find(region: Region | None, period: Period) -> Found:
        return listings.together(FIGURES[name].rows(region, period))

    return find


OF_OFFICE = (
    NamedList("antrean", _("Queue of the desk"), _of_figure("waiting")),
    NamedList("komunitas", _("Communities"), _items(Community, listings.COMMUNITIES)),
    NamedList("berita", _("News"), _items(Article, listings.ARTICLES)),
    NamedList("kegiatan", _("Events"), _items(Event, listings.EVENTS)),
    NamedList("aspirasi", _("Aspirations"), _aspirations),
    NamedList("anggota", _("Members"), _members),
    NamedList("petugas", _("Officers"), _officers),
    NamedList("desa-tanpa-kim", _("Villages without a KIM"), _of_figure("villages_without")),
)
LISTS: dict[str, NamedList] = {
    **{slug: NamedList(slug, figure.label, _of_figure(figure.name)) for slug, figure in BY_SLUG.items()},
    **{named.slug: named for named in OF_OFFICE},
}
