"""The overview of a region and everything beneath it, and the rows behind each of its figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from figures import listings
from figures.counting import Counted, Number, Numbers, counted
from figures.definitions import BY_SLUG, FIGURES, Figure
from figures.periods import Period
from figures.wording import change_in_words, in_words, percent
from moderation.kinds import kinds
from office.guard import office_view
from office.scope import at_its_address, code_of, region_of
from regions import petak
from regions.models import Level, Region

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

PER_PAGE = 50
LAST_PAGE = 5000
GROUPS: tuple[tuple[StrOrPromise, tuple[str, ...]], ...] = (
    (
        gettext_lazy("Communities"),
        ("verified", "active", "dormant", "proposed", "renewal", "status_submitted", "status_returned",
         "status_rejected", "status_suspended", "dissolved"),
    ),
    (
        gettext_lazy("By kind"),
        ("kind_kim", "kind_traditional_media", "kind_content_creators", "kind_strategic_group", "kind_forum"),
    ),
    (gettext_lazy("Villages"), ("villages_with", "villages_without")),
    (gettext_lazy("This month"), ("articles", "events", "decided", "median")),
    (gettext_lazy("On the desks"), ("waiting", "overdue")),
    (
        gettext_lazy("Aspirations"),
        ("aspirations_waiting", "aspirations_overdue", "aspirations_answered", "aspirations_median"),
    ),
)  # fmt: skip
COLUMNS = (
    "verified",
    "dormant",
    "villages_with",
    "villages_without",
    "articles",
    "events",
    "median",
    "overdue",
)
# What the map may show.
MAPPED = ("villages_with", "verified", "articles", "events", "overdue")
CHILDREN: dict[int, StrOrPromise] = {
    0: gettext_lazy("Province"),
    Level.PROVINCE: gettext_lazy("Regency or city"),
    Level.REGENCY: gettext_lazy("District"),
    Level.DISTRICT: gettext_lazy("Village"),
}


@dataclass(frozen=True)
class Shown:
    """One figure as the screen shows it."""

    figure: Figure
    now: Number
    before: Number
    url: str

    @property
    def words(self) -> str:
        """The number, or the hours as days and hours."""
        return in_words(self.figure, self.now)

    @property
    def change(self) -> str:
        """What changed against the period before; empty where that cannot be known."""
        return change_in_words(self.figure, self.now, self.before)

    @property
    def tone(self) -> str:
        """Red for what is late."""
        return "stop" if self.figure.name in ("overdue", "aspirations_overdue") and self.now else ""


@office_view
@require_safe
def overview_home(request: SignedInRequest) -> HttpResponse:
    """To the overview of one's own region, the widest first."""
    return redirect("office:overview", code=code_of(request.user.current_postings[0].region))


@office_view
@require_safe
def overview(request: SignedInRequest, code: str) -> HttpResponse:
    """The figures of a region, with a map and a table of what lies directly beneath."""
    region = region_of(request.user, code)
    if region and region.level == Level.VILLAGE:
        raise Http404
    if elsewhere := at_its_address(request, code, region):
        return elsewhere
    period = Period.read(request.GET.get("bulan"), region) or Period.current(region)
    found = counted(region, period)
    children = list(Region.objects.open().children_of(region))
    name = request.GET.get("angka", "")
    mapped = FIGURES[name if name in MAPPED else MAPPED[0]]
    context = {
        **frame(request, region, period),
        "counted_at": found.counted_at,
        "is_remembered": found.is_remembered,
        "groups": [
            (label, [_shown(name, found.total, code, period) for name in names]) for label, names in GROUPS
        ],
        "columns": [FIGURES[name] for name in COLUMNS],
        "rows": [_row(child, found, period) for child in _with_own(region, children, found)],
        "child_label": CHILDREN[region.level if region else 0],
        "tiles": _tiles(children, found, mapped, period),
        "mapped": mapped,
        "maps": [(FIGURES[name], name == mapped.name) for name in MAPPED],
        "share": percent(share(found.total)),
        "above": region.lineage[:-1] if region else [],
    }
    return render(request, "office/overview.html", context)


