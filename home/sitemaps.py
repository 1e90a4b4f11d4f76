"""Sitemaps: the newest of each kind, straight from an index, so that none of them grows without bound."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from announcements.models import Announcement
from articles.models import Article
from aspirations.models import Aspiration
from communities.models import Community
from events.models import Event
from factchecks.models import FactCheck
from home.views import ABOUT
from regions.models import Level, Region
from replies.models import Reply

MOST = 5_000

Address = tuple[str, datetime | None]


def pages() -> Iterator[Address]:
    """The lists, and the texts about the portal."""
    for name in (
        "home:front",
        "articles:list",
        "events:list",
        "announcements:list",
        "aspirations:list",
        "factchecks:list",
        "replies:list",
        "communities:directory",
        "home:regions",
    ):
        yield reverse(name), None
    for page in ABOUT:
        yield reverse("home:about", args=[page]), None


def articles() -> Iterator[Address]:
    """The newest public articles."""
    changed = Coalesce("amended_at", "published_at")
    rows = Article.objects.public().newest_first().values_list("pk", "slug", changed)
    for pk, slug, changed_at in rows[:MOST]:
        yield reverse("articles:detail", args=[pk, slug]), changed_at


def events() -> Iterator[Address]:
    """Events to come."""
    changed = Coalesce("amended_at", "published_at")
    rows = Event.objects.public().upcoming().values_list("pk", "slug", changed)
    for pk, slug, changed_at in rows[:MOST]:
        yield reverse("events:detail", args=[pk, slug]), changed_at


def communities() -> Iterator[Address]:
    """Verified communities."""
    rows = Community.objects.public().order_by("-pk").values_list("slug", "verified_at")
    for slug, verified_at in rows[:MOST]:
        yield reverse("communities:detail", args=[slug]), verified_at


def announcements() -> Iterator[Address]:
    """What offices announce to everybody and what holds now."""
    rows = Announcement.objects.for_readers().in_force().order_by("-sent_at", "-pk")
    for pk, sent_at in rows.values_list("pk", "sent_at")[:MOST]:
        yield reverse("announcements:detail", args=[pk]), sent_at


def aspirations() -> Iterator[Address]:
    """The newest that everybody can read."""
    rows = Aspiration.objects.public().order_by("-shown_at", "-pk").values_list("pk", "shown_at")
    for pk, shown_at in rows[:MOST]:
        yield reverse("aspirations:detail", args=[pk]), shown_at


def fact_checks() -> Iterator[Address]:
    """The newest public fact checks."""
    rows = FactCheck.objects.public().newest_first().values_list("pk", "slug", "published_at")
    for pk, slug, published_at in rows[:MOST]:
        yield reverse("factchecks:detail", args=[pk, slug]), published_at


def replies() -> Iterator[Address]:
    """The newest public replies."""
    rows = Reply.objects.public().newest_first().values_list("pk", "published_at")
    for pk, published_at in rows[:MOST]:
        yield reverse("replies:detail", args=[pk]), published_at


def regions() -> Iterator[Address]:
    """Provinces, regencies and cities; what lies deeper is linked from them."""
    for code in Region.objects.open().filter(level__lte=Level.REGENCY).values_list("code", flat=True):
        yield reverse("home:region", args=[code]), None


SECTIONS: dict[str, Callable[[], Iterator[Address]]] = {
    "halaman": pages,
    "berita": articles,
    "kegiatan": events,
    "siaran": announcements,
    "aspirasi": aspirations,
    "cek-fakta": fact_checks,
    "hak-jawab": replies,
    "komunitas": communities,
    "wilayah": regions,
}


@login_not_required
@require_safe
@cache_control(public=True, max_age=3600)
def index(request: HttpRequest) -> HttpResponse:
    """Where each sitemap is."""
    context = {"sections": SECTIONS, "portal_url": settings.PORTAL_URL}
    return render(request, "home/sitemap_index.xml", context, content_type="application/xml")


@login_not_required
@require_safe
@cache_control(no_cache=True)
def section(request: HttpRequest, section: str) -> HttpResponse:
    """The addresses of one kind. Kept by nobody on the way: what is withdrawn is gone from it at once."""
    if section not in SECTIONS:
        raise Http404
    context = {"addresses": SECTIONS[section](), "portal_url": settings.PORTAL_URL}
    return render(request, "home/sitemap.xml", context, content_type="application/xml")
