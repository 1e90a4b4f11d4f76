"""The inbox gathers what is alike, shows unread first, and is read by opening."""

from __future__ import annotations

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import moderation.actions
from accounts.models import User
from communities.models import Community
from moderation.states import Status
from notifications import actions, desk, fanout, inbox, stories, threads
from notifications.inbox import shown_count
from notifications.models import Kind, Mute, Notification
from tests.factories import (
    MUSI_BANYUASIN,
    make_article,
    make_community,
    make_event,
    make_officer,
    make_user,
    region,
)
from tests.notifications.crowd import publish
from tests.notifications.test_views import INBOX, page, tell

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader() -> User:
    return make_user("Siti Aminah")


@pytest.fixture
def browser(client: Client, reader: User, settings) -> Client:
    settings.LANGUAGE_CODE = "en"
    client.force_login(reader)
    return client


@pytest.fixture
def community() -> Community:
    return make_community(name="KIM Surya Gambo")


def news(reader: User, community: Community, number: int) -> list[Notification]:
    """So many articles of the community, told to the reader who follows it."""
    actions.follow(reader, community=community)
    for _ in range(number):
        fanout.fan_out(publish(make_article(community=community)).pk)
    return list(Notification.objects.filter(recipient=reader).order_by("-pk")[:number])


def lines(user: User, query: str = "") -> list[tuple[int, int]]:
    shown = threads.page(user, threads.Asked.read(QueryDict(query.lstrip("?"))))
    return [(entry.notification.pk, entry.count) for entry in shown.entries]


def test_many_alike_are_one_line_with_their_number(browser: Client, reader: User, community: Community):
    newest = news(reader, community, 12)[0]
    other = tell(reader, "event.approve", make_event())
    assert lines(reader) == [(other.pk, 0), (newest.pk, 12)]
    assert "12 new articles of KIM Surya Gambo" in page(browser)


def test_a_single_one_is_no_group(reader: User, community: Community):
    [only] = news(reader, community, 1)
    assert lines(reader) == [(only.pk, 0)]


def test_opening_a_group_reads_it_and_lists_it_however_often(
    browser: Client, reader: User, community: Community
):
    shown = news(reader, community, 3)
    address = reverse("notifications:group", args=[shown[0].pk])
    assert f'href="{address}"' in page(browser)
    since = news(reader, community, 1)[0]
    for _ in range(2):
        listed = browser.get(address).context["entries"]
        assert [entry.notification.pk for entry in listed] == [one.pk for one in shown]
    assert list(Notification.objects.unread()) == [since]


def test_nobody_opens_the_groups_of_others(browser: Client, community: Community):
    shown = news(make_user(), community, 2)
    assert browser.get(reverse("notifications:group", args=[shown[0].pk])).status_code == 404
    assert Notification.objects.unread().count() == 2


def test_what_stands_alone_is_no_group_to_open(browser: Client, reader: User):
    told = tell(reader, "event.approve", make_event())
    assert browser.get(reverse("notifications:group", args=[told.pk])).status_code == 404


def test_unread_stands_before_read_however_old(reader: User):
    old, new = (tell(reader, "article.approve", make_article()) for _ in range(2))
    Notification.objects.filter(pk=new.pk).update(read_at=timezone.now())
    assert lines(reader) == [(old.pk, 0), (new.pk, 0)]


def test_every_line_is_on_one_page_only(reader: User, community: Community):
    """Unread groups, unread single ones and read ones, over several pages."""
    grouped = news(reader, community, 4)
    single = [tell(reader, "event.approve", make_event()) for _ in range(32)]
    read = [tell(reader, "event.approve", make_event()) for _ in range(40)]
    Notification.objects.filter(pk__in=[one.pk for one in read]).update(read_at=timezone.now())
    found, query, pages = [], "", 0
    while True:
        shown = threads.page(
            reader, threads.Asked.read(dict(pair.split("=") for pair in query[1:].split("&") if pair))
        )
        found += [entry.notification.pk for entry in shown.entries]
        pages, query = pages + 1, shown.next_query
        if not query:
            break
    assert found == [one.pk for one in [*reversed(single), grouped[0], *reversed(read)]]
    assert pages == 3


def test_a_kind_is_shown_and_read_alone(browser: Client, reader: User, community: Community):
    shown = news(reader, community, 2)
    event = make_event()
    actions.follow(reader, community=event.community)
    publish_event(event)
    assert lines(reader, "jenis=news") == [(shown[0].pk, 2)]
    newest = Notification.objects.latest("pk").pk
    browser.post(reverse("notifications:read_all"), {"until": newest, "jenis": "event"})
    assert set(Notification.objects.unread().filter(recipient=reader)) == set(shown)
    assert "KIM Surya Gambo" not in page(browser, f"{INBOX}?jenis=decision").split("<main")[1]


def test_each_kind_says_how_many_of_it_are_unread(browser: Client, reader: User, community: Community):
    news(reader, community, 3)
    event = make_event()
    actions.follow(reader, community=event.community)
    publish_event(event)
    numbers = [
        browser.get(f"{INBOX}{query}").context["shown"] for query in ("", "?jenis=news", "?jenis=event")
    ]
    assert numbers == ["4", "3", "1"]
    Notification.objects.filter(activity__story__kind="event").update(read_at=timezone.now())
    assert reverse("notifications:read_all") not in page(browser, f"{INBOX}?jenis=event")


