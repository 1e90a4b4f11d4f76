"""One click of the ministry, a real Redis, a real worker: everybody has it once, with the e-mail due."""

from __future__ import annotations

import time

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from activity.models import Activity
from announcements.models import Announcement
from announcements.verbs import SEND
from common import broker
from notifications.models import Delivery, Notification
from tests.factories import make_announcement, make_community, make_officer
from tests.notifications.crowd import make_crowd

pytestmark = pytest.mark.usefixtures("committed_db")
PATIENCE_SECONDS = 60
MEMBERS = """
INSERT INTO communities_membership (community_id, user_id, role, asked_at, accepted_at, accepted_by_id)
SELECT %s, id, 'member', now(), now(), id FROM accounts_user WHERE password = '!'
"""


def until_told() -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not Activity.objects.filter(verb=SEND, fanned_out_at__isnull=False).exists():
        assert time.monotonic() < deadline, "It was not told."
        time.sleep(0.05)


def test_one_click_tells_everybody_once(settings, monkeypatch, celery_worker_process):
    settings.OFFICE_REQUIRES_MFA = False
    monkeypatch.setattr(broker, "_rest_until", 0.0)
    here, there = make_community(), make_community(village="52.02.02.2010")
    make_crowd(500, wants_email=True)
    with connection.cursor() as cursor:
        for community in (here, there):
            cursor.execute(MEMBERS, [community.pk])
    ministry = make_officer(None)
    draft = make_announcement(None, sent=False, by=ministry)
    celery_worker_process()
    client = Client()
    client.force_login(ministry)
    for _click in range(2):
        client.post(reverse("office:send_announcement", args=[draft.pk]))
    until_told()
    sent = Announcement.objects.get()
    assert (sent.people, sent.communities) == (502, 2)
    assert Notification.objects.count() == 502
    assert Delivery.objects.filter(channel="email", bundle="").count() == 502
