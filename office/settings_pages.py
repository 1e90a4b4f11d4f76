"""The pages under /kantor/pengaturan/, on which the head of an office says how it works."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import offices
from accounts.models import Holiday, Posting, SavedReply
from accounts.requests import SignedInRequest
from accounts.roles import Duty
from office import settings_actions
from office.guard import office_view
from office.names import NATION, office_name
from office.settings_forms import HolidayForm, OfficeForm, ReplyForm
from regions.models import Region

A_YEAR_OF_HOLIDAYS = 60


def own_offices(request: SignedInRequest) -> list[Posting]:
    """The postings by which this person says how an office works. PermissionDenied without one."""
    found = [posting for posting in request.user.current_postings if posting.may(Duty.SETTINGS)]
    if not found:
        raise PermissionDenied
    return found


def _region(request: SignedInRequest, code: str) -> Region | None:
    for posting in own_offices(request):
        if (posting.region_id or NATION) == code:
            return posting.region
    raise Http404


@office_view
@require_safe
def home(request: SignedInRequest) -> HttpResponse:
    """To the settings of the person's own office."""
    return redirect("office:settings", code=own_offices(request)[0].region_id or NATION)


@office_view
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedInRequest, code: str) -> HttpResponse:
    """Name, contacts, limits and hours; holidays and saved replies beside."""
    region = _region(request, code)
    form = OfficeForm(
        request.POST or None, instance=settings_actions.office_of(region), inherited=_inherited(region)
    )
    if form.is_valid():
        settings_actions.save_office(form, by=request.user)
        messages.success(request, _("Saved. It holds from now on, here and beneath."))
        return redirect("office:settings", code=code)
    return _show(request, region, form=form, status=422 if form.errors else 200)


@office_view
@require_POST
def add_holiday(request: SignedInRequest, code: str) -> HttpResponse:
    """One more day on which the office is closed."""
    region = _region(request, code)
    form = HolidayForm(request.POST, instance=Holiday(region=region))
    if not form.is_valid():
        return _show(request, region, holiday_form=form, status=422)
    holiday = settings_actions.add_holiday(form.save(commit=False), by=request.user)
    messages.success(request, _("%(name)s is a holiday now.") % {"name": holiday.name})
    return redirect("office:settings", code=code)


@office_view
@require_POST
def remove_holiday(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Take a day off the list."""
    holiday = get_object_or_404(Holiday, pk=pk, region=_region(request, code))
    settings_actions.remove_holiday(holiday, by=request.user)
    messages.success(request, _("%(name)s is no holiday any more.") % {"name": holiday.name})
    return redirect("office:settings", code=code)


@office_view
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: SignedInRequest, code: str, pk: int | None = None) -> HttpResponse:
    """Write a saved reply, or change one."""
    region = _region(request, code)
    found = (
        SavedReply(office=settings_actions.office_of(region))
        if pk is None
        else get_object_or_404(SavedReply.objects.select_related("office"), pk=pk, office__region=region)
    )
    form = ReplyForm(request.POST or None, instance=found)
    if form.is_valid():
        settings_actions.save_reply(form.save(commit=False), by=request.user)
        messages.success(request, _("Saved. Every officer here and beneath finds it on the desk."))
        return redirect("office:settings", code=code)
    context = {"form": form, "code": code, "reply": found, "nav": "office:settings_home"}
    return render(request, "office/settings_reply.html", context, status=422 if form.errors else 200)


@office_view
@require_POST
def remove_reply(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Take a saved reply away."""
    found = get_object_or_404(
        SavedReply.objects.select_related("office"), pk=pk, office__region=_region(request, code)
    )
    settings_actions.remove_reply(found, by=request.user)
    messages.success(request, _("The reply is gone."))
    return redirect("office:settings", code=code)


def _inherited(region: Region | None) -> offices.OfficeSettings:
    above = [each for each in offices.settings_of(region).offices if each.region_id != _code(region)]
    return offices.OfficeSettings(above)


def _code(region: Region | None) -> str | None:
    return region.pk if region else None


def _show(request: SignedInRequest, region: Region | None, status: int = 200, **forms: Any) -> HttpResponse:
    office = settings_actions.office_of(region)
    today = timezone.now().astimezone(region.zone if region else offices.JAKARTA).date()
    context = {
        "form": OfficeForm(instance=office, inherited=_inherited(region)),
        "holiday_form": HolidayForm(instance=Holiday(region=region)),
        "office": office,
        "code": _code(region) or NATION,
        "region": region,
        "own_offices": [
            (each.region_id or NATION, office_name(each.region)) for each in own_offices(request)
        ],
        "holidays": offices.holidays_of(region).filter(day__gte=today)[:A_YEAR_OF_HOLIDAYS],
        "replies": offices.replies_of(region),
        "nav": "office:settings_home",
    }
    return render(request, "office/settings.html", context | forms, status=status)


settings_urls = [
    path("pengaturan/", home, name="settings_home"),
    path("pengaturan/<str:code>/", edit, name="settings"),
    path("pengaturan/<str:code>/libur/", add_holiday, name="add_holiday"),
    path("pengaturan/<str:code>/libur/<int:pk>/hapus/", remove_holiday, name="remove_holiday"),
    path("pengaturan/<str:code>/balasan/", reply, name="add_reply"),
    path("pengaturan/<str:code>/balasan/<int:pk>/", reply, name="reply"),
    path("pengaturan/<str:code>/balasan/<int:pk>/hapus/", remove_reply, name="remove_reply"),
]
