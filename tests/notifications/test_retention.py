"""What was read is kept for 90 days; what was not, for a year."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from notifications import actions, fanout, retention
from notifications.models import Delivery, Notification
from tests.factories import make_article, make_user
from tests.notifications.crowd import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def told() -> list[Notification]:
    """One that is unread, one read for 89 days, and three read for longer."""
    article, reader = make_article(), make_user()
    actions.follow(reader, community=article.community)
    for _ in range(5):
        fanout.fan_out(publish(article).pk)
    rows = list(Notification.objects.filter(recipient=reader).order_by("pk"))
    for row, days in zip(rows[1:], (89, 91, 92, 400), strict=True):
        Notification.objects.filter(pk=row.pk).update(read_at=timezone.now() - timedelta(days=days))
    return rows


@pytest.mark.parametrize("chunk", [1, 2, 100])
def test_what_was_read_90_days_ago_is_taken_away_in_chunks(
    told: list[Notification], monkeypatch: pytest.MonkeyPatch, chunk: int
):
    monkeypatch.setattr(retention, "CHUNK", chunk)
    assert retention.forget_old() == 3
    reader = told[0].recipient
    kept = Notification.objects.filter(recipient=reader).order_by("pk")
    assert list(kept) == told[:2]
    assert Delivery.objects.filter(recipient=reader).count() == 2
    assert retention.forget_old() == 0


def test_a_round_has_an_end(told: list[Notification]):
    before = Notification.objects.count()
    assert retention.forget_old(seconds=0) == 0
    assert Notification.objects.count() == before


@pytest.mark.parametrize("chunk", [1, 2, 100])
def test_what_nobody_read_for_a_year_is_taken_away_and_what_was_read_lately_stays(
    told: list[Notification], monkeypatch: pytest.MonkeyPatch, chunk: int
):
    monkeypatch.setattr(retention, "CHUNK", chunk)
    unread, read_lately, *others = told
    Notification.objects.filter(pk__in=[one.pk for one in others]).update(read_at=None)
    for row, days in zip([unread, read_lately, *others], (366, 366, 800, 366, 364), strict=True):
        Notification.objects.filter(pk=row.pk).update(created_at=timezone.now() - timedelta(days=days))
    assert retention.forget_old() == 3
    kept = Notification.objects.filter(recipient=told[0].recipient).order_by("pk")
    assert list(kept) == [read_lately, others[-1]]
    assert Delivery.objects.filter(recipient=told[0].recipient).count() == 2
    assert retention.forget_old() == 0
