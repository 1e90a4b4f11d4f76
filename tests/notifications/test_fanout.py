from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

import activity.actions
from accounts.models import User
from activity.models import Activity
from articles.models import Article
from moderation.states import Status
from notifications import audiences, fanout
from notifications.models import Delivery, Notification, Subscription
from notifications.querysets import NotificationQuerySet
from tests.factories import make_article, make_user, region
from tests.notifications.crowd import (
    followers_of,
    let_crowd_follow,
    make_crowd,
    publish,
    told,
    waiting_mails,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    return make_article()


def fresh(recorded: Activity) -> Activity:
    return Activity.objects.get(pk=recorded.pk)


def follow(article: Article, **fields: object) -> User:
    return Subscription.objects.create(user=make_user(**fields), community=article.community).user


def test_everybody_has_one_row_however_small_the_windows(article: Article):
    make_crowd(50)
    let_crowd_follow(article.community)
    # Village, district, regency and province: five reasons, one row.
    for code in article.region.ancestor_codes:
        let_crowd_follow(region(code))
    recorded = publish(article)
    fanout.fan_out(recorded.pk, window_size=7)
    assert told(recorded) == followers_of(article.community)
    assert fresh(recorded).fanned_out_at is not None


def test_window_that_ends_with_the_last_follower_loses_nobody(article: Article):
    make_crowd(20)
    let_crowd_follow(article.community)
    recorded = publish(article)
    fanout.fan_out(recorded.pk, window_size=10)
    assert told(recorded) == followers_of(article.community)


def test_telling_again_changes_nothing(article: Article):
    follow(article)
    recorded = publish(article)
    fanout.fan_out(recorded.pk)
    before = list(Notification.objects.order_by("pk").values())
    fanout.fan_out(recorded.pk)
    assert list(Notification.objects.order_by("pk").values()) == before


def test_telling_again_from_the_start_changes_nothing(article: Article):
    """Even where the cursor was lost, the database keeps it to one row each."""
    follow(article)
    recorded = publish(article)
    fanout.fan_out(recorded.pk)
    before = list(Notification.objects.order_by("pk").values())
    Activity.objects.update(fanned_out_at=None, fanout_cursor=0)
    fanout.fan_out(recorded.pk)
    assert list(Notification.objects.order_by("pk").values()) == before


def test_it_goes_on_where_it_was_stopped(article: Article, monkeypatch: pytest.MonkeyPatch):
    make_crowd(30)
    let_crowd_follow(article.community)
    recorded = publish(article)
    windows = []
    tell = fanout._tell

    def stop_in_the_third(activity: Activity, *window: object) -> None:
        windows.append(window)
        tell(activity, *window)
        if len(windows) == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr(fanout, "_tell", stop_in_the_third)
    with pytest.raises(KeyboardInterrupt):
        fanout.fan_out(recorded.pk, window_size=5)
    assert len(told(recorded)) == 9  # two windows of five; the writer, who acted, stands in the first
    assert fresh(recorded).fanned_out_at is None
    monkeypatch.setattr(fanout, "_tell", tell)
    fanout.fan_out(recorded.pk, window_size=5)
    assert told(recorded) == followers_of(article.community)


def test_a_silent_verb_is_done_at_once(article: Article):
    with transaction.atomic():
        recorded = activity.actions.record("article.withdraw", article, by=None)
    fanout.fan_out(recorded.pk)
    assert told(recorded) == []
    assert fresh(recorded).fanned_out_at is not None


def test_mail_waits_for_those_who_want_it(article: Article):
    wanting = follow(article)
    not_wanting = follow(article, wants_email=False)
    recorded = publish(article)
    fanout.fan_out(recorded.pk)
    assert told(recorded) == sorted([wanting.pk, not_wanting.pk])
    assert waiting_mails(recorded) == [wanting.pk]


def test_nothing_is_mailed_about_what_is_long_past(article: Article):
    reader = follow(article)
    with transaction.atomic():
        recorded = activity.actions.record(
            "article.approve", article, by=None, happened_at=timezone.now() - timedelta(days=8)
        )
    fanout.fan_out(recorded.pk)
    assert reader.pk in told(recorded)
    assert waiting_mails(recorded) == []


def test_no_query_more_for_more_people(article: Article, django_assert_num_queries):
    make_crowd(200)
    let_crowd_follow(article.community)
    recorded = publish(article)
    queries = 12
    with django_assert_num_queries(queries):
        fanout.fan_out(recorded.pk)
    few = publish(make_article())
    with django_assert_num_queries(queries):
        fanout.fan_out(few.pk)


def test_nobody_is_loaded(article: Article, monkeypatch: pytest.MonkeyPatch):
    make_crowd(20)
    let_crowd_follow(article.community)
    recorded = publish(article)
    monkeypatch.setattr(NotificationQuerySet, "__iter__", None)
    monkeypatch.setattr(User, "from_db", None)
    fanout.fan_out(recorded.pk)
    assert Notification.objects.count() == 20


def test_the_sweep_takes_all_that_is_left_and_one_that_fails_holds_up_nobody(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    first, bad, last = (make_article() for _ in range(3))
    readers = [follow(item) for item in (first, bad, last)]
    recorded = [publish(item) for item in (first, bad, last)]
    circles = audiences.circles

    def fail_for_one(activity: Activity) -> object:
        if activity.pk == recorded[1].pk:
            raise LookupError
        return circles(activity)

    monkeypatch.setattr(audiences, "circles", fail_for_one)
    fanout.fan_out_waiting()
    assert [told(entry) for entry in recorded] == [[readers[0].pk], [], [readers[2].pk]]
    assert f"Activity {recorded[1].pk} could not be told." in caplog.text
    monkeypatch.setattr(audiences, "circles", circles)
    fanout.fan_out_waiting()
    assert told(recorded[1]) == [readers[1].pk]


def test_what_is_withdrawn_between_the_windows_is_told_no_further(article: Article):
    make_crowd(20)
    let_crowd_follow(article.community)
    recorded = publish(article)
    assert fanout._next_window(recorded.pk, 5) is True
    Article.objects.filter(pk=article.pk).update(status=Status.SUSPENDED, decision_reason="Keliru.")
    fanout.fan_out(recorded.pk)
    assert len(told(recorded)) == 4  # one window of five, without the writer, who acted


@pytest.mark.usefixtures("committed_db")
def test_two_at_once_tell_everybody_once():
    article = make_article()
    make_crowd(500)
    let_crowd_follow(article.community)
    let_crowd_follow(article.region)
    recorded = publish(article)
    start = threading.Barrier(3)

    def work() -> None:
        start.wait()
        for _ in range(3):
            fanout.fan_out(recorded.pk, window_size=20)
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    fanout.fan_out_waiting()
    assert told(recorded) == followers_of(article.community)
    assert fresh(recorded).fanned_out_at is not None


@pytest.mark.usefixtures("committed_db")
def test_who_gets_a_row_meanwhile_has_one_and_the_others_are_told(monkeypatch: pytest.MonkeyPatch):
    article = make_article()
    make_crowd(5)
    let_crowd_follow(article.community)
    recorded = publish(article)
    first, *_others = followers_of(article.community)
    looked = fanout._somebody_has_a_row
    found: list[bool] = []

    def tell_one() -> None:
        Notification.objects.get_or_create(activity=recorded, recipient_id=first)
        connection.close()

    def and_then_somebody_is_told(*args) -> bool:
        found.append(looked(*args))
        other = threading.Thread(target=tell_one)
        other.start()
        other.join()
        return found[-1]

    monkeypatch.setattr(fanout, "_somebody_has_a_row", and_then_somebody_is_told)
    fanout.fan_out(recorded.pk)
    assert told(recorded) == followers_of(article.community)
    assert (found, fresh(recorded).fanned_out_at is not None) == ([False, True], True)


@pytest.mark.usefixtures("committed_db")
def test_a_second_worker_leaves_the_activity_to_the_first():
    article = make_article()
    follow(article)
    recorded = publish(article)
    with transaction.atomic():
        Activity.objects.select_for_update(no_key=True).get(pk=recorded.pk)
        other = threading.Thread(target=lambda: (fanout.fan_out(recorded.pk), connection.close()))
        other.start()
        other.join()
        assert told(recorded) == []
    fanout.fan_out(recorded.pk)
    assert len(told(recorded)) == 1


def test_deliveries_are_one_for_a_notification(article: Article):
    reader = follow(article)
    Subscription.objects.create(user=reader, region=article.region)
    recorded = publish(article)
    fanout.fan_out(recorded.pk)
    Activity.objects.update(fanned_out_at=None, fanout_cursor=0)
    fanout.fan_out(recorded.pk)
    assert list(Delivery.objects.values_list("notification__recipient", flat=True)) == [reader.pk]
