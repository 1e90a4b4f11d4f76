"""The overview as data, for an office's own programs and dashboards: the figures of the screen, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, JsonResponse
from django.urls import path
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from figures.counting import Numbers, counted
from figures.definitions import FIGURES
from figures.periods import Period
from office.guard import office_view
from office.scope import code_of, region_of
from regions.models import Level, Region

if TYPE_CHECKING:
    from django.http import HttpResponse


@office_view
@require_safe
def overview_data(request: SignedInRequest, code: str) -> HttpResponse:
    """Each figure of a region and of what lies directly beneath: its number, and that of the month before.

    null is a number that nobody can know. Times are ISO 8601; the median is in hours.
    """
    region = region_of(request.user, code)
    if region and region.level == Level.VILLAGE:
        raise Http404
    period = Period.read(request.GET.get("bulan"), region) or Period.current(region)
    found = counted(region, period)
    children = Region.objects.open().children_of(region).values_list("code", "name")
    answer = {
        "region": code_of(region),
        "period": period.slug,
        "counted_at": found.counted_at.isoformat(),
        "labels": {name: str(figure.label) for name, figure in FIGURES.items()},
        "figures": _numbers(found.total),
        "beneath": [
            {"region": child, "name": name, "figures": _numbers(found.of(child))} for child, name in children
        ],
    }
    return JsonResponse(answer, headers={"Cache-Control": "private, no-store"})


def _numbers(numbers: Numbers) -> dict[str, Any]:
    return {name: {"now": numbers[name][0], "before": numbers[name][1]} for name in FIGURES}


data_urls = [path("rekap/<str:code>.json", overview_data, name="overview_data")]
