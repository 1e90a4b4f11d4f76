"""The rows of what offices review, as time has left them: published, waiting, overdue, dormant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from random import Random
from typing import NamedTuple

from django.utils.text import slugify

from benchmarks.copying import Row

# Of each kabupaten: whose news wait, and which registrations do.
BUSY, APPLYING = range(10), range(10, 15)
WAITING_ARTICLES = 3
NAMES = (
    "Surya", "Melati", "Harapan", "Sejahtera", "Cahaya", "Mekar", "Sinar", "Bina", "Karya", "Mandiri",
    "Lestari", "Bersama",
)  # fmt: skip
WORDS = (
    "warga", "desa", "sungai", "panen", "padi", "gotong", "royong", "sekolah", "posyandu", "jalan",
    "jembatan", "pasar", "kopi", "karet", "banjir", "pelatihan", "pemuda", "ibu", "anak", "balai", "rapat",
    "dana", "bantuan", "sawah", "kebun", "ikan", "nelayan", "pengairan", "listrik", "puskesmas", "lomba",
    "budaya", "tenun", "kerajinan", "wisata", "kebersihan", "sampah", "bersama", "kepala", "camat", "dinas",
    "informasi", "internet", "literasi", "hoaks", "lowongan",
)  # fmt: skip
# Over how many days it all was written, and how long ago what waits was sent at most.
DAYS, DAYS_WAITING = 730, 5


class Place(NamedTuple):
    """A village with a community; `order` counts within its kabupaten."""

    code: str
    name: str
    order: int

    @property
    def is_verified(self) -> bool:
        """Whether it publishes."""
        return self.order not in APPLYING and self.order % 40 != 39


class Written(NamedTuple):
    """An item, where it stands, and who wrote it."""

    kind: str
    key: int
    region: str
    author: int
    status: str

    @property
    def is_sent(self) -> bool:
        """Whether an office has had it."""
        return self.status != "draft"

    @property
    def is_decided(self) -> bool:
        """Whether an office has decided it."""
        return self.status not in ("draft", "submitted")


@dataclass
class Start:
    """The first key of each table, the moment it all is seen from, and the same chance each time."""

    keys: dict[str, int]
    now: datetime
    chance: Random
    first_manager: int = 0
    # What was decided, and when. It becomes the history.
    decided: list[tuple[Written, datetime]] = field(default_factory=list)

    def of(self, name: str) -> int:
        """The first key of a table."""
        return self.keys[name]

    @property
    def officer(self) -> int:
        """Who has decided it all."""
        return self.keys["user"]


def communities(start: Start, places: list[Place]) -> Iterator[Row]:
    """One in each village: most are verified, some of them dormant, silent, or with an old SK."""
    for number, place in enumerate(places):
        key = start.of("community") + number
        name = f"KIM {NAMES[number % len(NAMES)]} {place.name}"
        item = Written("community", key, place.code, start.first_manager + number, _status_of(place))
        yield {
            "id": key,
            "name": name[:120],
            "slug": f"{slugify(name)[:100]}-{key}",
            "kind": "traditional_media" if number % 20 == 11 else "kim",
            "region_id": place.code,
            "member_count": 5 + number % 30,
            "decree_number": f"141/{number}/2025",
            "decree_valid_until": (start.now + timedelta(days=start.chance.randrange(-60, 1500))).date(),
            "chair_name": f"Pengurus {number}",
            **(moments := _moments(start, item)),
            **(_registered(place, moments) if item.status in ("approved", "suspended") else {}),
            **(_life(start, number) if item.status == "approved" else {}),
        }


def articles(start: Start, places: list[Place], each: int) -> Iterator[Row]:
    """News of each verified community over two years; those of the busy ones wait besides."""
    keys, chance = count(start.of("article")), start.chance
    for number, place in enumerate(places):
        if not place.is_verified:
            continue
        statuses = chance.choices(("approved", "returned", "rejected", "draft"), (95, 2, 1, 2), k=each)
        statuses += ["submitted"] * WAITING_ARTICLES * (place.order in BUSY)
        for status in statuses:
            key = next(keys)
            yield {
                **_item(
                    start, number, Written("article", key, place.code, start.first_manager + number, status)
                ),
                "lead": " ".join(chance.choices(WORDS, k=12)),
                "body": f"<p>{' '.join(chance.choices(WORDS, k=40))}</p>",
                "category": "farming" if key % 3 else "health",
                "dateline": place.name[:60].upper(),
                "source": "report",
            }


def events(start: Start, places: list[Place]) -> Iterator[Row]:
    """One or two of each verified community, most of them over."""
    keys = count(start.of("event"))
    for number, place in enumerate(places):
        if not place.is_verified:
            continue
        for status in ["approved", "submitted"] if place.order in BUSY else ["approved"]:
            item = Written("event", next(keys), place.code, start.first_manager + number, status)
            begins = start.now + timedelta(days=start.chance.randrange(-300, 60), hours=3)
            yield {
                **_item(start, number, item),
                "text": " ".join(start.chance.choices(WORDS, k=20)),
                "place": f"Balai Desa {place.name}"[:160],
                "starts_at": begins,
                "ends_at": begins + timedelta(hours=2),
            }


def activities(start: Start, types: dict[str, int]) -> Iterator[Row]:
    """That each was decided, and everybody told. types: the content type of each kind."""
    moves = {"approved": "approve", "returned": "return", "rejected": "reject", "suspended": "suspend"}
    keys = count(start.of("activity"))
    for item, at in start.decided:
        yield {
            "id": next(keys),
            "verb": f"{item.kind}.{moves[item.status]}",
            "actor_id": start.officer,
            "target_type_id": types[item.kind],
            "target_id": item.key,
            "region_id": item.region,
            "happened_at": at,
            "fanned_out_at": at,
        }


def _status_of(place: Place) -> str:
    if place.is_verified:
        return "approved"
    if place.order in APPLYING:
        return "submitted"
    return ("returned", "rejected", "suspended")[place.order // 40 % 3]


def _item(start: Start, number: int, item: Written) -> Row:
    title = " ".join(start.chance.choices(WORDS, k=6)).capitalize()
    moments = _moments(start, item)
    return {
        "id": item.key,
        "community_id": start.of("community") + number,
        "region_id": item.region,
        "title": title,
        "slug": slugify(title)[:80],
        "published_at": moments["decided_at"] if item.status == "approved" else None,
        **moments,
    }


def _moments(start: Start, item: Written) -> Row:
    """When it was written, sent and decided; what waits was sent in these days, a part of it long ago."""
    age = start.chance.uniform(0.1, DAYS_WAITING if item.status == "submitted" else DAYS)
    sent = start.now - timedelta(days=age)
    decided = min(sent + timedelta(hours=start.chance.uniform(1, 90)), start.now)
    if item.is_decided:
        start.decided.append((item, decided))
    return {
        "status": item.status,
        "form_key": f"{start.chance.getrandbits(128):032x}",
        "created_at": sent,
        "changed_at": sent,
        "created_by_id": item.author,
        "submitted_at": sent if item.is_sent else None,
        "submitted_by_id": item.author if item.is_sent else None,
        "due_at": sent + timedelta(days=3) if item.is_sent else None,
        "decided_at": decided if item.is_decided else None,
        "decided_by_id": start.officer if item.is_decided else None,
        "decision_reason": "Mohon dilengkapi." if item.is_decided and item.status != "approved" else "",
    }


def _registered(place: Place, moments: Row) -> Row:
    return {"verified_at": moments["decided_at"], "registry_number": place.code.replace(".", "") + "01"}


def _life(start: Start, number: int) -> Row:
    """Verified ones: active in these months, or silent for long; some are proposed, some are dormant."""
    now = start.now
    if number % 12 == 5:
        return {
            "active_at": now - timedelta(days=400),
            "dormant_at": now - timedelta(days=start.chance.randrange(1, 200)),
            "dormant_by_id": start.officer,
        }
    if number % 25 == 3:
        return {
            "active_at": now - timedelta(days=240),
            "dormancy_warned_at": now - timedelta(days=60),
            "dormancy_proposed_at": now - timedelta(days=20),
        }
    silent = number % 50 == 9
    return {"active_at": now - timedelta(days=330 if silent else start.chance.randrange(1, 120))}
