"""The pages that must not notice how large the portal is, opened as a browser opens them."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.test import Client, override_settings
from django.urls import reverse

from benchmarks.filling import HOME, Filled

NATION = "nasional"


@dataclass(frozen=True)
class Page:
    """One page, who opens it, and what is done beforehand."""

    name: str
    who: str
    address: Callable[[], str]
    # Whether it must not notice the size of the portal; the others are printed.
    is_guarded: bool = False
    prepare: Callable[[], object] = lambda: None
    # With which status: what was withdrawn says so.
    answers: int = 200


def pages() -> list[Page]:
    """All that is measured. The promise about the ratio is about what is guarded."""
    desk = reverse("office:desk")
    listed = reverse("communities:directory")
    return [
        Page("desk of a kabupaten", "regency", lambda: desk, is_guarded=True),
        Page("desk, news", "regency", lambda: f"{desk}?jenis=article", is_guarded=True),
        Page("desk, one item", "regency", _item_on_desk, is_guarded=True),
        Page("desk, words", "regency", lambda: f"{desk}?q=sungai", is_guarded=True),
        Page("desk, KIM", "regency", lambda: f"{desk}?kim=surya", is_guarded=True),
        Page("desk, a kecamatan", "regency", lambda: f"{desk}?wilayah={HOME}.01", is_guarded=True),
        Page("desk, overdue", "regency", lambda: f"{desk}?terlambat=1", is_guarded=True),
        Page("desk, my turn", "regency", lambda: f"{desk}?milik=giliran", is_guarded=True),
        Page("desk, newest first", "regency", lambda: f"{desk}?urut=baru", is_guarded=True),
        Page("desk, published", "regency", lambda: f"{desk}?status=approved"),
        Page("desk of a province", "province", lambda: desk),
        Page("desk of the ministry", "ministry", lambda: desk),
        Page("desk of the ministry, words", "ministry", lambda: f"{desk}?q=sungai"),
        Page("desk of the ministry, my turn", "ministry", lambda: f"{desk}?milik=giliran"),
        Page("desk of the ministry, published", "ministry", lambda: f"{desk}?status=approved"),
        Page("long silent, kabupaten", "regency", lambda: reverse("office:dormant")),
        Page("long silent, nation", "ministry", lambda: reverse("office:dormant")),
        Page("overview, nation, kept", "ministry", lambda: _overview(NATION), is_guarded=True),
        Page("overview, nation, counted", "ministry", lambda: _overview(NATION), prepare=_forget),
        Page("overview, province, counted", "province", lambda: _overview(HOME[:2]), prepare=_forget),
        Page("overview, kabupaten, counted", "regency", lambda: _overview(HOME), prepare=_forget),
        Page("rows of a figure, nation", "ministry", lambda: _figure("kim-terverifikasi")),
        Page("villages without, nation", "ministry", lambda: _figure("desa-tanpa-kim")),
        Page("waiting, nation", "ministry", lambda: _figure("menunggu")),
        Page("audit, kabupaten", "regency", lambda: reverse("office:audit")),
        Page("audit, nation", "ministry", lambda: reverse("office:audit")),
        Page("audit, nation, a title", "ministry", lambda: f"{reverse('office:audit')}?tentang=sungai"),
        Page("directory", "visitor", lambda: listed, is_guarded=True),
        Page("directory, a kabupaten", "visitor", lambda: f"{listed}?wilayah={HOME}", is_guarded=True),
        Page("directory, a name", "visitor", lambda: f"{listed}?nama=surya"),
        Page("directory, a name in a kabupaten", "visitor", lambda: f"{listed}?nama=surya&wilayah={HOME}"),
        Page("directory, all names", "visitor", lambda: f"{listed}?nama=kim"),
        Page("directory, far on", "visitor", _far_on),
        Page("front page", "visitor", lambda: reverse("home:front")),
        Page("page of a kabupaten", "visitor", lambda: reverse("home:region", args=[HOME]), is_guarded=True),
        Page("page of a province's forum", "visitor", lambda: _forum("communities:detail")),
        Page("members of a province's forum", "visitor", lambda: _forum("communities:forum_members")),
        Page("search", "visitor", lambda: f"{reverse('home:search')}?q=sungai"),
        Page("my communities", "member", lambda: reverse("communities:mine")),
        Page("my news", "member", lambda: reverse("articles:mine")),
        Page("my events", "member", lambda: reverse("events:mine")),
        Page("officers of the nation", "ministry", lambda: reverse("office:postings")),
    ]


def _overview(code: str) -> str:
    return reverse("office:overview", args=[code])


def _forum(name: str) -> str:
    from communities.models import Community, Kind

    return reverse(name, args=[Community.objects.get(kind=Kind.FORUM).slug])


def _figure(slug: str) -> str:
    return reverse("office:figure", args=[NATION, slug])


def _forget() -> None:
    from figures.models import Tally

    Tally.objects.all().delete()


def _item_on_desk() -> str:
    from articles.models import Article

    waiting = Article.objects.waiting().within(HOME).order_by("due_at", "pk")
    return reverse("office:item", args=["article", waiting.values_list("pk", flat=True)[0]])


def _far_on() -> str:
    """The page of the directory that begins two thirds down the alphabet."""
    from django.test import RequestFactory

    from common.pagination import _List
    from communities.models import Community

    found = Community.objects.living().order_by("name", "pk")
    row = found[found.count() * 2 // 3]
    page = _List(found, RequestFactory().get("/"), ("name", "pk"), 1, ())
    return reverse("communities:directory") + page._link("sesudah", row)


@dataclass
class Visitors:
    """Everybody's browser in one portal."""

    clients: dict[str, Client] = field(default_factory=dict)

    @classmethod
    def of(cls, filled: Filled) -> Visitors:
        """Sign the people in."""
        from accounts.models import User

        clients = {"visitor": browser()}
        for who in ("ministry", "province", "regency", "member"):
            clients[who] = browser()
            clients[who].force_login(User.objects.get(pk=getattr(filled, who)))
        return cls(clients)

    def open(self, page: Page, address: str) -> float:
        """Open the page and read it to its end; the seconds it took."""
        client = self.clients[page.who]
        began = time.perf_counter()
        answer = client.get(address)
        answer.getvalue()
        seconds = time.perf_counter() - began
        if answer.status_code != page.answers:
            raise RuntimeError(f"{page.name}: {address} answers {answer.status_code}")
        return seconds


def browser() -> Client:
    """As one that has never been here."""
    return Client(SERVER_NAME="localhost", HTTP_ACCEPT_LANGUAGE="id")


@contextmanager
def as_in_production() -> Iterator[None]:
    """What slows development down is off, and an officer needs no second factor."""
    with override_settings(DEBUG=False, OFFICE_REQUIRES_MFA=False, ALLOWED_HOSTS=["localhost"]):
        yield


def queries_of(connection: Any, visit: Callable[[], object]) -> list[str]:
    """What a visit asks of the database."""
    asked: list[str] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
        asked.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        visit()
    return asked


def summary(seconds: list[float]) -> tuple[float, float]:
    """The median and the 95th of a hundred, in milliseconds."""
    ordered = sorted(seconds)
    worst = ordered[min(len(ordered) - 1, round(0.95 * (len(ordered) - 1)))]
    return round(statistics.median(ordered) * 1000, 1), round(worst * 1000, 1)
