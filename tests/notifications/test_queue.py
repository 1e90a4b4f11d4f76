"""The way from a decision to the inbox through a real Redis and a real worker, and what breaks on it."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection, transaction

import moderation.actions
from accounts.models import User
from activity.models import Activity
from articles.models import Article
from common import broker
from moderation.states import Status
from notifications import tasks
from notifications.models import Delivery, Notification, Subscription
from tests.factories import make_article, make_officer, make_user
from tests.notifications.crowd import followers_of, let_crowd_follow, make_crowd, publish, told
from tests.servers import PrivateRedis, WorkerProcess

pytestmark = pytest.mark.usefixtures("committed_db")

PATIENCE_SECONDS = 60
StartWorker = Callable[..., WorkerProcess]


@pytest.fixture(autouse=True)
def _no_memory_of_a_silent_queue(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(broker, "_rest_until", 0.0)


@pytest.fixture
def article() -> Article:
    return make_article(Status.SUBMITTED)


@pytest.fixture
def reader(article: Article) -> User:
    return Subscription.objects.create(user=make_user(), community=article.community).user


def until(condition: Callable[[], bool]) -> None:
    """Return when it holds."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "It did not come true."
        time.sleep(0.02)


def is_done(recorded: Activity) -> bool:
    return Activity.objects.filter(pk=recorded.pk, fanned_out_at__isnull=False).exists()


def approve(article: Article) -> float:
    """Let an officer approve it; how many seconds that took."""
    officer = make_officer()
    began = time.monotonic()
    moderation.actions.move(article, "approve", by=officer)
    return time.monotonic() - began


def test_a_decision_reaches_followers_through_the_queue(
    article: Article, reader: User, celery_worker_process: StartWorker
):
    worker = celery_worker_process()
    approve(article)
    recorded = Activity.objects.get()
    until(lambda: Delivery.objects.filter(state=Delivery.State.SENT).count() == 2)
    assert is_done(recorded)
    assert told(recorded) == sorted([reader.pk, article.created_by_id])
    assert len(list(worker.mail_dir.glob("*.eml"))) == 2


def test_with_the_broker_down_a_decision_succeeds_at_once(
    article: Article, reader: User, redis_server: PrivateRedis, caplog: pytest.LogCaptureFixture
):
    redis_server.stop()
    assert approve(article) < 1
    article.refresh_from_db()
    assert article.status == Status.APPROVED
    assert Activity.objects.waiting().count() == 1
    assert "The queue does not answer" in caplog.text


def test_what_happened_while_the_broker_was_down_is_told_once_when_it_is_back(
    article: Article, reader: User, redis_server: PrivateRedis, celery_worker_process: StartWorker
):
    redis_server.stop()
    approve(article)
    redis_server.start()
    worker = celery_worker_process()
    tasks.sweep.delay()
    tasks.sweep.delay()
    until(lambda: Delivery.objects.filter(state=Delivery.State.SENT).count() == 2)
    assert told(Activity.objects.get()) == sorted([reader.pk, article.created_by_id])
    assert len(list(worker.mail_dir.glob("*.eml"))) == 2


def test_a_queue_that_was_emptied_loses_nobody(
    article: Article, reader: User, redis_server: PrivateRedis, celery_worker_process: StartWorker
):
    approve(article)
    redis_server.flush()
    celery_worker_process()
    tasks.sweep.delay()
    recorded = Activity.objects.get()
    until(lambda: is_done(recorded))
    assert reader.pk in told(recorded)


@pytest.fixture
def deaf_queue(settings, tmp_path: Path) -> Iterator[None]:
    """A broker that takes calls and never says a word."""
    with socket.socket(socket.AF_UNIX) as deaf:
        deaf.bind(str(tmp_path / "deaf"))
        deaf.listen()
        settings.REDIS_URL = f"unix://{tmp_path / 'deaf'}"
        yield


@pytest.mark.usefixtures("deaf_queue")
def test_a_broker_that_hangs_holds_a_decision_up_for_less_than_a_second(article: Article, reader: User):
    assert approve(article) < 1
    assert Activity.objects.waiting().count() == 1


@pytest.mark.usefixtures("deaf_queue")
def test_a_broker_that_hangs_is_asked_only_once_in_a_while(article: Article):
    began = time.monotonic()
    for _ in range(20):
        assert broker.offer(tasks.sweep) is False
    assert time.monotonic() - began < 2 * broker.PATIENCE_SECONDS


def test_a_broker_that_was_restarted_is_used_again_at_once(redis_server: PrivateRedis):
    assert broker.offer(tasks.sweep) is True
    redis_server.stop()
    redis_server.start()
    assert broker.offer(tasks.sweep) is True


def test_nothing_is_enqueued_for_a_transaction_that_is_rolled_back(
    article: Article, monkeypatch: pytest.MonkeyPatch
):
    offered = []
    monkeypatch.setattr(broker, "offer", lambda task, *args: offered.append(args))
    with transaction.atomic():
        publish(article)
        transaction.set_rollback(True)
    assert offered == []
    recorded = publish(article)
    assert offered == [(recorded.pk,)]


def test_a_failure_after_the_commit_leaves_the_decision_as_it_is(
    article: Article, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    def fail(*_: object) -> None:
        raise LookupError("no queue at all")

    monkeypatch.setattr(broker, "offer", fail)
    approve(article)
    assert Activity.objects.waiting().count() == 1
    assert "offer_fan_out" in caplog.text


def test_a_worker_killed_in_the_middle_leaves_nobody_out_and_nobody_twice(
    celery_worker_process: StartWorker,
):
    article = make_article()
    make_crowd(50_000)
    let_crowd_follow(article.community)
    recorded = publish(article)
    in_the_middle = followers_of(article.community)[30_000]
    with transaction.atomic():
        # A row of one follower, not yet committed, makes the worker wait in the middle of a window.
        Notification.objects.create(activity=recorded, recipient_id=in_the_middle)
        worker = celery_worker_process()
        until(_waits_for_a_lock)
        worker.kill()
        transaction.set_rollback(True)
    some = len(told(recorded))
    assert 0 < some < 30_000
    assert not is_done(recorded)
    celery_worker_process()
    tasks.sweep.delay()
    until(lambda: _sweep_is_through(recorded))
    assert told(recorded) == followers_of(article.community)


def _waits_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' "
            "AND datname = current_database() AND query LIKE '%WITH reasons AS%')"
        )
        return bool(cursor.fetchone()[0])


def _sweep_is_through(recorded: Activity) -> bool:
    """The killed worker's session may hold its lock for a moment yet: then the next sweep does it."""
    if not is_done(recorded):
        tasks.sweep.delay()
    return is_done(recorded)
