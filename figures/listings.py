"""What a row of each list shows: the same columns on the screen, in CSV and in XLSX."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from articles.models import Category
from aspirations.steps import Status as AspirationStatus
from common.templatetags.ui import status_label
from communities.models import Kind, Membership
from moderation.kinds import kinds
from regions.models import Kind as RegionKind

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Column:
    """One column: the paths it is made of, and how they become a cell."""

    label: StrOrPromise
    paths: tuple[str, ...]
    cell: Callable[..., Any] = lambda value: value


@dataclass(frozen=True)
class Listing:
    """A kind of list: its columns, its order, and what its rows are."""

    columns: tuple[Column, ...]
    order: tuple[str, ...]
    kind: str = ""
    key: str = "pk"

    @property
    def paths(self) -> list[str]:
        """What is asked of the database, each once."""
        return list(dict.fromkeys([self.key, *(path for column in self.columns for path in column.paths)]))

    @property
    def labels(self) -> list[str]:
        """The heads of the columns."""
        return [str(column.label) for column in self.columns]

    def ordered(self, queryset: QuerySet) -> QuerySet:
        """The rows in their order, as plain values."""
        return queryset.order_by(*self.order).values_list(*self.paths)

    def cells(self, values: Row) -> Row:
        """One row of the list from what the database gave."""
        given = dict(zip(self.paths, values, strict=True))
        return tuple(column.cell(*(given[path] for path in column.paths)) for column in self.columns)

    def stream(self, rows: QuerySet) -> Iterator[Row]:
        """All rows, however many, a few at a time."""
        for values in rows.iterator(chunk_size=2000):
            yield self.cells(values)

    def identity(self, values: Row) -> tuple[str, Any]:
        """Which item a row is: its kind and its key."""
        given = dict(zip(self.paths, values, strict=True))
        return given.get("item_kind") or self.kind, given[self.key]


def local(moment: datetime | None, zone: str | None) -> str:
    """A time as a spreadsheet sorts it, by the clock of its region."""
    if moment is None:
        return ""
    return moment.astimezone(ZoneInfo(zone or settings.TIME_ZONE)).strftime("%Y-%m-%d %H:%M")


def _choice(labels: dict[str, StrOrPromise]) -> Callable[[Any], str]:
    return lambda value: str(labels.get(value, value or ""))


def _status_of(kind: str) -> Callable[[str], str]:
    return lambda status: str(status_label(status, kind))


def _kind_label(kind: str) -> str:
    return str(kinds()[kind].KIND_LABEL)


REGION = (
    Column(_("Region"), ("region__full_name",), lambda name: name or str(_("All of Indonesia"))),
    Column(_("Region code"), ("region_id",), lambda code: code or ""),
)
COMMUNITIES = Listing(
    kind="community",
    order=("region_id", "name", "pk"),
    columns=(
        Column(_("Name"), ("name",)),
        Column(_("Kind"), ("kind",), _choice(dict(Kind.choices))),
        Column(_("Status"), ("status",), _status_of("community")),
        *REGION,
        Column(_("Registry number"), ("registry_number",), lambda number: number or ""),
        Column(_("SK number"), ("decree_number",)),
        Column(_("SK valid until"), ("decree_valid_until",), lambda day: day.isoformat() if day else ""),
        Column(_("Members"), ("member_count",)),
        Column(_("Verified"), ("verified_at", "region__time_zone"), local),
    ),
)
VILLAGES = Listing(
    kind="village",
    order=("code",),
    columns=(
        Column(_("Name"), ("name",)),
        Column(_("Kind"), ("kind",), _choice(dict(RegionKind.choices))),
        Column(_("Region"), ("full_name",)),
        Column(_("Region code"), ("code",)),
    ),
)
_ITEM = (
    Column(_("Title"), ("title",)),
    Column(_("Community"), ("community__name",)),
    Column(_("Status"), ("status",), _status_of("article")),
    *REGION,
)
ARTICLES = Listing(
    kind="article",
    order=("-published_at", "-pk"),
    columns=(
        *_ITEM,
        Column(_("Category"), ("category",), _choice(dict(Category.choices))),
        Column(_("Sent"), ("submitted_at", "region__time_zone"), local),
        Column(_("Published"), ("published_at", "region__time_zone"), local),
    ),
)
EVENTS = Listing(
    kind="event",
    order=("-published_at", "-pk"),
    columns=(
        *_ITEM,
        Column(_("Place"), ("place",)),
        Column(_("Begins"), ("starts_at", "region__time_zone"), local),
        Column(_("Published"), ("published_at", "region__time_zone"), local),
    ),
)
ITEMS = Listing(
    order=("due_at", "item_kind", "item_pk"),
    key="item_pk",
    columns=(
        Column(_("Title"), ("heading_text",)),
        Column(_("Kind"), ("item_kind",), _kind_label),
        Column(_("Community"), ("community_text",)),
        Column(_("Status"), ("status", "item_kind"), lambda status, kind: str(status_label(status, kind))),
        *REGION,
        Column(_("Sent"), ("submitted_at", "region__time_zone"), local),
        Column(_("Deadline"), ("due_at", "region__time_zone"), local),
        Column(_("Decided"), ("decided_at", "region__time_zone"), local),
    ),
)
OFFICERS = Listing(
    kind="officer",
    order=("region_id", "user__name", "pk"),
    columns=(
        Column(_("Name"), ("user__name",)),
        Column(_("Role"), ("role",), _choice(dict(Role.choices))),
        *REGION,
        Column(_("Since"), ("started_at", "region__time_zone"), local),
    ),
)
MEMBERS = Listing(
    kind="member",
    order=("community__region_id", "community__name", "user__name", "pk"),
    columns=(
        Column(_("Name"), ("user__name",)),
        Column(_("Role"), ("role",), _choice(dict(Membership.Role.choices))),
        Column(_("Community"), ("community__name",)),
        Column(_("Region"), ("community__region__full_name",)),
        Column(_("Region code"), ("community__region_id",)),
        Column(_("Since"), ("accepted_at", "community__region__time_zone"), local),
    ),
)
ASPIRATIONS = Listing(
    kind="aspiration",
    order=("-sent_at", "-pk"),
    columns=(
        Column(_("Title"), ("title",)),
        Column(_("Status"), ("status",), _choice(dict(AspirationStatus.choices))),
        Column(_("Community"), ("community__name",), lambda name: name or ""),
        *REGION,
        Column(_("Supporters"), ("support_count",)),
        Column(_("Sent"), ("sent_at", "region__time_zone"), local),
        Column(_("Deadline"), ("due_at", "region__time_zone"), local),
        Column(_("Forwarded to"), ("forwarded_to",)),
        Column(_("SP4N-LAPOR! number"), ("lapor_number",)),
        Column(_("Answered"), ("answered_at", "region__time_zone"), local),
    ),
)
BY_SOURCE = {
    "communities": COMMUNITIES,
    "villages": VILLAGES,
    "articles": ARTICLES,
    "events": EVENTS,
    "aspirations": ASPIRATIONS,
}


def together(sources: dict[str, QuerySet]) -> tuple[Listing, QuerySet]:
    """The list of rows of one source, or of several kinds of item in one."""
    if len(sources) == 1:
        ((name, queryset),) = sources.items()
        return BY_SOURCE[name], BY_SOURCE[name].ordered(queryset)
    parts = [_as_items(queryset) for queryset in sources.values()]
    return ITEMS, parts[0].union(*parts[1:], all=True).order_by(*ITEMS.order)


def _as_items(queryset: QuerySet) -> QuerySet:
    model = queryset.model
    return (
        queryset.order_by()
        .annotate(
            item_kind=Value(model.KIND, CharField()),
            item_pk=F("pk"),
            heading_text=Cast(F(model.TITLE_FIELD), CharField()),
            community_text=Cast(F(model.COMMUNITY_NAME), CharField()),
        )
        .values_list(*ITEMS.paths)
    )
