"""What every channel promises, one and the same for all of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from articles.models import Article
from moderation.states import Status
from notifications import actions, claims, delivery, fanout, stories
from notifications.channels import CHANNELS
from notifications.channels.base import Channel, Unreachable
from notifications.models import Delivery, Notification, Preferences, Rhythm, Subscription
from tests.factories import make_article, make_user
from tests.notifications.crowd import publish
from tests.notifications.other_sides import SIDES, OtherSide

pytestmark = pytest.mark.django_db

State = Delivery.State


class Killed(BaseException):
    """The worker is gone at this moment: nobody catches it."""


@pytest.fixture(params=sorted(SIDES))
def name(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def side(name: str, settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[OtherSide]:
    for channel in CHANNELS.values():
        monkeypatch.setattr(channel, "senders", 1)
    running = SIDES[name]()
    running.configure(settings)
    running.start()
    yield running
    running.stop()


@pytest.fixture
def article() -> Article:
    return make_article(title="Air Sungai Musi naik")


@pytest.fixture
def reader(article: Article, side: OtherSide) -> User:
    return follower(article, side)


def follower(article: Article, side: OtherSide, rhythm: int = Rhythm.AT_ONCE) -> User:
    user = make_user("Sri Wahyuni Lestari")
    Subscription.objects.create(user=user, community=article.community, rhythm=rhythm)
    side.let_reach(user)
    return user


def waiting(article: Article, *readers: User) -> None:
    """Tell of it, and leave what is for these readers only."""
    fanout.fan_out(publish(article).pk)
    Delivery.objects.exclude(recipient__in=[reader.pk for reader in readers]).delete()


def of(user: User, name: str) -> Delivery:
    return Delivery.objects.get(recipient=user, channel=name)


def make_due(name: str) -> None:
    Delivery.objects.filter(state=State.WAITING, channel=name).update(due_at=timezone.now())


def test_every_channel_is_held_to_this():
    assert set(SIDES) == set(CHANNELS)
    assert {channel.name for channel in CHANNELS.values()} == set(CHANNELS)


def test_it_is_sent_once(name: str, side: OtherSide, article: Article, reader: User):
    waiting(article, reader)
    delivery.send_due(name)
    delivery.send_due(name)
    assert [person for person, _id in side.received()] == [reader.pk]
    assert (of(reader, name).state, of(reader, name).attempts) == (State.SENT, 0)


def test_not_now_is_tried_again_later_and_later(name: str, side: OtherSide, article: Article, reader: User):
    waiting(article, reader)
    side.answer(reader, "not now")
    waits = []
    for _ in range(4):
        make_due(name)
        began = timezone.now()
        delivery.send_due(name)
        waits.append((of(reader, name).due_at - began) / timedelta(minutes=1))
    assert (of(reader, name).state, of(reader, name).attempts) == (State.WAITING, 4)
    assert [0.79 * 2**n <= wait <= 1.3 * 2**n for n, wait in enumerate(waits)] == [True] * 4
    delivery.send_due(name)
    assert of(reader, name).attempts == 4  # not before its time
    side.answer(reader, "ok")
    make_due(name)
    delivery.send_due(name)
    assert [person for person, _id in side.received()] == [reader.pk]
    assert of(reader, name).state == State.SENT


def test_those_put_off_together_do_not_come_back_together(name: str, side: OtherSide, article: Article):
    readers = [follower(article, side) for _ in range(5)]
    waiting(article, *readers)
    for reader in readers:
        side.answer(reader, "not now")
    delivery.send_due(name)
    assert len(set(Delivery.objects.of_channel(name).values_list("due_at", flat=True))) == 5


def test_refused_is_the_end(name: str, side: OtherSide, article: Article, reader: User):
    waiting(article, reader)
    side.answer(reader, "refused")
    delivery.send_due(name)
    failed = of(reader, name)
    assert (failed.state, failed.attempts, failed.ended_at is not None) == (State.FAILED, 1, True)
    side.answer(reader, "ok")
    delivery.send_due(name)
    assert side.received() == []


def test_one_that_is_refused_or_put_off_holds_up_nobody(name: str, side: OtherSide, article: Article):
    refused, put_off, last = (follower(article, side) for _ in range(3))
    waiting(article, refused, put_off, last)
    side.answer(refused, "refused")
    side.answer(put_off, "not now")
    delivery.send_due(name)
    assert [person for person, _id in side.received()] == [last.pk]


@pytest.mark.parametrize("how", ["not now", "refused"])
def test_what_is_kept_of_an_answer_names_nobody(
    name: str, side: OtherSide, article: Article, reader: User, how: str
):
    waiting(article, reader)
    side.answer(reader, how)
    delivery.send_due(name)
    kept = of(reader, name).error
    assert kept != ""
    assert [word for word in (reader.email, reader.name) if word in kept] == []


def test_where_nobody_listens_one_is_tried_and_all_wait(name: str, side: OtherSide, article: Article):
    readers = [follower(article, side) for _ in range(3)]
    waiting(article, *readers)
    side.stop()
    delivery.send_due(name)
    assert sorted(of(reader, name).attempts for reader in readers) == [0, 0, 1]
    assert {of(reader, name).state for reader in readers} == {State.WAITING}
    side.start()
    make_due(name)
    delivery.send_due(name)
    assert sorted(person for person, _id in side.received()) == sorted(reader.pk for reader in readers)


def test_a_channel_that_cannot_be_used_holds_up_no_other(
    name: str, side: OtherSide, article: Article, reader: User, monkeypatch: pytest.MonkeyPatch
):
    class Broken(Channel):
        name = "broken"

        @classmethod
        def reachable(cls, kind: str) -> Q:
            return Q(is_active=True)

        def send(self, person: User, deliveries: list[Delivery]) -> None:
            raise Unreachable("nobody is there")

    waiting(article, reader)
    notification = Notification.objects.get(recipient=reader)
    stuck = Delivery.objects.create(notification=notification, recipient=reader, channel="broken")
    monkeypatch.setitem(CHANNELS, "broken", Broken)
    delivery.send_due("broken")
    delivery.send_due(name)
    stuck.refresh_from_db()
    assert (stuck.state, stuck.attempts) == (State.WAITING, 1)
    assert of(reader, name).state == State.SENT


CHANGES_OF_MIND = {
    "withdrawn": lambda user, article: Article.objects.update(status=Status.SUSPENDED),
    "left": lambda user, article: actions.unfollow(user, community=article.community),
    "off": lambda user, article: user.subscriptions.update(rhythm=Rhythm.OFF),
    "read": lambda user, article: actions.mark_read(Notification.objects.get(recipient=user)),
    "gone": lambda user, article: User.objects.filter(pk=user.pk).update(is_active=False),
}


@pytest.mark.parametrize("change", CHANGES_OF_MIND)
def test_what_nobody_wants_any_more_is_dropped(
    name: str, side: OtherSide, article: Article, reader: User, change: str
):
    waiting(article, reader)
    CHANGES_OF_MIND[change](reader, article)
    delivery.send_due(name)
    assert side.received() == []
    assert (of(reader, name).state, of(reader, name).attempts) == (State.DROPPED, 0)


def test_of_a_person_erased_nothing_is_left_to_send(
    name: str, side: OtherSide, article: Article, reader: User
):
    import accounts.actions

    waiting(article, reader)
    accounts.actions.erase(reader)
    delivery.send_due(name)
    assert side.received() == []
    assert Delivery.objects.filter(recipient=reader.pk).count() == 0


def test_killed_after_the_yes_it_goes_again_under_the_same_id(
    name: str, side: OtherSide, article: Article, reader: User, monkeypatch: pytest.MonkeyPatch
):
    waiting(article, reader)
    send = CHANNELS[name].send

    def die_after(self: Channel, person: User, deliveries: list[Delivery]) -> None:
        send(self, person, deliveries)
        raise Killed

    monkeypatch.setattr(CHANNELS[name], "send", die_after)
    with pytest.raises(Killed):
        delivery.send_due(name)
    assert (of(reader, name).state, of(reader, name).attempts) == (State.WAITING, 0)
    monkeypatch.setattr(CHANNELS[name], "send", send)
    delivery.send_due(name)
    [first, second] = side.received()
    assert first == second
    assert first[1] != ""


@pytest.mark.parametrize("rhythm", [Rhythm.DAILY, Rhythm.WEEKLY])
def test_a_bundle_is_one_message(name: str, side: OtherSide, article: Article, rhythm: Rhythm):
    reader = follower(article, side, rhythm)
    for one in (
        article,
        make_article(community=article.community),
        make_article(community=article.community),
    ):
        waiting(one, reader)
    assert Delivery.objects.filter(channel=name, bundle=rhythm.name.lower()).count() == 3
    make_due(name)
    delivery.send_due(name)
    assert len(side.received()) == 1
    assert set(Delivery.objects.filter(channel=name).values_list("state", flat=True)) == {State.SENT}


def test_of_a_bundle_what_is_not_wanted_is_left_out(name: str, side: OtherSide, article: Article):
    reader = follower(article, side, Rhythm.DAILY)
    withdrawn = make_article(community=article.community)
    waiting(article, reader)
    waiting(withdrawn, reader)
    Article.objects.filter(pk=withdrawn.pk).update(status=Status.SUSPENDED)
    make_due(name)
    delivery.send_due(name)
    assert len(side.received()) == 1
    states = Delivery.objects.filter(channel=name).order_by("pk").values_list("state", flat=True)
    assert list(states) == [State.SENT, State.DROPPED]


def let_night_fall(user: User) -> datetime:
    """Quiet hours began a while ago on the clock of Jakarta; when they end."""
    now = timezone.localtime(timezone=ZoneInfo("Asia/Jakarta")).replace(second=0, microsecond=0)
    begin, end = now - timedelta(minutes=10), now + timedelta(hours=9)
    times = {"quiet_from": begin.time(), "quiet_until": end.time()}
    Preferences.objects.create(user=user, time_zone="Asia/Jakarta", **times)
    return end


def test_what_was_put_off_into_quiet_hours_waits_for_their_end(name: str, side: OtherSide, article: Article):
    reader, awake = follower(article, side), follower(article, side)
    waiting(article, reader, awake)
    morning = let_night_fall(reader)
    delivery.send_due(name)
    own = of(reader, name)
    assert (own.state, own.due_at, own.attempts) == (State.WAITING, morning, 0)
    assert [user for user, _id in side.received()] == [awake.pk]
    Preferences.objects.all().delete()
    make_due(name)
    delivery.send_due(name)
    assert [user for user, _id in side.received()] == [awake.pk, reader.pk]


def test_what_is_urgent_knows_no_night(
    name: str, side: OtherSide, article: Article, monkeypatch: pytest.MonkeyPatch
):
    reader = follower(article, side)
    waiting(article, reader)
    let_night_fall(reader)
    monkeypatch.setattr(stories, "URGENT", {"article.approve"})
    delivery.send_due(name)
    assert [user for user, _id in side.received()] == [reader.pk]


def test_who_erases_themselves_in_the_middle_of_a_batch_holds_up_nobody(
    name: str, side: OtherSide, article: Article, monkeypatch: pytest.MonkeyPatch
):
    first, gone, last = (follower(article, side) for _ in range(3))
    waiting(article, first, gone, last)
    monkeypatch.setattr(delivery, "FRESH_SECONDS", 0)
    monkeypatch.setattr(delivery, "FRESH_TIMES", 0)
    send = CHANNELS[name].send

    def send_and_see_somebody_go(channel: Channel, person: User, deliveries: list[Delivery]) -> None:
        send(channel, person, deliveries)
        User.objects.filter(pk=gone.pk).delete()

    monkeypatch.setattr(CHANNELS[name], "send", send_and_see_somebody_go)
    delivery.send_due(name)
    assert [user for user, _id in side.received()] == [first.pk, last.pk]


def test_large_bundles_are_looked_up_a_few_at_a_time_and_whole(
    name: str, side: OtherSide, article: Article, monkeypatch: pytest.MonkeyPatch
):
    readers = [follower(article, side, Rhythm.DAILY) for _ in range(3)]
    for one in (article, make_article(community=article.community)):
        waiting(one, *readers)
    make_due(name)
    monkeypatch.setattr(claims, "MOST_BUNDLED", 4)
    looked_up = claims.due(name, 250)
    assert [len(bundle.deliveries) for bundle in looked_up] == [2, 2]
    delivery.send_due(name)
    assert sorted(user for user, _id in side.received()) == sorted(reader.pk for reader in readers)
