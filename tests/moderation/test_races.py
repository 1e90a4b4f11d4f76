"""Two people at once, in real threads on the real PostgreSQL."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

import moderation.actions
from activity.models import Activity
from articles.models import Article
from communities.models import Community
from moderation.errors import TransitionRefused
from moderation.states import Status
from tests.factories import make_article, make_community, make_decree, make_officer

pytestmark = pytest.mark.usefixtures("committed_db")


def _at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Run the calls in threads that start together; answers or exceptions, in the same order."""
    barrier = Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        try:
            barrier.wait(timeout=10)
            return call()
        except TransitionRefused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(run, calls))


def test_two_officers_decide_at_once_and_one_is_told():
    item = make_article(Status.SUBMITTED)
    wati, budi = make_officer(name="Wati"), make_officer(name="Budi")
    answers = _at_once(
        lambda: moderation.actions.move(item, "approve", by=wati),
        lambda: moderation.actions.move(item, "reject", by=budi, reason="Tidak ada sumber.", cited="untrue"),
    )
    refused = [answer for answer in answers if isinstance(answer, TransitionRefused)]
    item.refresh_from_db()
    assert len(refused) == 1
    assert item.decided_by.name in str(refused[0].message)
    assert Activity.objects.of(item).count() == 1
    assert Activity.objects.of(item).get().actor == item.decided_by


def test_two_of_one_village_verified_at_once_get_two_numbers():
    officers = [make_officer(name=name) for name in ("Wati", "Budi")]
    communities = [make_community(Status.SUBMITTED) for _ in officers]
    for community in communities:
        make_decree(community)
    _at_once(
        lambda: moderation.actions.move(communities[0], "approve", by=officers[0]),
        lambda: moderation.actions.move(communities[1], "approve", by=officers[1]),
    )
    numbers = Community.objects.order_by("registry_number").values_list("registry_number", flat=True)
    assert list(numbers) == ["160606200801", "160606200802"]


def test_the_same_form_sent_twice_at_once_is_one_item():
    community = make_community()
    author = community.created_by
    key = uuid4()

    def create() -> Any:
        item = Article(
            form_key=key,
            community=community,
            created_by=author,
            title="Banjir",
            lead="Air naik.",
            body="<p>Isi.</p>",
            category="safety",
            dateline="TOMAN",
        )
        return moderation.actions.create_once(item)

    made = _at_once(create, create)
    assert len({item.pk for item, _ in made}) == 1
    assert sorted(is_new for _, is_new in made) == [False, True]
