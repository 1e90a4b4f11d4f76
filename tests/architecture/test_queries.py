"""A page asks the database as much for thirty things as for one, and never more than fifteen times."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse

from figures.models import Tally
from home.reader_region import COOKIE
from tests.architecture.crowd import Crowd
from tests.factories import MUSI_BANYUASIN, TOMAN

MOST = 15
# No page, but a file: each kind of data about a person is asked for once.
MOST_OF_FILE = {"my data": 35}
FEW, MANY = 1, 30

EVERYBODY = ("visitor", "member", "officer")
SIGNED_IN = ("member", "officer")
# Where each page is, and who opens it.
PAGES: dict[str, tuple[Callable[[Crowd], str], tuple[str, ...]]] = {
    "front": (lambda crowd: reverse("home:front"), EVERYBODY),
    "regions": (lambda crowd: reverse("home:regions"), EVERYBODY),
    "regency": (lambda crowd: reverse("home:region", args=[MUSI_BANYUASIN]), EVERYBODY),
    "district": (lambda crowd: reverse("home:region", args=[TOMAN[:8]]), EVERYBODY),
    "village": (lambda crowd: reverse("home:region", args=[TOMAN]), EVERYBODY),
    "choose region": (lambda crowd: reverse("home:choose_region"), EVERYBODY),
    "search": (lambda crowd: f"{reverse('home:search')}?q=sungai", EVERYBODY),
    "search in one region": (lambda crowd: f"{reverse('home:search')}?q=sungai&wilayah=16.06", EVERYBODY),
    "sitemap of news": (lambda crowd: reverse("home:sitemap_section", args=["berita"]), EVERYBODY),
    "office of a region": (lambda crowd: reverse("home:office", args=[MUSI_BANYUASIN]), EVERYBODY),
    "about": (lambda crowd: reverse("home:about", args=["bantuan"]), EVERYBODY),
    "news": (lambda crowd: reverse("articles:list"), EVERYBODY),
    "news of a region": (lambda crowd: f"{reverse('articles:list')}?wilayah={MUSI_BANYUASIN}", EVERYBODY),
    "news of a community": (
        lambda crowd: f"{reverse('articles:list')}?komunitas={crowd.kim.slug}",
        EVERYBODY,
    ),
    "news as RSS": (lambda crowd: reverse("articles:feed"), EVERYBODY),
    "one article": (lambda crowd: crowd.article.get_absolute_url(), EVERYBODY),
    "one corrected article": (lambda crowd: crowd.amended.get_absolute_url(), EVERYBODY),
    "its changes": (
        lambda crowd: reverse("articles:changes", args=[crowd.amended.pk, crowd.amended.slug]),
        EVERYBODY,
    ),
    "a change that waits": (lambda crowd: crowd.amendment.get_absolute_url(), SIGNED_IN),
    "go on changing": (lambda crowd: f"{crowd.repair.get_absolute_url()}ubah/", ("member",)),
    "change what is published": (lambda crowd: f"{crowd.article.get_absolute_url()}ralat/", ("member",)),
    "change on the desk": (
        lambda crowd: reverse("office:item", args=["amendment", crowd.amendment.pk]),
        ("officer",),
    ),
    "public log": (lambda crowd: reverse("complaints:log"), EVERYBODY),
    "public log as RSS": (lambda crowd: reverse("complaints:feed"), EVERYBODY),
    "fact checks": (lambda crowd: f"{reverse('factchecks:list')}?wilayah={MUSI_BANYUASIN}", EVERYBODY),
    "fact checks as RSS": (lambda crowd: reverse("factchecks:feed"), EVERYBODY),
    "one fact check": (lambda crowd: crowd.fact_check.get_absolute_url(), EVERYBODY),
    "fact check on the desk": (
        lambda crowd: reverse("office:item", args=["factcheck", crowd.fact_check.pk]),
        ("officer",),
    ),
    "my fact checks": (lambda crowd: reverse("factchecks:mine"), SIGNED_IN),
    "check a claim": (lambda crowd: reverse("factchecks:compose"), SIGNED_IN),
    "rights of reply": (lambda crowd: f"{reverse('replies:list')}?wilayah={MUSI_BANYUASIN}", EVERYBODY),
    "one reply": (lambda crowd: crowd.reply.get_absolute_url(), EVERYBODY),
    "my reply": (lambda crowd: reverse("replies:mine", args=[crowd.reply.pk]), ("member",)),
    "reply on the desk": (lambda crowd: reverse("office:item", args=["reply", crowd.reply.pk]), ("officer",)),
    "send a reply": (lambda crowd: reverse("replies:write", args=[crowd.article.pk]), EVERYBODY),
    "events": (lambda crowd: reverse("events:list"), EVERYBODY),
    "past events": (lambda crowd: f"{reverse('events:list')}?lalu=1", EVERYBODY),
    "events as RSS": (lambda crowd: reverse("events:feed"), EVERYBODY),
    "one event": (lambda crowd: crowd.event.get_absolute_url(), EVERYBODY),
    "one changed event": (lambda crowd: crowd.changed_event.get_absolute_url(), EVERYBODY),
    "words of an event that wait": (lambda crowd: crowd.event_change.get_absolute_url(), SIGNED_IN),
    "other words of an event": (lambda crowd: f"{crowd.event.get_absolute_url()}perubahan/", ("member",)),
    "move an event": (lambda crowd: f"{crowd.event.get_absolute_url()}pindah/", ("member",)),
    "words of an event on the desk": (
        lambda crowd: reverse("office:item", args=["eventchange", crowd.event_change.pk]),
        ("officer",),
    ),
    "communities": (lambda crowd: reverse("communities:directory"), EVERYBODY),
    "communities as RSS": (lambda crowd: reverse("communities:feed"), EVERYBODY),
    "one community": (lambda crowd: crowd.kim.get_absolute_url(), EVERYBODY),
    "one forum": (lambda crowd: crowd.forum.get_absolute_url(), EVERYBODY),
    "members of a forum": (
        lambda crowd: reverse("communities:forum_members", args=[crowd.forum.slug]),
        EVERYBODY,
    ),
    "what a forum is asked": (
        lambda crowd: f"{reverse('communities:federation', args=[crowd.forum.slug])}?nama=KIM",
        ("member",),
    ),
    "forums of a community": (
        lambda crowd: reverse("communities:federation", args=[crowd.kim.slug]),
        ("member",),
    ),
    "announcements": (lambda crowd: reverse("announcements:list"), EVERYBODY),
    "one announcement": (lambda crowd: crowd.announcement.get_absolute_url(), EVERYBODY),
    "aspirations": (lambda crowd: reverse("aspirations:list"), EVERYBODY),
    "aspirations of a region": (
        lambda crowd: f"{reverse('aspirations:list')}?wilayah={MUSI_BANYUASIN}&urut=dukungan",
        EVERYBODY,
    ),
    "one aspiration": (lambda crowd: crowd.aspiration.get_absolute_url(), EVERYBODY),
    "write an aspiration": (lambda crowd: reverse("aspirations:write"), EVERYBODY),
    "my aspirations": (lambda crowd: reverse("aspirations:mine"), SIGNED_IN),
    "registration": (lambda crowd: reverse("communities:apply"), EVERYBODY),
    "first step": (lambda crowd: reverse("communities:begin"), SIGNED_IN),
    **{
        f"step {step}": (lambda crowd, step=step: crowd.step(step), ("member",))
        for step in ("tempat", "kelompok", "sk", "periksa")
    },
    "an application": (lambda crowd: crowd.application.get_absolute_url(), ("member",)),
    "an application on the desk": (
        lambda crowd: reverse("office:item", args=["community", crowd.sent.pk]),
        ("officer",),
    ),
    "where an application waits": (lambda crowd: crowd.sent.get_absolute_url(), ("member",)),
    "my communities": (lambda crowd: reverse("communities:mine"), SIGNED_IN),
    "what managers read first": (lambda crowd: reverse("communities:to_read"), SIGNED_IN),
    "members": (lambda crowd: reverse("communities:members", args=[crowd.kim.slug]), ("member",)),
    "write news": (lambda crowd: reverse("articles:compose"), SIGNED_IN),
    "go on writing": (lambda crowd: f"{crowd.draft.get_absolute_url()}ubah/", ("member",)),
    "its saved versions": (lambda crowd: f"{crowd.draft.get_absolute_url()}versi/", ("member",)),
    "my draft": (lambda crowd: crowd.draft.get_absolute_url(), ("member",)),
    "my news": (lambda crowd: reverse("articles:mine"), SIGNED_IN),
    "announce": (lambda crowd: reverse("events:compose"), SIGNED_IN),
    "my events": (lambda crowd: reverse("events:mine"), SIGNED_IN),
    "inbox": (lambda crowd: reverse("notifications:inbox"), SIGNED_IN),
    "what I follow": (lambda crowd: reverse("notifications:settings"), SIGNED_IN),
    "account": (lambda crowd: reverse("accounts:profile"), SIGNED_IN),
    "my data": (lambda crowd: reverse("accounts:export"), SIGNED_IN),
    "terms": (lambda crowd: reverse("accounts:terms"), SIGNED_IN),
    "desk": (lambda crowd: reverse("office:desk"), ("officer",)),
    "desk, one kind": (lambda crowd: f"{reverse('office:desk')}?jenis=article", ("officer",)),
    "desk, decided": (lambda crowd: f"{reverse('office:desk')}?status=returned", ("officer",)),
    "article on the desk": (
        lambda crowd: reverse("office:item", args=["article", crowd.waiting.pk]),
        ("officer",),
    ),
    "event on the desk": (lambda crowd: reverse("office:item", args=["event", crowd.event.pk]), ("officer",)),
    "community on the desk": (
        lambda crowd: reverse("office:item", args=["community", crowd.kim.pk]),
        ("officer",),
    ),
    "officers": (lambda crowd: reverse("office:postings"), ("officer",)),
    "appoint": (lambda crowd: reverse("office:appoint"), ("officer",)),
    "overview": (lambda crowd: reverse("office:overview", args=[MUSI_BANYUASIN]), ("officer",)),
    "rows of a figure": (
        lambda crowd: reverse("office:figure", args=[MUSI_BANYUASIN, "menunggu"]),
        ("officer",),
    ),
    "reports": (lambda crowd: reverse("office:reports", args=[MUSI_BANYUASIN]), ("officer",)),
    "announcements of the office": (lambda crowd: reverse("office:announcements"), ("officer",)),
    "announcement, how far": (
        lambda crowd: reverse("office:announcement", args=[crowd.announcement.pk]),
        ("officer",),
    ),
    "announcement, KIM by KIM": (
        lambda crowd: reverse("office:announcement_communities", args=[crowd.announcement.pk]),
        ("officer",),
    ),
    "write an announcement": (
        lambda crowd: reverse("office:write_announcement", args=[MUSI_BANYUASIN]),
        ("officer",),
    ),
    "aspirations of the office": (lambda crowd: reverse("office:aspirations"), ("officer",)),
    "aspiration at the office": (
        lambda crowd: reverse("office:aspiration", args=[crowd.aspiration.pk]),
        ("officer",),
    ),
    "rows of aspirations": (
        lambda crowd: reverse("office:figure", args=[MUSI_BANYUASIN, "aspirasi-menunggu"]),
        ("officer",),
    ),
    "office settings": (lambda crowd: reverse("office:settings", args=[MUSI_BANYUASIN]), ("officer",)),
}
VIEWS = [(page, who) for page, (_where, people) in PAGES.items() for who in people]

Measured = dict[tuple[str, str], list[str]]


def measure(crowd: Crowd) -> Measured:
    """What each page asks of the database, for everybody who opens it."""
    clients = {who: browser(crowd, who) for who in EVERYBODY}
    return {(page, who): queries(clients[who], PAGES[page][0](crowd)) for page, who in VIEWS}


def browser(crowd: Crowd, who: str) -> Client:
    """Somebody's browser; the visitor's remembers a region."""
    client = Client()
    if who == "visitor":
        client.cookies[COOKIE] = MUSI_BANYUASIN
    else:
        client.force_login(getattr(crowd, who))
    return client


def queries(client: Client, url: str) -> list[str]:
    """The questions of one page, without their values. Figures are counted anew, on a slow machine too."""
    Tally.objects.all().delete()
    with CaptureQueriesContext(connection) as asked:
        response = client.get(url)
        response.getvalue()
    assert response.status_code == 200, f"{url} answers {response.status_code}"
    return [re.sub(r"'[^']*'|\b\d+\b", "?", query["sql"]) for query in asked.captured_queries]


@pytest.fixture(scope="module")
def measured(django_db_setup: None, django_db_blocker: Any) -> tuple[Measured, Measured]:
    """All pages with one of everything, and with thirty; taken back afterwards."""
    # Figures are kept for a minute; how long this takes must not decide whether they are counted.
    counted_anew = patch("figures.counting.FRESH_FOR", timedelta(0))
    office = override_settings(OFFICE_REQUIRES_MFA=False)
    with django_db_blocker.unblock(), counted_anew, office, transaction.atomic():
        crowd = Crowd()
        crowd.grow_to(FEW)
        measure(crowd)  # what is asked once in the life of a process is asked now
        few = measure(crowd)
        crowd.grow_to(MANY)
        many = measure(crowd)
        transaction.set_rollback(True)
    return few, many


@pytest.mark.parametrize(("page", "who"), VIEWS)
def test_it_asks_as_much_for_thirty_as_for_one(measured: tuple[Measured, Measured], page: str, who: str):
    few, many = (each[page, who] for each in measured)
    more = [query[:300] for query in many if many.count(query) > few.count(query)]
    # A full page may ask less: what stands on the next one.
    assert len(many) <= len(few), "\n".join(more)


@pytest.mark.parametrize(("page", "who"), VIEWS)
def test_it_asks_no_more_than_fifteen_times(measured: tuple[Measured, Measured], page: str, who: str):
    asked = measured[1][page, who]
    assert len(asked) <= MOST_OF_FILE.get(page, MOST), "\n".join(query[:200] for query in asked)
