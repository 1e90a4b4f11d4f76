"""How long offices usually take."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from communities.models import Community
from moderation import durations
from moderation.states import Status
from tests.factories import LOMBOK_TENGAH, MUSI_BANYUASIN, make_community

pytestmark = pytest.mark.django_db


def _decided(days: float, *, ago: float = 1, status: str = Status.APPROVED) -> Community:
    at = timezone.now() - timedelta(days=ago)
    times = {"submitted_at": at - timedelta(days=days), "decided_at": at, "decided_by": None}
    community = make_community(status)
    times["decided_by"] = community.created_by
    if status == Status.APPROVED:
        times["verified_at"] = at
    Community.objects.filter(pk=community.pk).update(**times)
    return community


def _usual(code: str | None = MUSI_BANYUASIN) -> timedelta | None:
    return durations.usual(Community.objects.all(), "verified_at", code, timezone.now())


def test_it_is_the_middle_of_what_was_decided():
    for days in (1, 2, 30):
        _decided(days)
    assert _usual() == timedelta(days=2)


def test_a_return_and_a_refusal_are_decisions_too():
    for days, status in ((1, Status.RETURNED), (3, Status.REJECTED), (5, Status.APPROVED)):
        _decided(days, status=status)
    assert _usual() == timedelta(days=3)


def test_of_too_few_nothing_is_said():
    _decided(1)
    _decided(2)
    assert _usual() is None


def test_what_is_long_ago_or_elsewhere_does_not_count():
    for _number in range(3):
        _decided(1)
        _decided(9, ago=100)
    assert _usual() == timedelta(days=1)
    assert _usual(LOMBOK_TENGAH) is None


def test_a_suspension_of_what_was_public_is_no_decision_of_this_kind():
    for days in (1, 2, 3):
        _decided(days)
    Community.objects.update(status=Status.SUSPENDED)
    assert _usual() is None
