"""A portal of any size by COPY: one KIM a village, with its people, news and events, and the offices above.

The kabupaten that is measured (HOME) has the same items waiting however large the portal is, and so has every
other one that has as many communities: what a desk shows then does not depend on the size.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from random import Random
from typing import Any

from benchmarks.copying import Row, copy
from benchmarks.items import Place, Start, activities, articles, communities, events

HOME = "16.06"
# How much of a small portal lies in HOME, so that its desk has a full page.
PART_AT_HOME = 0.4


@dataclass(frozen=True)
class Size:
    """How large a portal is."""

    communities: int
    officers: int
    articles_each: int = 6


@dataclass
class Filled:
    """What was written, by table, and who is there."""

    rows: dict[str, int] = field(default_factory=dict)
    ministry: int = 0
    province: int = 0
    regency: int = 0
    member: int = 0


def tables() -> list[str]:
    """What fill() writes to."""
    return [model._meta.db_table for model in _models().values()]


def fill(size: Size) -> Filled:
    """Write it all. Only the regions must be there."""
    from django.contrib.contenttypes.models import ContentType
    from django.utils import timezone

    models = _models()
    places = _places(size.communities)
    offices = _office_codes()
    keys = {name: _next_key(model) for name, model in models.items()}
    start = Start(keys, timezone.now(), Random(83_762))
    types = {name: ContentType.objects.get_for_model(model).pk for name, model in models.items()}
    found = Filled()

    def put(name: str, rows: Iterator[Row]) -> None:
        found.rows[name] = copy(models[name], rows)

    start.first_manager = start.of("user") + size.officers
    put("user", _people(start, size, len(places)))
    put("office", _offices(start, offices))
    put("posting", _postings(start, offices, size.officers))
    put("community", communities(start, places))
    put("membership", _memberships(start, places))
    put("article", articles(start, places, size.articles_each))
    put("event", events(start, places))
    put("activity", activities(start, types))
    found.ministry, found.province, found.regency = (start.of("user") + n for n in range(3))
    found.member = start.first_manager
    return found


def _models() -> dict[str, Any]:
    from accounts.models import Office, Posting, User
    from activity.models import Activity
    from articles.models import Article
    from communities.models import Community, Membership
    from events.models import Event

    models = (User, Office, Posting, Community, Membership, Article, Event, Activity)
    return {str(model._meta.model_name): model for model in models}


def _next_key(model: Any) -> int:
    from django.db.models import Max

    return (model._base_manager.aggregate(last=Max("pk"))["last"] or 0) + 1


def _places(wanted: int) -> list[Place]:
    """The villages that have a community; of a small portal many at HOME, the others all over the nation."""
    from regions.models import Level, Region

    villages = list(Region.objects.open().at(Level.VILLAGE).order_by("code").values_list("code", "name"))
    if wanted < len(villages):
        home = [village for village in villages if village[0].startswith(f"{HOME}.")]
        home = home[: max(1, round(wanted * PART_AT_HOME))]
        away = [village for village in villages if not village[0].startswith(f"{HOME}.")]
        step = max(1, len(away) // max(1, wanted - len(home)))
        villages = sorted(home + away[::step][: wanted - len(home)])
    numbers: dict[str, count[int]] = {}
    return [Place(code, name, next(numbers.setdefault(code[:5], count()))) for code, name in villages]


def _office_codes() -> list[str | None]:
    """The ministry, HOME's province, HOME; then all others."""
    from regions.models import Level, Region

    known: list[str | None] = [None, HOME[:2], HOME]
    others = Region.objects.open().filter(level__lte=Level.REGENCY).exclude(code__in=known[1:])
    return [*known, *others.order_by("code").values_list("code", flat=True)]


def _people(start: Start, size: Size, managers: int) -> Iterator[Row]:
    for number in range(size.officers + managers):
        kind = "petugas" if number < size.officers else "pengurus"
        yield {
            "id": start.of("user") + number,
            "password": "!",
            "email": f"{kind}{number}@contoh.example",
            "name": f"{kind.title()} {number}",
            "joined_at": start.now - timedelta(days=900),
        }


def _offices(start: Start, codes: list[str | None]) -> Iterator[Row]:
    for number, code in enumerate(codes):
        yield {
            "id": start.of("office") + number,
            "region_id": code,
            "name": f"Diskominfo {code or 'pusat'}",
            # Some offices have their own number of months: daily jobs must bear it.
            "dormant_months": 9 if number % 10 == 7 else None,
        }


def _postings(start: Start, codes: list[str | None], officers: int) -> Iterator[Row]:
    from accounts.roles import Role

    for number in range(officers):
        yield {
            "id": start.of("posting") + number,
            "user_id": start.of("user") + number,
            "region_id": codes[number % len(codes)],
            "role": (Role.HEAD if number < len(codes) else Role.OFFICER).value,
            "started_at": start.now - timedelta(days=800),
        }


def _memberships(start: Start, places: list[Place]) -> Iterator[Row]:
    for number, place in enumerate(places):
        if place.is_verified:
            user = start.first_manager + number
            yield {
                "id": start.of("membership") + number,
                "community_id": start.of("community") + number,
                "user_id": user,
                "role": "manager",
                "asked_at": start.now - timedelta(days=800),
                "accepted_at": start.now - timedelta(days=800),
                "accepted_by_id": user,
            }
