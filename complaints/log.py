"""The public log, from the history: what was withdrawn and restored, where, by which office and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from activity.models import Activity
from common.feeds import ListFeed
from common.pagination import paginate
from communities.showing import acting_office
from moderation.guidelines import RULES, Rule
from moderation.kinds import kinds
from moderation.states import MOVES
from regions.models import Region
from regions.succession import find_of_today

if TYPE_CHECKING:
    from moderation.models import Moderated

ORDER = ("-happened_at", "-pk")
LOGGED = (MOVES["suspend"], MOVES["restore"])


class Entry:
    """One line of the log, with what may be shown of the item."""

    def __init__(self, activity: Activity) -> None:
        self.activity = activity
        self.item: Moderated = activity.target  # type: ignore[assignment]

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


def entries(region: Region | None) -> QuerySet[Activity]:
    """What belongs into the log of a region and of all beneath it."""
    logged = [model.verb(move.name) for model in kinds().values() if model.CITES_RULES for move in LOGGED]
    found = Activity.objects.filter(verb__in=logged).within(region)
    return found.select_related("region", "posting__region__office").prefetch_related("target__community")


@login_not_required
@require_safe
def withdrawals(request: HttpRequest) -> HttpResponse:
    """The newest first; `?wilayah=16.06` is a region and all beneath it."""
    code = request.GET.get("wilayah", "")
    region = find_of_today(code) if code else None
    found = entries(region) if region or not code else Activity.objects.none()
    page = paginate(found, request, order=ORDER)
    context = {
        "page_obj": page,
        "entries": [Entry(row) for row in page.object_list],
        "region": region,
        "regions": region.lineage if region else [],
    }
    return render(request, "complaints/log.html", context)


class WithdrawalFeed(ListFeed):
    """The log as RSS."""

    title = _("Withdrawals on Portal KIM")
    description = _("What was withdrawn or restored, and why.")
    link = reverse_lazy("complaints:log")

    def queryset(self, request: HttpRequest) -> QuerySet:
        """The same as the page."""
        code = request.GET.get("wilayah", "")
        region = find_of_today(code) if code else None
        return (entries(region) if region or not code else Activity.objects.none()).order_by(*ORDER)

    def item_title(self, item: Any) -> str:
        """What happened to what."""
        return f"{item.label}: {Entry(item).title}"

    def item_description(self, item: Any) -> str:
        """The rule, the reason, and the office."""
        entry = Entry(item)
        said = [str(entry.rule.name) if entry.rule else "", item.reason, entry.office]
        return "\n".join(filter(None, said))

    def item_link(self, item: Any) -> str:
        """Where it stood."""
        return Entry(item).get_absolute_url()

    def item_pubdate(self, item: Any) -> object:
        """When."""
        return item.happened_at
