"""The public log, from the history: what was withdrawn, restored and corrected, where, by whom and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.contenttypes.prefetch import GenericPrefetch
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from activity.models import Activity
from articles import corrections
from articles.amendment_actions import CORRECT
from articles.models import PublicChange
from common.feeds import ListFeed
from common.pagination import paginate
from communities.showing import acting_office
from events import trace
from events.change_actions import REWORD
from events.models import EventChange
from moderation.guidelines import RULES, Rule
from moderation.kinds import kinds
from moderation.states import MOVES, Status
from regions.models import Region
from regions.succession import find_of_today

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from moderation.models import Moderated

    Changes = Mapping[int, PublicChange | EventChange]

ORDER = ("-happened_at", "-pk")
LOGGED = (MOVES["suspend"], MOVES["restore"])
# What the log can be narrowed to: `?jenis=ralat`.
WITHDRAWN, CORRECTED = "pencabutan", "ralat"
# Corrections of news, and other words of events. Another time or place is no error, and stands on its event.
CHANGED = [CORRECT, REWORD]


class Entry:
    """One line of the log, with what may be shown of the item."""

    def __init__(self, activity: Activity, change: PublicChange | EventChange | None = None) -> None:
        self.activity = activity
        self.item: Moderated = activity.target  # type: ignore[assignment]
        self._change = change

    @property
    def is_correction(self) -> bool:
        """Corrected, not withdrawn or restored."""
        return self.activity.verb in CHANGED

    @property
    def correction(self) -> PublicChange | None:
        """What was wrong and what is right; not of what is withdrawn, because it may repeat the harm."""
        return self._change if isinstance(self._change, PublicChange) and self._is_public else None

    @property
    def reason(self) -> str:
        """Why it was decided; why the words of an event changed, under the same condition."""
        if isinstance(self._change, EventChange):
            return self._change.shown_reason if self._is_public else ""
        return self.activity.reason

    @property
    def _is_public(self) -> bool:
        return bool(self.item.status == self.community.status == Status.APPROVED)

    @property
    def is_withdrawal(self) -> bool:
        """Withdrawn, or restored."""
        return self.activity.verb == self.item.verb("suspend")

    @property
    def title(self) -> str:
        """The title, unless it repeats the harm for which the item was withdrawn."""
        return self.item.shown_heading

    @property
    def community(self) -> Any:
        """Whose it was."""
        return self.item.community  # type: ignore[attr-defined]

    @property
    def rule(self) -> Rule | None:
        """The rule that was cited."""
        return RULES.get(self.activity.details.get("rule", ""))

    @property
    def office(self) -> str:
        """Who decided."""
        return acting_office(self.activity)

    def get_absolute_url(self) -> str:
        """Where it stood. The address of a hidden title does not say it either."""
        return self.item.shown_url


def entries(region: Region | None, kind: str = "") -> QuerySet[Activity]:
    """What belongs into the log of a region and of all beneath it; of one kind where it is named."""
    moves = [model.verb(move.name) for model in kinds().values() if model.CITES_RULES for move in LOGGED]
    verbs = {WITHDRAWN: moves, CORRECTED: CHANGED}.get(kind, [*moves, *CHANGED])
    found = Activity.objects.filter(verb__in=verbs).within(region)
    return found.select_related("region", "posting__region__office").prefetch_related(
        GenericPrefetch("target", _items())
    )


def _items() -> list[QuerySet[Any]]:
    """Each kind with what a line of the log shows of it, in one question a kind."""
    shown = {"community", "article"}
    return [
        model._base_manager.select_related(*(shown & {field.name for field in model._meta.fields}))
        for model in kinds().values()
        if model.CITES_RULES
    ]


def with_corrections(rows: Iterable[Activity]) -> list[Entry]:
    """The lines of the log, with what the corrections among them may say, in two queries a kind."""
    rows = list(rows)
    changes = {CORRECT: _corrections(_named(rows, CORRECT)), REWORD: _rewordings(_named(rows, REWORD))}
    return [Entry(row, changes.get(row.verb, {}).get(row.details.get("change") or 0)) for row in rows]


def _named(rows: list[Activity], verb: str) -> list[int]:
    """The changes that the lines of a verb are about."""
    return [row.details["change"] for row in rows if row.verb == verb and row.details.get("change")]


def _corrections(wanted: list[int]) -> Changes:
    found = PublicChange.objects.select_related("corrects__article__region").in_bulk(wanted)
    corrections.protect(found.values())
    return found


def _rewordings(wanted: list[int]) -> Changes:
    found = EventChange.objects.in_bulk(wanted)
    trace.protect(found.values())
    return found


@login_not_required
@require_safe
def withdrawals(request: HttpRequest) -> HttpResponse:
    """The newest first; `?wilayah=16.06` is a region and all beneath it."""
    code = request.GET.get("wilayah", "")
    region = find_of_today(code) if code else None
    kind = request.GET.get("jenis", "")
    found = entries(region, kind) if region or not code else Activity.objects.none()
    page = paginate(found, request, order=ORDER)
    context = {
        "page_obj": page,
        "entries": with_corrections(page.object_list),
        "kind": kind,
        "region": region,
        "regions": region.lineage if region else [],
    }
    return render(request, "complaints/log.html", context)


class WithdrawalFeed(ListFeed):
    """The log as RSS."""

    title = _("Withdrawals and corrections on Portal KIM")
    description = _("What was withdrawn, restored or corrected, and why.")
    link = reverse_lazy("complaints:log")

    def queryset(self, request: HttpRequest) -> QuerySet:
        """The same as the page."""
        code = request.GET.get("wilayah", "")
        region = find_of_today(code) if code else None
        if code and not region:
            return Activity.objects.none()
        return entries(region, request.GET.get("jenis", "")).order_by(*ORDER)

    def items(self, request: HttpRequest) -> list[Entry]:  # type: ignore[override]
        """The newest, with what the corrections say."""
        return with_corrections(super().items(request))

    def item_guid(self, item: Any) -> str:
        """Each line of the log is one for itself."""
        return super().item_guid(item.activity)

    def item_title(self, item: Any) -> str:
        """What happened to what."""
        return f"{item.activity.label}: {item.title}"

    def item_description(self, item: Any) -> str:
        """The rule, the reason, and the office; of a correction what was wrong and what is right."""
        change, rule = item.correction, item.rule
        said = [change.sentence if change else "", str(rule.name) if rule else "", item.reason]
        return "\n".join(filter(None, [*said, item.office]))

    def item_link(self, item: Any) -> str:
        """Where it stands, or stood."""
        return str(item.get_absolute_url())

    def item_pubdate(self, item: Any) -> object:
        """When."""
        return item.activity.happened_at
