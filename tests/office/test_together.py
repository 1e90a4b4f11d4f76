"""Several items at once: each with its own history, and a page that says what became of each."""

import pytest
from django.urls import reverse
from django.utils import timezone

from activity.models import Activity
from articles.models import Article
from moderation import claims
from moderation.states import Status
from tests.factories import (
    LOMBOK_TENGAH,
    SUMATERA_SELATAN,
    all_yes,
    make_article,
    make_community,
    make_event,
    make_officer,
)

pytestmark = pytest.mark.django_db
DESK = reverse("office:desk")
TOGETHER = reverse("office:together")
RESULT = reverse("office:together_result")


@pytest.fixture
def officer(client):
    user = make_officer()
    client.force_login(user)
    return user


def tick(*items):
    return [f"{item.KIND}:{item.pk}:{item.submitted_at.isoformat()}" for item in items]


def statuses(*items):
    for item in items:
        item.refresh_from_db()
    return [item.status for item in items]


def test_what_is_ticked_is_published_each_with_its_own_history(client, officer):
    items = [make_article(Status.SUBMITTED) for _ in range(3)]
    sent = {"butir": tick(*items[:2]), "move": "approve", **all_yes(Article)}
    answer = client.post(f"{TOGETHER}?jenis=article", sent)
    assert answer.url == RESULT
    assert statuses(*items) == [Status.APPROVED, Status.APPROVED, Status.SUBMITTED]
    assert [Activity.objects.of(item).count() for item in items] == [1, 1, 0]
    page = client.get(RESULT)
    assert [row["pk"] for row in page.context["done"]] == [items[0].pk, items[1].pk]
    assert page.context["back"] == f"{DESK}?jenis=article"


def test_the_boxes_on_the_page_are_what_is_sent(client, officer):
    item = make_article(Status.SUBMITTED)
    assert f'value="{tick(item)[0]}"' in client.get(DESK).content.decode()


def test_one_note_goes_to_every_author(client, officer):
    items = [make_event(Status.SUBMITTED) for _ in range(2)]
    client.post(TOGETHER, {"butir": tick(*items), "move": "return", "reason": "Tuliskan alamatnya."})
    assert {item.decision_reason for item in map(_fresh, items)} == {"Tuliskan alamatnya."}


def _fresh(item):
    item.refresh_from_db()
    return item


def test_what_is_refused_is_named_with_the_reason_and_holds_up_no_other(client, officer):
    good, taken, gone, resent = (make_article(Status.SUBMITTED) for _ in range(4))
    claims.take(taken, by=make_officer(name="Budi Santoso"))
    boxes = tick(good, taken, gone, resent)
    type(gone).objects.filter(pk=gone.pk).update(
        status=Status.REJECTED, decided_at=timezone.now(), decided_by=officer
    )
    type(resent).objects.filter(pk=resent.pk).update(submitted_at=timezone.now())
    client.post(TOGETHER, {"butir": boxes, "move": "approve", **all_yes(Article)})
    page = client.get(RESULT)
    assert [row["pk"] for row in page.context["done"]] == [good.pk]
    assert [row["pk"] for row in page.context["refused"]] == [taken.pk, gone.pk, resent.pk]
    assert "Budi Santoso" in page.content.decode()
    assert statuses(good, taken, resent) == [Status.APPROVED, Status.SUBMITTED, Status.SUBMITTED]


@pytest.mark.parametrize("code", [LOMBOK_TENGAH, SUMATERA_SELATAN])
def test_nothing_is_decided_from_outside(client, code):
    item = make_article(Status.SUBMITTED)
    make_officer()
    client.force_login(make_officer(code))
    client.post(TOGETHER, {"butir": tick(item), "move": "approve", **all_yes(Article)})
    assert statuses(item) == [Status.SUBMITTED]


def test_two_kinds_are_not_decided_together(client, officer):
    items = [make_article(Status.SUBMITTED), make_event(Status.SUBMITTED)]
    answer = client.post(TOGETHER, {"butir": tick(*items), "move": "approve", **all_yes(Article)})
    assert answer.status_code == 422
    assert statuses(*items) == [Status.SUBMITTED, Status.SUBMITTED]


def test_communities_are_returned_together_but_verified_one_by_one(client, officer):
    items = [make_community(Status.SUBMITTED) for _ in range(2)]
    sent = {"butir": tick(*items), "reason": "Unggah SK yang terbaru."}
    assert client.post(TOGETHER, {**sent, "move": "approve"}).status_code == 422
    assert statuses(*items) == [Status.SUBMITTED, Status.SUBMITTED]
    client.post(TOGETHER, {**sent, "move": "return"})
    assert statuses(*items) == [Status.RETURNED, Status.RETURNED]


def test_nothing_is_rejected_or_withdrawn_together(client, officer):
    item = make_article(Status.SUBMITTED)
    sent = {"butir": tick(item), "move": "reject", "reason": "Bukan berita."}
    assert client.post(TOGETHER, sent).status_code == 422
    assert statuses(item) == [Status.SUBMITTED]


def test_a_missing_note_is_asked_for_and_the_ticks_stay(client, officer):
    item = make_article(Status.SUBMITTED)
    answer = client.post(TOGETHER, {"butir": tick(item), "move": "return"})
    assert answer.status_code == 422
    assert answer.context["ticked"] == tick(item)


@pytest.mark.parametrize("boxes", [[], ["x"], ["article:x:y"], ["article:-1:"], ["rusak:1:"], ["article:²:"]])
def test_nothing_ticked_leads_back_with_a_word(client, officer, boxes):
    answer = client.post(f"{TOGETHER}?urut=baru", {"butir": boxes, "move": "approve"})
    assert answer.url == f"{DESK}?urut=baru"


def test_without_a_result_the_page_leads_to_the_desk(client, officer):
    assert client.get(RESULT).url == DESK
