"""Pages for everybody."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from accounts.terms import PRIVACY_VERSION, TERMS_VERSION
from articles.models import Category
from home import former
from home import front as front_page
from home.figures import communities_by_child, coverage
from home.forms import ChooseRegionForm
from home.office_page import OfficePage
from home.reader_region import has_chosen, reader_region, remember
from home.region_page import RegionPage
from home.search import KINDS, Asked, Found
from regions.forms import is_region_step, unvalidated
from regions.models import Region

ABOUT = ("pedoman-media-siber", "privasi", "ketentuan", "bantuan")
CLOSED_TO_ROBOTS = ("home:search", "home:choose_region", "notifications:inbox", "office:desk")


@login_not_required
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """The news of the reader's region."""
    page = front_page.front(reader_region(request))
    is_new_here = not (has_chosen(request) or request.user.is_authenticated)
    return render(request, "home/front.html", {"front": page, "is_new_here": is_new_here})


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def choose_region(request: HttpRequest) -> HttpResponse:
    """Choose which region comes first; the choice stays on the device."""
    if request.method != "POST":
        form = ChooseRegionForm(initial={"wilayah": reader_region(request)})
        return render(request, "home/choose_region.html", {"form": form})
    if "seluruh" in request.POST:
        return _remembered(request, None)
    form = ChooseRegionForm(request.POST)
    if is_region_step(request):
        return render(request, "home/choose_region.html", {"form": unvalidated(form)})
    if form.is_valid():
        return _remembered(request, form.cleaned_data["wilayah"])
    return render(request, "home/choose_region.html", {"form": form}, status=422)


def _remembered(request: HttpRequest, region: Region | None) -> HttpResponse:
    name = region.label if region else gettext("all of Indonesia")
    messages.success(request, gettext("From now on you see the news of %(region)s first.") % {"region": name})
    response = redirect("home:front")
    remember(response, region)
    return response


@login_not_required
@require_safe
def regions(request: HttpRequest) -> HttpResponse:
    """All provinces, with how many communities each has."""
    counts = communities_by_child(None)
    rows = [(province, counts.get(province.code, 0)) for province in Region.objects.open().children_of(None)]
    return render(
        request, "home/regions.html", {"rows": rows, "total": sum(counts.values()), "tiles": coverage(rows)}
    )


@login_not_required
@require_safe
def region(request: HttpRequest, code: str) -> HttpResponse:
    """What happens in one region and beneath it."""
    page = RegionPage.of(code)
    if page is None:
        raise Http404
    if moved := former.answer(request, page.region, "home:region"):
        return moved
    is_mine = reader_region(request) == page.region
    return render(request, "home/region.html", {"page": page, "region": page.region, "is_mine": is_mine})


@login_not_required
@require_safe
def office(request: HttpRequest, code: str) -> HttpResponse:
    """How to reach the office of a region, when it is open, and how soon it decides."""
    page = OfficePage.of(code)
    if page is None:
        raise Http404
    region = page.region
    if moved := former.answer(request, region, "home:office"):
        return moved
    usual_name = f"Diskominfo {region.label}" if region else settings.MINISTRY_NAME
    context = {
        "page": page,
        "region": region,
        "name": page.office.name if page.office else usual_name,
        "zone": region.zone_abbreviation if region else "WIB",
        "phone_link": re.sub(r"[^0-9+]", "", page.office.phone) if page.office else "",
    }
    return render(request, "home/office.html", context)


@login_not_required
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """News, events, communities and regions with the words that were asked for."""
    asked = Asked.read(request.GET)
    found = Found(asked, request.GET.get("page", "1"))
    context = {
        "asked": asked,
        "found": found,
        "tabs": _tabs(asked),
        "choices": Category.choices,
        "everywhere": urlencode({"q": asked.words}),
    }
    return render(request, "home/search.html", context)


def _tabs(asked: Asked) -> list[tuple[str, object, None, bool]]:
    address = reverse("home:search")
    return [
        (f"{address}?{asked.query(jenis=kind)}", label, None, kind == asked.kind)
        for kind, label in KINDS.items()
    ]


@login_not_required
@require_safe
def about(request: HttpRequest, page: str) -> HttpResponse:
    """One of the texts about the portal, in the reader's language."""
    if page not in ABOUT:
        raise Http404
    language = "en" if (get_language() or "").startswith("en") else "id"
    context = {
        "page": page,
        "versions": {
            "terms": date.fromisoformat(TERMS_VERSION),
            "privacy": date.fromisoformat(PRIVACY_VERSION),
        },
        "days": settings.MODERATION_DAYS,
    }
    return render(request, f"home/about/{language}/{page}.html", context)


@login_not_required
@require_safe
@cache_control(public=True, max_age=86400)
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines need not visit, and where they find all that they may."""
    lines = ["User-agent: *", *(f"Disallow: {reverse(name)}" for name in CLOSED_TO_ROBOTS)]
    lines.append(f"\nSitemap: {settings.PORTAL_URL}{reverse('home:sitemap')}\n")
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was too old, or came from elsewhere: say what to do."""
    return render(request, "403_csrf.html", status=403)
