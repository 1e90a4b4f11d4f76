"""Which communities of the demo belong to the forum of their kabupaten, who asks, and who is invited."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from communities import forum_actions
from communities.models import Community, ForumMembership
from kimportal.demo.people import person
from kimportal.demo.steps import Step

FORUM, COORDINATOR = "Forum KIM Musi Banyuasin", "yogi"
# Each by its name and its manager, and how many days ago it asked; the forum answers two days later.
MEMBERS = (
    ("KIM Senjang Sekayu", "yogi", 147),
    ("KIM Surya Gambo", "marlina", 146),
    ("KIM Lais Siaga", "heri", 140),
    ("KIM Sungai Keruh", "tarmizi", 96),
)
ASKING = ("Kelompok Ulak Lia", "ferdi")
INVITED = ("KIM Bina Tani", "slamet")


def load(now: datetime) -> Iterator[Step]:
    """What both sides do, one after the other."""
    for name, key, ago in MEMBERS:
        asked = now - timedelta(days=ago, hours=2)
        yield Step(asked, partial(_ask, name, key))
        yield Step(asked + timedelta(days=2), partial(_accept, name))
    yield Step(now - timedelta(days=1, hours=3), partial(_ask, *ASKING))
    yield Step(now - timedelta(hours=27), partial(_invite, INVITED[0]))


def _forum() -> Community:
    return Community.objects.get(name=FORUM)


def _ask(name: str, key: str) -> None:
    forum_actions.ask(_community(name), _forum(), by=person(key))


def _accept(name: str) -> None:
    wish = ForumMembership.objects.open().get(community=_community(name), forum=_forum())
    forum_actions.accept(wish, by=person(COORDINATOR))


def _invite(name: str) -> None:
    forum_actions.invite(_forum(), _community(name), by=person(COORDINATOR))


def _community(name: str) -> Community:
    return Community.objects.get(name=name)
