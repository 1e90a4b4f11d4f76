"""When and by which bundle something leaves the portal, on the clock of each person."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest
from django.utils import timezone

import activity.actions
import complaints.actions
from accounts.models import User
from activity.models import Activity
from articles.models import Article
from complaints.models import Case
from moderation.states import Status
from notifications import fanout, stories
from notifications.models import Delivery, Notification, Preferences, Rhythm, Story, Subscription
from tests.factories import LOMBOK_TENGAH, make_article, make_officer, make_user, region
from tests.notifications.crowd import publish

pytestmark = pytest.mark.django_db

# A Wednesday, 14.30 WIB.
NOW = datetime(2026, 11, 18, 7, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.fixture
def article() -> Article:
    return make_article()


def reader(article: Article, rhythm: Rhythm = Rhythm.AT_ONCE, **wishes: object) -> User:
    """Somebody who follows the community of the article."""
    home = wishes.pop("home", None)
    user = make_user(home_region=region(home) if isinstance(home, str) else None)
    Subscription.objects.create(user=user, community=article.community, rhythm=rhythm)
    if wishes:
        Preferences.objects.create(user=user, **wishes)
    return user


def tell(article: Article, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    recorded = publish(article)
    monkeypatch.setattr(timezone, "now", lambda: now)
    fanout.fan_out(recorded.pk)


def due(user: User) -> tuple[str, str]:
    """The bundle of the one delivery, and when it is due on the clock of Jakarta."""
    own = Delivery.objects.get(recipient=user)
    return own.bundle, f"{timezone.localtime(own.due_at, region('16').zone):%a %H.%M}"


def test_what_is_told_at_once_is_due_now(article: Article, monkeypatch: pytest.MonkeyPatch):
    user = reader(article)
    tell(article, NOW, monkeypatch)
    assert due(user) == ("", "Wed 14.30")


def test_who_wants_nothing_to_leave_the_portal_finds_it_in_the_inbox(
    article: Article, monkeypatch: pytest.MonkeyPatch
):
    user = reader(article, Rhythm.OFF)
    tell(article, NOW, monkeypatch)
    assert Notification.objects.filter(recipient=user).count() == 1
    assert not Delivery.objects.filter(recipient=user).exists()


@pytest.mark.parametrize(
    ("rhythm", "hour", "moment", "expected"),
    [
        (Rhythm.DAILY, 17, NOW, ("daily", "Wed 17.00")),
        (Rhythm.DAILY, 14, NOW, ("daily", "Thu 14.00")),
        (Rhythm.DAILY, 17, datetime(2026, 11, 18, 10, 0, tzinfo=UTC), ("daily", "Thu 17.00")),
        (Rhythm.WEEKLY, 17, NOW, ("weekly", "Sun 17.00")),
        (Rhythm.WEEKLY, 17, datetime(2026, 11, 22, 9, 59, tzinfo=UTC), ("weekly", "Sun 17.00")),
        (Rhythm.WEEKLY, 17, datetime(2026, 11, 22, 10, 1, tzinfo=UTC), ("weekly", "Sun 17.00")),
        (Rhythm.WEEKLY, 0, datetime(2026, 11, 21, 16, 59, tzinfo=UTC), ("weekly", "Sun 00.00")),
    ],
)
def test_a_digest_is_due_at_the_next_hour_of_its_reader(  # noqa: PLR0917
    article: Article,
    monkeypatch: pytest.MonkeyPatch,
    rhythm: Rhythm,
    hour: int,
    moment: datetime,
    expected: tuple[str, str],
):
    user = reader(article, rhythm, digest_hour=hour)
    tell(article, moment, monkeypatch)
    assert due(user) == expected
    assert Delivery.objects.get(recipient=user).due_at > moment


def test_a_digest_of_next_week_is_not_due_this_sunday(article: Article, monkeypatch: pytest.MonkeyPatch):
    user = reader(article, Rhythm.WEEKLY)
    tell(article, datetime(2026, 11, 22, 10, 1, tzinfo=UTC), monkeypatch)
    assert Delivery.objects.get(recipient=user).due_at == datetime(2026, 11, 29, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("wishes", "expected"),
    [
        ({}, "Wed 17.00"),
        ({"home": LOMBOK_TENGAH}, "Wed 16.00"),
        ({"home": LOMBOK_TENGAH, "time_zone": "Asia/Jayapura"}, "Wed 15.00"),
    ],
)
def test_the_clock_is_the_chosen_one_else_that_of_the_home_region_else_wib(
    article: Article, monkeypatch: pytest.MonkeyPatch, wishes, expected
):
    user = reader(article, Rhythm.DAILY, **wishes)
    tell(article, NOW, monkeypatch)
    assert due(user) == ("daily", expected)


@pytest.mark.parametrize(
    ("begin", "end", "expected"),
    [
        (time(21), time(5), "Wed 14.30"),
        (time(13), time(15), "Wed 15.00"),
        (time(14, 30), time(15), "Wed 15.00"),
        (time(13), time(14, 30), "Wed 14.30"),
        (time(14), time(5), "Thu 05.00"),
        (time(23), time(16), "Wed 16.00"),
    ],
)
def test_what_falls_into_quiet_hours_waits_for_their_end(
    article: Article, monkeypatch: pytest.MonkeyPatch, begin, end, expected
):
    user = reader(article, quiet_from=begin, quiet_until=end)
    tell(article, NOW, monkeypatch)
    assert due(user) == ("", expected)


def test_a_digest_keeps_quiet_hours_too(article: Article, monkeypatch: pytest.MonkeyPatch):
    user = reader(article, Rhythm.DAILY, quiet_from=time(16), quiet_until=time(20))
    tell(article, NOW, monkeypatch)
    assert due(user) == ("daily", "Wed 20.00")


def test_what_is_urgent_waits_for_nothing(article: Article, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(stories, "URGENT", {"article.approve"})
    user = reader(article, Rhythm.WEEKLY, quiet_from=time(13), quiet_until=time(20))
    tell(article, NOW, monkeypatch)
    assert due(user) == ("", "Wed 14.30")


def test_one_person_with_many_reasons_has_one_row_and_the_strongest_rhythm(
    article: Article, monkeypatch: pytest.MonkeyPatch
):
    user = reader(article, Rhythm.WEEKLY)
    for code, rhythm in zip(article.region.ancestor_codes, [0, 1, 2, 0], strict=True):
        Subscription.objects.create(user=user, region=region(code), rhythm=rhythm)
    tell(article, NOW, monkeypatch)
    assert Notification.objects.filter(recipient=user).count() == 1
    assert due(user) == ("daily", "Wed 17.00")


def test_the_story_is_written_once(article: Article, monkeypatch: pytest.MonkeyPatch):
    for _ in range(3):
        reader(article)
    recorded = publish(article)
    fanout.fan_out(recorded.pk, window_size=1)
    assert list(Story.objects.values_list("activity", "kind", "thread")) == [
        (recorded.pk, "news", f"news:community:{article.community_id}")
    ]


def officer_since_long() -> User:
    officer = make_officer()
    officer.postings.update(started_at=NOW.replace(year=2020))
    return officer


def submit(now: datetime, monkeypatch: pytest.MonkeyPatch) -> Article:
    from django.db import transaction

    monkeypatch.setattr(timezone, "now", lambda: now)
    item = make_article(Status.SUBMITTED)
    with transaction.atomic():
        recorded = activity.actions.record("article.submit", item, by=item.created_by, region=item.region)
    fanout.fan_out(recorded.pk)
    return item


def test_an_officer_hears_of_the_desk_at_once_and_then_at_most_once_an_hour(monkeypatch: pytest.MonkeyPatch):
    officer = officer_since_long()
    for minute in (0, 10, 59):
        submit(NOW.replace(hour=8, minute=minute), monkeypatch)
    submit(NOW.replace(hour=9, minute=30), monkeypatch)
    submit(NOW.replace(hour=12, minute=0), monkeypatch)
    own = Delivery.objects.filter(recipient=officer).order_by("pk")
    assert [(row.bundle, f"{row.due_at:%H.%M}") for row in own] == [
        ("desk", "08.00"),
        ("desk", "09.00"),
        ("desk", "09.00"),
        ("desk", "10.00"),
        ("desk", "12.00"),
    ]


def test_once_it_is_decided_nobody_reads_any_more_that_something_was_reported():
    officer, item = officer_since_long(), make_article()
    complaints.actions.report(item, rule="untrue")
    opened = Activity.objects.get(verb="report.open")
    fanout.fan_out(opened.pk)
    assert Notification.objects.unread().filter(recipient=officer).count() == 1
    complaints.actions.decide(Case.objects.get(), "kept", by=officer, words="Sumbernya ada.")
    fanout.fan_out(Activity.objects.get(verb="report.decide").pk)
    assert Notification.objects.unread().filter(recipient=officer).count() == 0


@pytest.mark.parametrize("verb", ["article.approve", "article.return", "article.withdraw"])
def test_what_is_off_the_desk_is_read(monkeypatch: pytest.MonkeyPatch, verb: str):
    from django.db import transaction

    officer = officer_since_long()
    first, second = submit(NOW, monkeypatch), submit(NOW, monkeypatch)
    with transaction.atomic():
        recorded = activity.actions.record(verb, first, by=None, region=first.region)
    fanout.fan_out(recorded.pk)
    waiting = Notification.objects.unread().filter(recipient=officer)
    assert [row.activity.target for row in waiting] == [second]
