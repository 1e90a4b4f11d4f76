"""How far an announcement has come down: while it is told, by region, KIM by KIM, and as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.core.cache import cache
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

import activity.actions
from accounts.requests import SignedInRequest
from activity.models import Activity
from announcements import results, rules
from announcements.models import Announcement
from announcements.places import reaches
from announcements.verbs import SEND
from common.pagination import paginate
from communities.models import Kind
from figures.listings import REGION, Column, Listing
from figures.verbs import EXPORT
from notifications.models import Notification
from office.exports import CSV, XLSX, file_answer
from office.guard import office_view
from office.scope import code_of, posting_over
from regions.models import Region
from regions.succession import find_of_today

if TYPE_CHECKING:
    from accounts.models import User

# Above so many recipients the table is counted at most once a minute.
LARGE = 20_000
A_MINUTE = 60

ROWS = Listing(
    kind="community",
    order=("region_id", "name", "pk"),
    columns=(
        Column(_("Name"), ("name",)),
        Column(_("Kind"), ("kind",), lambda kind: str(dict(Kind.choices).get(kind, kind))),
        *REGION,
        Column(_("Registry number"), ("registry_number",), lambda number: number or ""),
        Column(_("People told"), ("told",)),
        Column(_("People who read it"), ("read",)),
        Column(_("Passed on"), ("article",), lambda article: str(_("yes")) if article else ""),
    ),
)


def show(request: SignedInRequest, announcement: Announcement) -> HttpResponse:
    """What became of one that was sent."""
    area = _area(request, announcement)
    result = _result(announcement, area)
    context = {
        **_frame(request, announcement, area),
        "progress": Progress(announcement),
        "total": result.total,
        "rows": result.rows,
        "lineage": _lineage(request.user, announcement, area),
        "correction": announcement.corrections.sent().last(),
        "own_code": code_of(announcement.region),
        "may_announce": rules.may_announce(request.user, announcement.region),
        "chosen": Region.objects.filter(pk__in=announcement.chosen_codes).order_by("code"),
        "kinds": kind_labels(announcement),
    }
    return render(request, "office/announcements/result.html", context)


@office_view
@require_safe
def announcement_communities(request: SignedInRequest, pk: int) -> HttpResponse:
    """The KIM that it went to in a region; ?belum=1 those where nobody has read it."""
    announcement = _find(request, pk)
    area = _area(request, announcement)
    is_unread = "belum" in request.GET
    found = _rows(announcement, area, is_unread=is_unread).select_related("region__parent")
    context = {
        **_frame(request, announcement, area),
        "page_obj": paginate(found, request, order=("name", "pk")),
        "is_unread": is_unread,
    }
    return render(request, "office/announcements/communities.html", context)


@office_view
@require_safe
def announcement_file(request: SignedInRequest, pk: int, ending: str) -> HttpResponseBase:
    """The same list as a file, noted in the history as every export."""
    announcement = _find(request, pk)
    if ending not in (CSV, XLSX):
        raise Http404
    area = _area(request, announcement)
    rows = ROWS.ordered(_rows(announcement, area, is_unread="belum" in request.GET))
    if request.method == "GET":
        details = {"list": f"siaran-{pk}", "region": code_of(area), "as": ending}
        with transaction.atomic():
            posting = posting_over(request.user, area)
            activity.actions.record(EXPORT, posting, by=request.user, region=area, details=details)
    return file_answer(
        ROWS, rows, title=announcement.title, name=f"siaran-{pk}-{code_of(area)}", ending=ending
    )


def kind_labels(announcement: Announcement) -> list[str]:
    """The kinds that it is narrowed down to, in words."""
    return [str(Kind(kind).label) for kind in announcement.kinds]


class Progress:
    """How far the telling itself is."""

    def __init__(self, announcement: Announcement) -> None:
        sending = Activity.objects.of(announcement).filter(verb=SEND).last()
        self.is_done = sending is None or sending.fanned_out_at is not None
        self.total = announcement.people
        self.told = self.total
        if sending is not None and not self.is_done:
            self.told = Notification.objects.filter(activity=sending).count()

    @property
    def percent(self) -> int:
        """Of a hundred."""
        return min(100, 100 * self.told // self.total) if self.total else 0


def _find(request: SignedInRequest, pk: int) -> Announcement:
    visible = Announcement.objects.on_desks_of(request.user).sent().select_related("region")
    found: Announcement = get_object_or_404(visible, pk=pk)
    return found


def _frame(request: SignedInRequest, announcement: Announcement, area: Region | None) -> dict[str, Any]:
    return {
        "announcement": announcement,
        "area": area,
        "area_query": f"wilayah={area.pk}" if area else "",
        "place": area.label if area else str(_("All of Indonesia")),
        "nav": "office:announcements",
    }


def _result(announcement: Announcement, area: Region | None) -> results.Result:
    """The figures; of large ones as they were within the last minute."""
    if announcement.people <= LARGE:
        return results.result_in(announcement, area)
    key = f"announcement-result:{announcement.pk}:{code_of(area)}"
    found = cache.get_or_set(key, lambda: results.result_in(announcement, area), A_MINUTE)
    return cast(results.Result, found)


def _rows(announcement: Announcement, area: Region | None, *, is_unread: bool) -> Any:
    told = results.communities_told(announcement, area)
    if is_unread:
        told = results.nobody_read(announcement, told)
    return results.with_numbers(announcement, told)


def _area(request: SignedInRequest, announcement: Announcement) -> Region | None:
    """The region of ?wilayah=, else the widest that the person oversees of it. 404 for one outside."""
    code = request.GET.get("wilayah", "")
    if not code:
        return _widest(request.user, announcement)
    chosen = find_of_today(code)
    if chosen is None or not _concerns(announcement, chosen) or not _covered(request.user, chosen):
        raise Http404
    return chosen


def _widest(user: User, announcement: Announcement) -> Region | None:
    """The announcement's own region for who stands there or above; else the part that is the office's."""
    for posting in user.current_postings:
        if posting.covers(announcement.region):
            return announcement.region
    regions = (posting.region for posting in user.current_postings if posting.region)
    return next(region for region in regions if _concerns(announcement, region))


def _concerns(announcement: Announcement, region: Region) -> bool:
    """Whether it lies beneath the office that speaks, or a decree has put a place of it there."""
    own = announcement.region
    return own is None or own.contains(region) or reaches(announcement.places, region)


def _covered(user: User, region: Region) -> bool:
    return any(posting.covers(region) for posting in user.current_postings)


def _lineage(user: User, announcement: Announcement, area: Region | None) -> list[Region]:
    """The regions above the one shown, as far up as the person sees of it."""
    widest = _widest(user, announcement)
    if area is None or area == widest:
        return []
    above = area.ancestors()
    return [region for region in above if widest is None or widest.contains(region)]


result_urls = [
    path("siaran/<int:pk>/kim/", announcement_communities, name="announcement_communities"),
    path("siaran/<int:pk>/kim.<slug:ending>", announcement_file, name="announcement_file"),
]
