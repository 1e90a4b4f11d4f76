"""What the picker asks for while somebody types or steps. Public, and small enough for a weak signal."""

from collections.abc import Iterable

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBadRequest, JsonResponse
from django.utils.translation import gettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from regions.codes import is_code
from regions.models import Region

A_DAY = 24 * 60 * 60


@login_not_required
@require_GET
@cache_control(public=True, max_age=A_DAY)
def search(request: HttpRequest) -> JsonResponse | HttpResponseBadRequest:
    """Up to 20 regions for what is typed in `q`, of the levels `shallowest` to `level`, inside `within`."""
    shallowest, level = request.GET.get("shallowest", "1"), request.GET.get("level", "4")
    within = request.GET.get("within") or None
    if {shallowest, level} - set("1234") or not (within is None or is_code(within)):
        return HttpResponseBadRequest(gettext("There is no such region."))
    levels = Region.objects.open().filter(level__gte=shallowest, level__lte=level)
    return _answer(levels.within(within).search(request.GET.get("q", "")))


@login_not_required
@require_GET
@cache_control(public=True, max_age=A_DAY)
def children(request: HttpRequest) -> JsonResponse | HttpResponseBadRequest:
    """The regions directly beneath the one of the code `of`; the provinces without."""
    code = request.GET.get("of") or None
    if not (code is None or is_code(code)):
        return HttpResponseBadRequest(gettext("There is no such region."))
    return _answer(Region.objects.open().children_of(code))


def _answer(regions: Iterable[Region]) -> JsonResponse:
    rows = [{"code": region.code, "label": region.label, "place": region.place} for region in regions]
    return JsonResponse({"regions": rows})
