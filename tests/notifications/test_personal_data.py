from __future__ import annotations

import json

import pytest
from django.core.serializers.json import DjangoJSONEncoder

from accounts import actions as account_actions
from accounts import personal_data
from notifications import actions, fanout
from notifications.models import Delivery, FollowRequest, Mute, Notification, Preferences, Subscription
from tests.factories import make_article, make_community, make_user
from tests.notifications.crowd import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader():
    article = make_article()
    reader = make_user("Siti Aminah")
    actions.follow(reader, community=article.community)
    fanout.fan_out(publish(article).pk)
    assert Delivery.objects.filter(notification__recipient=reader).count() == 1
    return reader


def test_a_person_takes_along_what_they_follow_and_were_told(reader):
    exported = json.loads(json.dumps(personal_data.export(reader), cls=DjangoJSONEncoder))
    assert [entry["community__name"] for entry in exported["subscriptions"]] == [
        reader.subscriptions.get().community.name
    ]
    assert [entry["by_email"] for entry in exported["subscriptions"]] == [True]
    assert [entry["verb"] for entry in exported["notifications"]] == ["article.approve"]


def test_a_person_who_goes_leaves_no_subscription_no_notification_and_no_mail(reader):
    account_actions.erase(reader)
    assert not Subscription.objects.filter(user=reader).exists()
    assert not Notification.objects.filter(recipient=reader).exists()
    assert not Delivery.objects.filter(notification__recipient=reader).exists()


def test_mutes_times_and_requests_are_taken_along_and_away(reader):
    actions.mute(reader, make_community(name="KIM Ramai"))
    Preferences.objects.create(user=reader, digest_hour=6)
    FollowRequest.objects.create(email=reader.email, region_id="16")
    exported = json.loads(json.dumps(personal_data.export(reader), cls=DjangoJSONEncoder))
    assert [entry["community__name"] for entry in exported["muted"]] == ["KIM Ramai"]
    assert exported["times"]["digest_hour"] == 6
    assert [entry["region"] for entry in exported["asked_to_follow"]] == ["16"]
    account_actions.erase(reader)
    assert [model.objects.count() for model in (Mute, Preferences, FollowRequest)] == [0, 0, 0]


def test_the_person_beside_keeps_theirs(reader):
    account_actions.erase(make_user())
    assert Notification.objects.filter(recipient=reader).count() == 1