def publish_event(event: object) -> None:
    from django.db import transaction

    import activity.actions

    with transaction.atomic():
        recorded = activity.actions.record("event.approve", event, by=event.decided_by, region=event.region)
    fanout.fan_out(recorded.pk)


@pytest.mark.parametrize("query", ["jenis=sulap", "baru=x", "lama=-1", f"lama={'9' * 40}", "baru=%00"])
def test_nonsense_in_the_address_is_the_first_page(browser: Client, reader: User, query: str):
    tell(reader, "event.approve", make_event(title="Gotong royong"))
    assert "Gotong royong" in page(browser, f"{INBOX}?{query}")


def submitted(number: int) -> None:
    from django.db import transaction

    import activity.actions

    for _ in range(number):
        item = make_article(Status.SUBMITTED)
        with transaction.atomic():
            recorded = activity.actions.record("article.submit", item, by=item.created_by, region=item.region)
        fanout.fan_out(recorded.pk)


@pytest.mark.parametrize("number", [1, 5])
def test_an_officer_has_one_line_for_the_desk(client: Client, settings, number: int):
    settings.LANGUAGE_CODE = "en"
    officer = make_officer()
    submitted(number)
    assert [count for _pk, count in lines(officer)] == [number]
    client.force_login(officer)
    newest = Notification.objects.filter(recipient=officer).latest("pk")
    response = client.get(reverse("notifications:group", args=[newest.pk]))
    assert response["Location"] == reverse("office:desk")
    assert inbox.unread_count(officer) == 0
    assert lines(officer) == []


def on_desk_of(officer: User) -> list[tuple[str, bool]]:
    """What the officer was told of, and whether it still waits in the inbox."""
    told = Notification.objects.filter(recipient=officer).order_by("activity")
    return [(one.activity.verb, one.read_at is None) for one in told.select_related("activity")]


@pytest.mark.parametrize("answer", ["approve", "reject"])
def test_an_appeal_is_off_the_desk_once_it_is_answered(answer: str):
    decided, officer = make_officer(), make_officer(name="Yanto")
    item = make_article(Status.SUBMITTED)
    moderation.actions.move(item, "reject", by=decided, reason="Salah.", cited="untrue")
    moderation.actions.move(item, "appeal", by=item.created_by, reason="Tidak benar.")
    fanout.fan_out_waiting()
    assert on_desk_of(officer) == [("article.appeal", True)]
    moderation.actions.move(item, answer, by=officer, reason="Sudah dilihat.", cited="untrue")
    fanout.fan_out_waiting()
    assert on_desk_of(officer) == [("article.appeal", False)]


def test_every_thing_that_waits_on_a_desk_is_counted_as_waiting():
    about_desks = {verb for verb, kind in stories.KINDS.items() if kind == Kind.DESK}
    assert {verb for verb in stories.KINDS if desk.waits(verb)} == about_desks - {
        "desk.overdue",
        "report.open",
    }


def test_a_line_offers_to_mute_what_only_a_region_brings_along(browser: Client, reader: User):
    brought, chosen = make_community(), make_community()
    actions.follow(reader, region=region(MUSI_BANYUASIN))
    actions.follow(reader, community=chosen)
    for community in (brought, chosen):
        fanout.fan_out(publish(make_article(community=community)).pk)
    html = page(browser)
    assert reverse("notifications:mute", args=[brought.slug]) in html
    assert reverse("notifications:mute", args=[chosen.slug]) not in html
    Mute.objects.create(user=reader, community=brought)
    assert reverse("notifications:mute", args=[brought.slug]) not in page(browser)


def test_the_inbox_asks_the_same_number_of_queries_for_1_group_and_for_20(
    browser: Client, reader: User, django_assert_max_num_queries, django_assert_num_queries
):
    actions.follow(reader, region=region(MUSI_BANYUASIN))

    def told(communities: int) -> None:
        for _ in range(communities):
            community = make_community()
            for _ in range(2):
                fanout.fan_out(publish(make_article(community=community)).pk)

    told(1)
    page(browser)
    with django_assert_max_num_queries(15) as few:
        page(browser)
    told(19)
    with django_assert_num_queries(len(few)):
        page(browser)


def test_the_header_counts_up_to_99(browser: Client, reader: User):
    one = tell(reader, "event.approve", make_event())
    assert [shown_count(number) for number in (0, 7, 99, 100)] == ["0", "7", "99", "99+"]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO activity_activity (verb, target_type_id, target_id, reason, details, happened_at,"
            " fanout_cursor) SELECT verb, target_type_id, target_id, reason, details, happened_at, 0"
            " FROM activity_activity, generate_series(1, 150) WHERE id = %s",
            [one.activity_id],
        )
        cursor.execute(
            "INSERT INTO notifications_notification (activity_id, recipient_id, created_at)"
            " SELECT id, %s, now() FROM activity_activity ON CONFLICT DO NOTHING",
            [reader.pk],
        )
    assert inbox.unread_count(reader) == 100
    assert ">99+<" in page(browser, "/").split("<main")[0]
