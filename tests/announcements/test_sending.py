"""An announcement goes down: to exactly those that were counted, once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from activity.models import Activity
from announcements import actions
from announcements.models import Announcement, Receipt
from announcements.verbs import SEND, WITHDRAW
from communities.models import Kind, Membership
from moderation.errors import TransitionRefused
from moderation.states import Status
from notifications import audiences, fanout
from notifications.announcing import recipients
from notifications.models import Delivery, Notification, Rhythm, Story, Subscription
from tests.factories import (
    LOMBOK_TENGAH,
    MUSI_BANYUASIN,
    SUMATERA_SELATAN,
    TOMAN,
    make_announcement,
    make_community,
    make_member,
    make_officer,
    make_user,
    region,
)

pytestmark = pytest.mark.django_db
SUKARARA = "52.02.02.2010"


@pytest.fixture
def network() -> dict[str, User]:
    """People at both ends of the nation; two of them belong to two communities."""
    here, arts = make_community(), make_community(kind=Kind.TRADITIONAL_MEDIA)
    there = make_community(village=SUKARARA)
    both = make_member(here)
    for community in (arts, there):
        make_member(community, user=both)
    asking = make_user("Peminta")
    Membership.objects.create(community=here, user=asking)
    return {
        "manager": here.created_by,
        "artist": arts.created_by,
        "both": both,
        "manager there": there.created_by,
        "asking": asking,
        "of a suspended one": make_member(make_community(Status.SUSPENDED)),
        "reader": make_user("Pembaca", home_region_id=TOMAN),
        "reader there": make_user("Pembaca", home_region_id=SUKARARA),
        "follower": Subscription.objects.create(user=make_user(), region=region(TOMAN)).user,
        "follower of one": Subscription.objects.create(user=make_user(), community=here).user,
        "follower above": Subscription.objects.create(user=make_user(), region=region("16")).user,
        "gone": make_user("Pergi", home_region_id=TOMAN, is_active=False),
    }


def send(announcement: Announcement) -> Announcement:
    """As the office's page does: counted, sent, fanned out."""
    officer = announcement.created_by
    people = recipients(announcement, by=officer).count()
    sent = actions.send(announcement, by=officer, people=people)
    fanout.fan_out(Activity.objects.get(verb=SEND).pk, window_size=2)
    return sent


def told(network: dict[str, User]) -> set[str]:
    names = {person.pk: name for name, person in network.items()}
    return {names[pk] for pk in Notification.objects.values_list("recipient_id", flat=True)}


MEMBERS = {"manager", "artist", "both"}
CASES: list[tuple[str | None, dict[str, Any], set[str]]] = [
    (MUSI_BANYUASIN, {}, MEMBERS),
    (MUSI_BANYUASIN, {"kinds": [Kind.TRADITIONAL_MEDIA]}, {"artist", "both"}),
    (MUSI_BANYUASIN, {"kinds": [Kind.KIM, Kind.TRADITIONAL_MEDIA]}, MEMBERS),
    (SUMATERA_SELATAN, {"places": ["16.07"]}, set()),
    (None, {}, MEMBERS | {"manager there"}),
    (None, {"places": ["52", "16.06.06"]}, MEMBERS | {"manager there"}),
    (None, {"places": [LOMBOK_TENGAH]}, {"both", "manager there"}),
    (MUSI_BANYUASIN, {"audience": "readers"}, MEMBERS | {"reader", "follower", "follower of one"}),
    (LOMBOK_TENGAH, {"audience": "readers"}, {"both", "manager there", "reader there"}),
    (
        None,
        {"audience": "readers"},
        MEMBERS
        | {"manager there", "reader", "reader there", "follower", "follower of one", "follower above"},
    ),
]


@pytest.mark.parametrize(("code", "fields", "expected"), CASES)
def test_those_are_told_who_were_counted(network, code, fields, expected):
    draft = make_announcement(code, sent=False, **fields)
    counted = recipients(draft, by=draft.created_by)
    assert counted.count() == len(expected)
    if not expected:
        with pytest.raises(TransitionRefused):
            send(draft)
        return
    sent = send(draft)
    assert told(network) == expected
    assert Notification.objects.count() == sent.people == len(expected)


def test_it_keeps_how_many_communities_it_went_to(network):
    assert send(make_announcement(sent=False)).communities == 2
    assert Story.objects.get().kind == "announcement"


def test_who_sends_it_is_not_told_by_the_portal(network):
    draft = make_announcement(sent=False, by=make_officer())
    make_member(make_community(), user=draft.created_by)
    send(draft)
    assert not Notification.objects.filter(recipient=draft.created_by).exists()