@office_view
@require_safe
def figure_rows(request: SignedInRequest, code: str, figure: str) -> HttpResponse:
    """The rows behind one figure."""
    region = region_of(request.user, code)
    if figure not in BY_SLUG:
        raise Http404
    if elsewhere := at_its_address(request, code, region):
        return elsewhere
    chosen = BY_SLUG[figure]
    period = Period.read(request.GET.get("bulan"), region) or Period.current(region)
    listing, rows = listings.together(chosen.rows(region, period))
    page = _page(request)
    values = list(rows[(page - 1) * PER_PAGE : page * PER_PAGE + 1])
    context = {
        **frame(request, region, period),
        "figure": chosen,
        "head": listing.labels,
        "rows": [(_address(listing, row), listing.cells(row)) for row in values[:PER_PAGE]],
        "next_page": page + 1 if len(values) > PER_PAGE else None,
        "previous_page": page - 1 if page > 1 else None,
    }
    return render(request, "office/overview_rows.html", context)


def frame(request: SignedInRequest, region: Region | None, period: Period) -> dict[str, Any]:
    """What the pages of a region have in common: where, when, and the person's other regions."""
    return {
        "region": region,
        "code": code_of(region),
        "place": region.label if region else _("All of Indonesia"),
        "period": period,
        "postings": [(code_of(posting.region), posting.region) for posting in request.user.current_postings],
        "nav": "office:overview",
    }


def share(numbers: Numbers) -> float:
    """How many villages of a hundred have a KIM."""
    villages, covered = numbers["villages"][0] or 0, numbers["villages_with"][0] or 0
    return 100 * covered / villages if villages else 0


def _shown(name: str, numbers: Numbers, code: str, period: Period) -> Shown:
    figure = FIGURES[name]
    address = reverse("office:figure", args=[code, figure.slug])
    return Shown(figure, *numbers[name], address if period.is_current else f"{address}?bulan={period.slug}")


def _with_own(region: Region | None, children: list[Region], found: Counted) -> list[Region]:
    """The regions beneath; and those that are no more, or this one itself, where something lies there."""
    extra = set(found.children) - {child.code for child in children}
    told = {code for code in extra if any(now for now, _before in found.children[code].values())}
    own = [region] if region and region.code in told else []
    gone = told - {part.code for part in own}
    return [*children, *own, *(Region.objects.filter(code__in=gone).order_by("code") if gone else [])]


def _row(child: Region, found: Counted, period: Period) -> tuple[Region, str, list[Shown]]:
    cells = [_shown(name, found.of(child.code), child.code, period) for name in COLUMNS]
    return child, _overview_address(child, period), cells


def _overview_address(region: Region, period: Period) -> str:
    if region.level == Level.VILLAGE:
        return region.get_absolute_url()
    address = reverse("office:overview", args=[region.code])
    return address if period.is_current else f"{address}?bulan={period.slug}"


def _tiles(children: list[Region], found: Counted, figure: Figure, period: Period) -> list[petak.Tile]:
    is_share = figure.name == "villages_with"

    def value(region: Region) -> float:
        numbers = found.of(region.code)
        return share(numbers) if is_share else numbers[figure.name][0] or 0

    return petak.tiles(
        children,
        value,
        shown=lambda region: percent(value(region)) if is_share else in_words(figure, value(region)),
        url=lambda region: _overview_address(region, period),
        most=100 if is_share else None,
    )


def _address(listing: listings.Listing, row: listings.Row) -> str:
    kind, key = listing.identity(row)
    if kind in kinds():
        return reverse("office:item", args=[kind, key])
    named = {"village": "home:region", "aspiration": "office:aspiration"}
    return reverse(named[kind], args=[key]) if kind in named else ""


def _page(request: SignedInRequest) -> int:
    text = request.GET.get("hal", "")
    return max(1, min(int(text), LAST_PAGE)) if text.isascii() and text.isdigit() and len(text) < 6 else 1


overview_urls = [
    path("rekap/", overview_home, name="overview_home"),
    path("rekap/<str:code>/", overview, name="overview"),
    path("rekap/<str:code>/<slug:figure>/", figure_rows, name="figure"),
]
