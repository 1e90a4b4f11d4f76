"""The desk: every kind in one queue, one decision at a time."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from activity.models import Activity
from communities.models import Community
from moderation.states import Status
from office import queue
from tests.factories import (
    LOMBOK_TENGAH,
    MUSI_BANYUASIN,
    SUMATERA_SELATAN,
    all_yes,
    make_article,
    make_community,
    make_decree,
    make_event,
    make_fact_check,
    make_item,
    make_officer,
)

pytestmark = pytest.mark.django_db
DESK = reverse("office:desk")


@pytest.fixture
def officer(client):
    user = make_officer()
    client.force_login(user)
    return user


def _decide(client, item, move, reason="", **extra):
    url = reverse("office:decide", args=[item.KIND, item.pk])
    seen = item.submitted_at.isoformat() if item.submitted_at else ""
    sent = {"move": move, "reason": reason, "seen": seen, **all_yes(type(item)), **extra}
    return client.post(url, sent, follow=True)


def test_every_kind_lies_in_one_queue_by_deadline(officer):
    now = timezone.now()
    event = make_event(Status.SUBMITTED, due_at=now + timedelta(hours=5))
    article = make_article(Status.SUBMITTED, due_at=now + timedelta(hours=1))
    community = make_community(Status.SUBMITTED, due_at=now - timedelta(hours=1))
    rows = queue.rows(officer)
    assert [(row.item_kind, row.pk) for row in rows] == [
        ("community", community.pk),
        ("article", article.pk),
        ("event", event.pk),
    ]


def test_what_no_kim_has_written_names_none(client, officer):
    check = make_fact_check(Status.APPROVED, of_office=MUSI_BANYUASIN)
    page = client.get(DESK, {"status": "approved"}).content.decode()
    assert (check.title in page, "None" in page) == (True, False)


def test_what_lies_elsewhere_is_neither_listed_nor_opened(client):
    item = make_article(Status.SUBMITTED)
    client.force_login(make_officer(LOMBOK_TENGAH))
    assert item.title not in client.get(DESK).content.decode()
    assert client.get(reverse("office:item", args=["article", item.pk])).status_code == 404
    assert (
        client.post(reverse("office:decide", args=["article", item.pk]), {"move": "approve"}).status_code
        == 404
    )


@pytest.mark.parametrize("kind", ["community", "article", "event"])
@pytest.mark.parametrize(
    ("move", "status"),
    [("approve", Status.APPROVED), ("return", Status.RETURNED), ("reject", Status.REJECTED)],
)
def test_each_kind_is_decided_in_the_same_way(client, officer, kind, move, status):
    item = make_item(kind, Status.SUBMITTED)
    if kind == "community":
        make_decree(item)
    page = client.get(reverse("office:item", args=[kind, item.pk])).content.decode()
    assert f'value="{move}"' in page
    _decide(client, item, move, reason="Mohon sebutkan sumbernya.", rule="untrue")
    item.refresh_from_db()
    assert (item.status, item.decided_by) == (status, officer)


def test_after_a_decision_comes_the_next_item(client, officer):
    first = make_article(Status.SUBMITTED, due_at=timezone.now() + timedelta(hours=1))
    second = make_event(Status.SUBMITTED, due_at=timezone.now() + timedelta(hours=2))
    answer = _decide(client, first, "approve")
    assert answer.redirect_chain[-1][0] == reverse("office:item", args=["event", second.pk])
    answer = _decide(client, second, "approve")
    assert answer.redirect_chain[-1][0] == DESK


def test_a_reason_that_is_missing_is_asked_for_at_the_field(client, officer):
    item = make_article(Status.SUBMITTED)
    answer = _decide(client, item, "return")
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["reason"]


def test_the_second_officer_is_told_who_decided_and_when(client, officer):
    item = make_article(Status.SUBMITTED)
    other = make_officer(name="Budi Santoso")
    _decide(client, item, "approve")
    client.force_login(other)
    answer = _decide(client, item, "reject", reason="Terlambat.", rule="untrue")
    page = answer.content.decode()
    assert officer.name in page
    assert Activity.objects.of(item).count() == 1


def test_the_level_above_reads_but_decides_only_what_is_overdue(client, officer):
    item = make_article(Status.SUBMITTED)
    client.force_login(make_officer(SUMATERA_SELATAN, name="Rahmat"))
    page = client.get(reverse("office:item", args=["article", item.pk])).content.decode()
    assert 'value="approve"' not in page
    _decide(client, item, "approve")
    item.refresh_from_db()
    assert item.status == Status.SUBMITTED
    type(item).objects.update(due_at=timezone.now() - timedelta(minutes=1))
    _decide(client, item, "approve")
    item.refresh_from_db()
    assert item.status == Status.APPROVED


def test_a_published_item_is_withdrawn_and_restored(client, officer):
    item = make_article()
    _decide(client, item, "suspend", reason="Foto anak tanpa izin.", rule="children")
    assert client.get(item.get_absolute_url()).status_code == 200  # the officer still reads it
    client.logout()
    assert client.get(item.get_absolute_url()).status_code == 410
    client.force_login(officer)
    _decide(client, item, "restore")
    client.logout()
    assert client.get(item.get_absolute_url()).status_code == 200


def test_verification_shows_on_the_public_page(client, officer):
    community = make_community(Status.SUBMITTED)
    make_decree(community)
    client.logout()
    assert client.get(community.get_absolute_url()).status_code == 404
    client.force_login(officer)
    _decide(client, community, "approve")
    client.logout()
    number = Community.objects.get().registry_number
    assert number in client.get(community.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    "query", ["?status=rusak", "?jenis=rusak", "?hal=abc", "?hal=-1", "?hal=999999999", "?hal=²"]
)
def test_an_odd_query_shows_the_queue(client, officer, query):
    make_article(Status.SUBMITTED)
    assert client.get(DESK + query).status_code == 200


def test_the_queue_has_pages(client, officer):
    community = make_community()
    for _ in range(queue.PER_PAGE + 2):
        make_article(Status.SUBMITTED, community=community)
    first, second = client.get(DESK).context["rows"], client.get(DESK + "?hal=2").context["rows"]
    assert (len(first), len(second)) == (queue.PER_PAGE, 2)
    assert not {row.pk for row in first} & {row.pk for row in second}


def test_an_empty_desk_says_so(client, officer):
    assert client.get(DESK).context["rows"] == []
    assert 'class="empty"' in client.get(DESK).content.decode()
