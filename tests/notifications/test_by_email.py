"""Following without an account: asked for, confirmed, managed and erased by e-mail alone."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings as portal
from django.core import mail, signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import moderation.actions
from accounts.models import User
from communities.models import Community
from mailing import sending
from notifications import actions, addresses, fanout, manage_link, requests
from notifications.models import (
    AddressStop,
    Delivery,
    FollowRequest,
    Kind,
    KindStop,
    Mute,
    Notification,
    Rhythm,
    Subscription,
)
from notifications.things import Thing
from tests.factories import (
    MUSI_BANYUASIN,
    PASSWORD,
    make_article,
    make_community,
    make_officer,
    make_user,
    region,
)
from tests.notifications.crowd import publish

pytestmark = pytest.mark.django_db

SITI = "siti@contoh.example"


@pytest.fixture
def community() -> Community:
    return make_community(name="KIM Surya Gambo")


def ask(client: Client, thing: Thing, email: str = SITI):
    return client.post(thing.path("follow"), {"email": email})


def link_of(message: mail.EmailMultiAlternatives) -> str:
    [path] = re.findall(r"/pemberitahuan/surel/ikuti/\S+", str(message.body))
    return path


def without_token(html: str) -> str:
    return re.sub(r'csrfmiddlewaretoken" value="[^"]+"', "", html.split("<main")[1])


def follower(community: Community) -> User:
    return requests.confirm(FollowRequest.objects.create(email=SITI, community=community))


def test_an_address_follows_once_its_owner_has_pressed_the_button(client: Client, community: Community):
    assert ask(client, Thing(community=community), " SITI@Contoh.example ").status_code == 200
    assert not User.objects.filter(email=SITI).exists()
    assert sending.send_due() == 1
    [message] = mail.outbox
    assert message.to == [SITI]
    path = link_of(message)
    assert client.get(path).status_code == 200
    assert not User.objects.filter(email=SITI).exists()
    response = client.post(path)
    user = User.objects.get(email=SITI)
    assert response["Location"] == reverse("notifications:manage", args=[manage_link.token_for(user)])
    assert (user.is_staged, user.is_active, user.has_usable_password()) == (True, True, False)
    assert list(user.subscriptions.values_list("community", "rhythm")) == [(community.pk, Rhythm.AT_ONCE)]
    assert list(user.consents.values_list("document", flat=True)) == ["privacy"]
    assert not FollowRequest.objects.exists()
    assert client.post(path).status_code == 410


def test_the_mail_is_sent_once(client: Client, community: Community):
    ask(client, Thing(community=community))
    assert [sending.send_due(), sending.send_due()] == [1, 0]
    assert len(mail.outbox) == 1


def test_regions_and_categories_are_followed_too_each_day(client: Client):
    for thing in (Thing(region=region("16")), Thing(region=region(MUSI_BANYUASIN), category="health")):
        ask(client, thing)
    sending.send_due()
    for message in mail.outbox:
        client.post(link_of(message))
    own = User.objects.get(email=SITI).subscriptions.order_by("pk")
    assert list(own.values_list("region", "category", "rhythm")) == [
        ("16", "", Rhythm.DAILY),
        (MUSI_BANYUASIN, "health", Rhythm.DAILY),
    ]


def test_the_answer_and_the_mail_are_the_same_for_an_address_that_is_known(
    client: Client, community: Community
):
    make_user(email=SITI)
    unknown = "baru1@contoh.example"
    answers = [ask(client, Thing(community=community), email) for email in (SITI, unknown)]
    known_html, unknown_html = (without_token(answer.content.decode()) for answer in answers)
    assert known_html.replace(SITI, "") == unknown_html.replace(unknown, "")
    sending.send_due()
    assert len({message.subject for message in mail.outbox}) == 1


def test_who_has_an_account_follows_with_it(client: Client, community: Community):
    user = make_user(email=SITI)
    ask(client, Thing(community=community))
    sending.send_due()
    response = client.post(link_of(mail.outbox[0]))
    assert response["Location"] == community.get_absolute_url()
    assert list(Subscription.objects.values_list("user", flat=True)) == [user.pk]
    user.refresh_from_db()
    assert user.is_staged is False


def test_what_was_withdrawn_meanwhile_is_neither_mailed_nor_confirmed(client: Client, community: Community):
    ask(client, Thing(community=community))
    sending.send_due()
    ask(client, Thing(community=community), "rina@contoh.example")
    suspend(community)
    assert sending.send_due() == 0
    assert client.get(link_of(mail.outbox[0])).status_code == 410
    assert client.post(link_of(mail.outbox[0])).status_code == 410
    assert Subscription.objects.count() == 0


def suspend(community: Community) -> None:
    moderation.actions.move(community, "suspend", by=make_officer(), reason="Sedang diperiksa.")


def test_a_closed_account_is_not_told_that_it_follows(client: Client, community: Community):
    make_user(email=SITI, is_active=False)
    ask(client, Thing(community=community))
    sending.send_due()
    assert client.post(link_of(mail.outbox[0])).status_code == 410
    assert Subscription.objects.count() == 0


@pytest.mark.parametrize("email", ["", "siti", "siti@", "a" * 250 + "@contoh.example", "a\0b@contoh.example"])
def test_what_is_no_address_is_asked_again(client: Client, community: Community, email: str):
    assert ask(client, Thing(community=community), email).status_code == 422
    assert not FollowRequest.objects.exists()


def test_one_address_gets_so_many_mails_a_day_and_the_answer_stays_the_same(
    client: Client, community: Community, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(requests, "MOST_OF_ADDRESS", 2)
    assert [ask(client, Thing(community=community)).status_code for _ in range(4)] == [200] * 4
    ask(client, Thing(community=community), "lain@contoh.example")
    assert FollowRequest.objects.filter(email=SITI).count() == 2
    assert FollowRequest.objects.count() == 3


def test_a_network_is_limited_only_where_a_training_room_would_not_come(
    client: Client, community: Community, monkeypatch: pytest.MonkeyPatch
):
    assert requests.MOST_OF_NETWORK >= 500
    monkeypatch.setattr(requests, "MOST_OF_NETWORK", 2)
    asked = [ask(client, Thing(community=community), f"orang{number}@contoh.example") for number in range(3)]
    assert [answer.status_code for answer in asked] == [200, 200, 429]


def test_behind_a_proxy_each_network_has_a_limit_of_its_own(
    client: Client, community: Community, monkeypatch: pytest.MonkeyPatch, settings
):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    monkeypatch.setattr(requests, "MOST_OF_NETWORK", 1)
    path = Thing(community=community).path("follow")
    answers = [
        client.post(path, {"email": SITI}, REMOTE_ADDR="", headers={"X-Forwarded-For": address}).status_code
        for address in ("203.0.113.1", "203.0.113.2", "203.0.113.1", "198.51.100.9, 203.0.113.1")
    ]
    assert answers == [200, 200, 429, 429]


def test_links_that_are_not_ours_or_too_old_confirm_nothing(
    client: Client, community: Community, monkeypatch: pytest.MonkeyPatch
):
    asked = FollowRequest.objects.create(email=SITI, community=community)
    token = requests.token_for(asked)
    FollowRequest.objects.update(created_at=timezone.now() - timedelta(days=3, minutes=1))
    for wrong in (token, token[:-1], f"{asked.pk}", signing.TimestampSigner(salt="x").sign(str(asked.pk))):
        assert client.post(reverse("notifications:confirm", args=[wrong])).status_code == 410
    assert not User.objects.filter(email=SITI).exists()


def test_what_nobody_confirms_is_forgotten(community: Community):
    old, fresh = (FollowRequest.objects.create(email=SITI, community=community) for _ in range(2))
    FollowRequest.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=4))
    assert requests.forget_old() == 1
    assert list(FollowRequest.objects.all()) == [fresh]


def test_a_follower_without_an_account_is_told_and_mailed(community: Community):
    siti = follower(community)
    recorded = publish(make_article(community=community))
    fanout.fan_out(recorded.pk)
    assert Notification.objects.filter(recipient=siti).count() == 1
    assert list(Delivery.objects.filter(recipient=siti).values_list("channel", flat=True)) == ["email"]


def test_nobody_signs_in_with_a_staged_account(client: Client, community: Community):
    follower(community)
    client.post(reverse("account_login"), {"login": SITI, "password": ""})
    client.post(reverse("account_reset_password"), {"email": SITI})
    assert "_auth_user_id" not in client.session
    assert all(
        "/akun/" not in str(message.body).split("reset")[0] or SITI in message.to for message in mail.outbox
    )
    assert User.objects.get(email=SITI).has_usable_password() is False


def test_a_forgotten_password_of_a_staged_account_gets_no_link(client: Client, community: Community):
    siti = follower(community)
    client.post(reverse("account_reset_password"), {"email": SITI})
    assert [message.to for message in mail.outbox] == [[SITI]]
    assert f"/{user_pk_to_url_str(siti)}-" not in str(mail.outbox[0].body)


def sign_up(client: Client) -> object:
    form = {"name": "Siti Aminah", "email": SITI, "password1": PASSWORD, "agreed": "on"}
    return client.post(reverse("account_signup"), form)


def test_who_signs_up_with_the_same_address_takes_along_what_they_follow(
    client: Client, community: Community
):
    siti = follower(community)
    sign_up(client)
    siti.refresh_from_db()
    assert (siti.is_staged, siti.has_confirmed_address) == (True, False)
    [message] = mail.outbox
    [path] = re.findall(r"https?://[^/]+(/\S*confirm\S*|/\S*konfirmasi\S*)", message.body)
    client.post(path)
    siti.refresh_from_db()
    assert (siti.is_staged, siti.has_confirmed_address, siti.name) == (False, True, "Siti Aminah")
    assert siti.check_password(PASSWORD)
    assert list(siti.subscriptions.values_list("community", flat=True)) == [community.pk]


def test_until_the_address_is_confirmed_the_mails_go_on(client: Client, community: Community):
    siti = follower(community)
    sign_up(client)
    fanout.fan_out(publish(make_article(community=community)).pk)
    assert Delivery.objects.filter(recipient=siti).count() == 1


def test_signing_up_twice_before_confirming_is_answered_the_same(client: Client, community: Community):
    follower(community)
    first, second = sign_up(client), sign_up(Client())
    assert (first.status_code, first["Location"]) == (second.status_code, second["Location"])
    assert User.objects.filter(email=SITI).count() == 1


@pytest.fixture
def siti(community: Community) -> User:
    return follower(community)


@pytest.fixture
def managing(client: Client, siti: User):
    path = reverse("notifications:manage", args=[manage_link.token_for(siti)])
    return lambda **data: client.post(path, data) if data else client.get(path)


def test_the_page_of_the_link_shows_what_is_followed(managing, siti: User):
    html = managing().content.decode().split("<main")[1]
    assert "KIM Surya Gambo" in html
    assert SITI in html


def test_rhythm_leaving_and_muting_need_no_sign_in(managing, siti: User):
    own = siti.subscriptions.get()
    managing(do="rhythm", pk=own.pk, rhythm=int(Rhythm.WEEKLY))
    own.refresh_from_db()
    assert own.rhythm == Rhythm.WEEKLY
    other = make_community()
    managing(do="mute", pk=other.pk)
    assert list(siti.mutes.values_list("community", flat=True)) == [other.pk]
    managing(do="unmute", pk=siti.mutes.get().pk)
    assert not Mute.objects.exists()
    managing(do="unfollow", pk=own.pk)
    assert not siti.subscriptions.exists()


@pytest.mark.parametrize("do", ["rhythm", "unfollow", "unmute"])
def test_a_link_changes_nothing_of_others(managing, do: str):
    reader = make_user()
    other = actions.follow(reader, community=make_community())
    actions.mute(reader, make_community())
    pk = reader.mutes.get().pk if do == "unmute" else other.pk
    assert managing(do=do, pk=pk, rhythm=0).status_code == 404
    other.refresh_from_db()
    assert (other.rhythm, reader.mutes.count()) == (Rhythm.AT_ONCE, 1)


def test_what_was_ended_by_a_mail_is_shown_and_begins_again(managing, siti: User):
    Subscription.objects.update(by_email=False)
    KindStop.objects.create(user=siti, kind=Kind.NEWS)
    shown = managing().content.decode()
    assert shown.count('<option value="0" selected>') == 1
    managing(do="rhythm", pk=siti.subscriptions.get().pk, rhythm=int(Rhythm.DAILY))
    managing(do="kind", pk=siti.kind_stops.get().pk)
    own = siti.subscriptions.get()
    assert (own.rhythm, own.by_email, siti.kind_stops.count()) == (Rhythm.DAILY, True, 0)


def test_who_confirms_anew_gets_mails_anew(siti: User, community: Community):
    Subscription.objects.update(by_email=False, rhythm=Rhythm.OFF)
    follower(community)
    own = siti.subscriptions.get()
    assert (own.rhythm, own.by_email) == (Rhythm.AT_ONCE, True)


def test_nonsense_changes_nothing(managing, siti: User):
    assert managing(do="sulap").status_code == 302
    assert managing(do="unfollow", pk="9" * 40).status_code == 404
    assert siti.subscriptions.count() == 1


def test_an_erased_address_leaves_nothing_and_its_link_is_dead(managing, siti: User, community: Community):
    fanout.fan_out(publish(make_article(community=community)).pk)
    FollowRequest.objects.create(email=SITI, region=region("16"))
    addresses.refused(SITI, "452 4.2.2 mailbox full")
    assert managing(do="erase").status_code == 200
    assert not AddressStop.objects.exists()
    assert not User.objects.filter(email=SITI).exists()
    assert not FollowRequest.objects.exists()
    assert not Delivery.objects.filter(recipient_id=siti.pk).exists()
    assert not Notification.objects.filter(recipient_id=siti.pk).exists()
    assert managing().status_code == 404


def test_the_link_of_somebody_with_an_account_leads_to_the_settings(client: Client):
    user = make_user()
    response = client.get(reverse("notifications:manage", args=[manage_link.token_for(user)]))
    assert response["Location"] == reverse("notifications:settings")
    assert manage_link.address_for(user) == f"{portal.PORTAL_URL}{reverse('notifications:settings')}"


def test_an_account_is_never_forgotten_by_a_link():
    with pytest.raises(ValueError, match="account"):
        requests.forget(make_user())