def test_members_hear_at_once_and_followers_in_their_own_rhythm(network):
    Subscription.objects.update(rhythm=Rhythm.WEEKLY)
    send(make_announcement(sent=False, audience="readers"))
    bundles = dict(Delivery.objects.values_list("notification__recipient", "bundle"))
    assert bundles[network["manager"].pk] == ""
    assert bundles[network["reader"].pk] == ""
    assert bundles[network["follower"].pk] == "weekly"


def test_sending_twice_is_sending_once(network):
    draft = make_announcement(sent=False)
    first = send(draft)
    again = actions.send(draft, by=draft.created_by, people=99)
    assert (again.sent_at, again.people) == (first.sent_at, 3)
    assert Activity.objects.filter(verb=SEND).count() == 1


@pytest.mark.usefixtures("committed_db")
def test_two_clicks_at_the_same_moment_are_one():
    make_community()
    draft = make_announcement(sent=False)

    def click(_number: int) -> Any:
        try:
            return actions.send(Announcement.objects.get(pk=draft.pk), by=draft.created_by, people=1).sent_at
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        moments = set(threads.map(click, range(4)))
    assert len(moments) == 1
    assert Activity.objects.filter(verb=SEND).count() == 1


def test_what_was_sent_is_not_changed():
    sent = make_announcement()
    sent.title = "Lain sama sekali"
    with pytest.raises(TransitionRefused):
        actions.save_draft(sent, by=sent.created_by)
    with pytest.raises(TransitionRefused):
        actions.discard_draft(sent, by=sent.created_by)
    assert Announcement.objects.get().title != "Lain sama sekali"


def test_one_whose_last_day_is_over_is_not_sent(network):
    draft = make_announcement(sent=False, valid_until=timezone.localdate() - timedelta(days=1))
    with pytest.raises(TransitionRefused):
        send(draft)
    assert Activity.objects.count() == 0


def test_withdrawn_in_the_middle_nobody_else_is_told(network):
    draft = make_announcement(sent=False)
    actions.send(draft, by=draft.created_by, people=3)
    sending = Activity.objects.get(verb=SEND)
    assert fanout._next_window(sending.pk, 1)
    actions.withdraw(draft, by=draft.created_by, reason="Tanggalnya keliru.")
    fanout.fan_out(sending.pk)
    assert Notification.objects.count() == 1
    sending.refresh_from_db()
    assert sending.fanned_out_at is not None


def test_withdrawing_needs_a_reason_and_happens_once():
    announcement = make_announcement()
    with pytest.raises(TransitionRefused):
        actions.withdraw(announcement, by=announcement.sent_by, reason="  ")
    first = actions.withdraw(announcement, by=announcement.sent_by, reason="Tanggalnya keliru.")
    again = actions.withdraw(announcement, by=announcement.sent_by, reason="Lain lagi.")
    assert again.withdrawal_reason == "Tanggalnya keliru."
    assert again.withdrawn_at == first.withdrawn_at
    assert Activity.objects.filter(verb=WITHDRAW).count() == 1


def test_a_draft_is_thrown_away_and_not_withdrawn():
    draft = make_announcement(sent=False)
    with pytest.raises(TransitionRefused):
        actions.withdraw(draft, by=draft.created_by, reason="Salah.")
    actions.discard_draft(draft, by=draft.created_by)
    assert Announcement.objects.count() == 0


def test_confirming_twice_is_one_receipt_of_the_first_time(network):
    announcement = make_announcement()
    first = actions.confirm_reading(announcement, by=network["both"])
    actions.confirm_reading(announcement, by=network["both"])
    assert Receipt.objects.get().read_at == first.read_at


def test_the_inbox_leads_to_it_for_as_long_as_it_may_be_read(network):
    announcement = send(make_announcement(sent=False, title="Imunisasi serentak"))
    member = network["artist"]
    client = Client()
    client.force_login(member)

    def shown() -> bool:
        return "Imunisasi serentak" in client.get(reverse("notifications:inbox")).content.decode()

    assert shown()
    notification = Notification.objects.get(recipient=member)
    opened = client.get(reverse("notifications:open", args=[notification.pk]))
    assert opened.url == announcement.get_absolute_url()
    assert Receipt.objects.count() == 0
    Membership.objects.filter(user=member).update(ended_at=timezone.now(), ended_by=member)
    assert not shown()


def test_a_mail_that_waits_is_not_sent_once_it_is_withdrawn(network):
    announcement = send(make_announcement(sent=False))
    sending = Activity.objects.get(verb=SEND)
    member = network["manager"]
    assert audiences.rhythm_of(sending, member) == Rhythm.AT_ONCE
    actions.withdraw(announcement, by=announcement.sent_by, reason="Keliru.")
    assert audiences.rhythm_of(Activity.objects.get(pk=sending.pk), member) is None
