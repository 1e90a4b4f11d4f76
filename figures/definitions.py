"""Every figure, defined once: what is counted and what is listed is the same condition.

A figure has a condition for each source it counts in. `rows()` gives the rows that meet it; figures.counting
counts the same condition by region. A figure is nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.expressions import CombinedExpression
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from aspirations.models import Aspiration
from aspirations.steps import HANDLED, OPEN
from communities.models import Community, Kind
from events.models import Event
from figures.periods import Period
from moderation import durations
from moderation.states import Status
from regions.models import Level, Region
from regions.querysets import within_q

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Condition = Callable[[Period], Q]

COMMUNITIES, ARTICLES, EVENTS, VILLAGES = "communities", "articles", "events", "villages"
ASPIRATIONS = "aspirations"
# Where a source has the code of its region.
PATHS = {COMMUNITIES: "region", ARTICLES: "region", EVENTS: "region", ASPIRATIONS: "region", VILLAGES: "code"}
ITEMS = (COMMUNITIES, ARTICLES, EVENTS)


def source(name: str) -> QuerySet:
    """All rows that figures of this source choose from."""
    if name == VILLAGES:
        return Region.objects.open().at(Level.VILLAGE)
    models = {COMMUNITIES: Community, ARTICLES: Article, EVENTS: Event, ASPIRATIONS: Aspiration}
    return models[name]._default_manager.all()


@dataclass(frozen=True)
class Figure:
    """One figure. `slug` is its name in addresses; `less` names two figures whose difference it is."""

    name: str
    slug: str
    label: StrOrPromise
    conditions: Mapping[str, Condition] = field(hash=False)
    # Whether the rows know a month ago. Of the other figures snapshots are kept (figures.snapshots).
    has_before: bool = True
    # The second is a part of the first, and this is the rest: counted by subtraction.
    less: tuple[str, str] | None = None
    # Whether it is the median of how long it took, in hours (TOOK).
    is_median: bool = False
    # Whether more of it is bad news.
    is_alarming: bool = False

    def rows(self, region: Region | None, period: Period) -> dict[str, QuerySet]:
        """The rows behind the number, by source."""
        return {
            name: source(name).filter(within_q(PATHS[name], region)).filter(condition(period))
            for name, condition in self.conditions.items()
        }


def standing(period: Period) -> Q:
    """Verified and not dissolved when the period ended, of any kind.

    What was suspended or dissolved since still counts for the months before; what came back since, too.
    """
    if period.is_current:
        return Q(status=Status.APPROVED, dissolved_at=None)
    at = period.as_of
    was_public = Q(status=Status.APPROVED) | Q(status=Status.SUSPENDED, decided_at__gte=at)
    return Q(verified_at__lt=at) & was_public & (Q(dissolved_at=None) | Q(dissolved_at__gte=at))


def verified(period: Period) -> Q:
    """The same without the forums: a forum is made of communities, and counted by itself (docs/adr/0023)."""
    return standing(period) & ~Q(kind=Kind.FORUM)


def dormant(period: Period) -> Q:
    """Verified, and confirmed by its office as not active."""
    return verified(period) & Q(dormant_at__isnull=False, dormant_at__lt=period.as_of)


def active(period: Period) -> Q:
    """Verified, and not dormant."""
    return verified(period) & (Q(dormant_at=None) | Q(dormant_at__gte=period.as_of))


def proposed_as_dormant(period: Period) -> Q:
    """Silent for so long that its office has to say whether it is still active."""
    return standing(period) & Q(dormancy_proposed_at__isnull=False, dormant_at=None)


def needing_renewal(period: Period) -> Q:
    """Verified, and its SK has run out."""
    return standing(period) & Q(decree_valid_until__lt=period.as_of.astimezone(period.zone).date())


def dissolved(period: Period) -> Q:
    """Verified once, and ended by itself; its page stays."""
    return Q(status=Status.APPROVED, dissolved_at__isnull=False, dissolved_at__lt=period.as_of)


def of_kind(kind: str, period: Period) -> Q:
    """Verified ones of one kind."""
    return standing(period) & Q(kind=kind)


def with_status(status: str, period: Period) -> Q:
    """What has the status now."""
    return Q(status=status)


def any_village(period: Period) -> Q:
    """Every village that exists today."""
    return Q()


def village_with(period: Period) -> Q:
    """Villages where a community is verified."""
    return Q(Exists(Community.objects.filter(verified(period), region=OuterRef("code"))))


def village_without(period: Period) -> Q:
    """Villages where none is."""
    return ~village_with(period)


def published(period: Period) -> Q:
    """What was published in the period and is public."""
    public = Q(status=Status.APPROVED, community__status=Status.APPROVED)
    return public & Q(published_at__gte=period.start, published_at__lt=period.as_of)


def _decided(first_approval: str, period: Period) -> Q:
    return durations.decided(first_approval, period.start, period.as_of)


# From sending to what answers it.
TOOK: dict[str, CombinedExpression] = dict.fromkeys(ITEMS, durations.took())
TOOK[ASPIRATIONS] = F("answered_at") - F("sent_at")
DECIDED = {
    COMMUNITIES: partial(_decided, "verified_at"),
    ARTICLES: partial(_decided, "published_at"),
    EVENTS: partial(_decided, "published_at"),
}


def waiting(period: Period) -> Q:
    """What an office has to decide."""
    return Q(status=Status.SUBMITTED)


def waiting_items(period: Period) -> Q:
    """The same of news and events: also what is public before its review."""
    return waiting(period) | Q(is_unreviewed=True)


def overdue_items(period: Period) -> Q:
    """What of it waits past its deadline."""
    return waiting_items(period) & Q(due_at__lt=period.as_of)


def overdue(period: Period) -> Q:
    """What waits past its deadline."""
    return Q(status=Status.SUBMITTED, due_at__lt=period.as_of)


def aspirations_waiting(period: Period) -> Q:
    """What people have told an office and it has not answered."""
    return Q(status__in=OPEN)


def aspirations_overdue(period: Period) -> Q:
    """What should have been received or answered by now."""
    return Q(due_at__lt=period.as_of)


def aspirations_answered(period: Period) -> Q:
    """What was answered in the period and not reopened."""
    return Q(status__in=HANDLED, answered_at__gte=period.start, answered_at__lt=period.as_of)


def _figures() -> Iterable[Figure]:
    yield Figure("verified", "kim-terverifikasi", _("Verified communities"), {COMMUNITIES: verified})
    yield Figure("active", "kim-aktif", _("Active"), {COMMUNITIES: active})
    yield Figure("dormant", "kim-tidak-aktif", _("Dormant"), {COMMUNITIES: dormant}, is_alarming=True)
    yield Figure(
        "proposed", "kim-perlu-konfirmasi", _("Long silent, to be confirmed"),
        {COMMUNITIES: proposed_as_dormant}, has_before=False, is_alarming=True,
    )  # fmt: skip
    yield Figure(
        "renewal", "kim-perlu-perpanjangan", _("SK to be renewed"), {COMMUNITIES: needing_renewal},
        has_before=False, is_alarming=True,
    )  # fmt: skip
    for status, slug, label in (
        (Status.SUBMITTED, "kim-menunggu", _("Registrations waiting")),
        (Status.RETURNED, "kim-perlu-perbaikan", _("Registrations under repair")),
        (Status.REJECTED, "kim-ditolak", _("Registrations rejected")),
        (Status.SUSPENDED, "kim-ditangguhkan", _("Suspended")),
    ):
        condition = partial(with_status, status)
        yield Figure(f"status_{status.value}", slug, label, {COMMUNITIES: condition}, has_before=False)
    yield Figure("dissolved", "kim-bubar", _("Dissolved"), {COMMUNITIES: dissolved})
    for kind in Kind:
        slug = f"jenis-{kind.value.replace('_', '-')}"
        yield Figure(f"kind_{kind.value}", slug, kind.label, {COMMUNITIES: partial(of_kind, kind.value)})
    yield Figure("villages", "desa", _("Villages"), {VILLAGES: any_village})
    yield Figure("villages_with", "desa-dengan-kim", _("Villages with a KIM"), {VILLAGES: village_with})
    yield Figure(
        "villages_without",
        "desa-tanpa-kim",
        _("Villages without a KIM"),
        {VILLAGES: village_without},
        less=("villages", "villages_with"),
        is_alarming=True,
    )
    yield Figure("articles", "berita-terbit", _("Articles published"), {ARTICLES: published})
    yield Figure("events", "kegiatan-terbit", _("Events published"), {EVENTS: published})
    yield Figure("decided", "putusan", _("Decisions"), DECIDED)
    yield Figure(
        "median", "lama-putusan", _("Median time to decide"), DECIDED, is_median=True, is_alarming=True
    )
    yield Figure(
        "waiting",
        "menunggu",
        _("Waiting for review"),
        {COMMUNITIES: waiting, ARTICLES: waiting_items, EVENTS: waiting_items},
        has_before=False,
    )
    yield Figure(
        "overdue", "lewat-tenggat", _("Overdue"),
        {COMMUNITIES: overdue, ARTICLES: overdue_items, EVENTS: overdue_items},
        has_before=False, is_alarming=True,
    )  # fmt: skip
    yield Figure(
        "aspirations_waiting", "aspirasi-menunggu", _("Aspirations waiting"),
        {ASPIRATIONS: aspirations_waiting}, has_before=False,
    )  # fmt: skip
    yield Figure(
        "aspirations_overdue", "aspirasi-lewat-tenggat", _("Aspirations overdue"),
        {ASPIRATIONS: aspirations_overdue}, has_before=False, is_alarming=True,
    )  # fmt: skip
    yield Figure(
        "aspirations_answered",
        "aspirasi-dijawab",
        _("Aspirations answered"),
        {ASPIRATIONS: aspirations_answered},
    )
    yield Figure(
        "aspirations_median",
        "lama-jawaban-aspirasi",
        _("Median time to answer an aspiration"),
        {ASPIRATIONS: aspirations_answered},
        is_median=True,
        is_alarming=True,
    )


FIGURES: dict[str, Figure] = {figure.name: figure for figure in _figures()}
BY_SLUG: dict[str, Figure] = {figure.slug: figure for figure in FIGURES.values()}
