"""The link of each mail that ends such mails: one click, no account, and a way back."""

from __future__ import annotations

import re

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

import activity.actions
from accounts.models import User
from activity.models import Activity
from articles.models import Article
from communities.models import Membership
from moderation.states import Status
from notifications import delivery, fanout, unsubscribe
from notifications.models import Delivery, Kind, KindStop, Rhythm, Subscription, TelegramLink
from tests.factories import (
    MUSI_BANYUASIN,
    TOMAN,
    make_article,
    make_fact_check,
    make_member,
    make_officer,
    make_user,
    region,
)
from tests.notifications.crowd import publish

pytestmark = pytest.mark.django_db

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def article() -> Article:
    return make_article()


@pytest.fixture
def reader(article: Article) -> User:
    user = make_user()
    Subscription.objects.create(user=user, community=article.community)
    Subscription.objects.create(user=user, region=region(TOMAN))
    return user


@pytest.fixture
def browser() -> Client:
    """Whoever opens the link: no account, and no token against forged forms."""
    return Client(enforce_csrf_checks=True)


def told(article: Article) -> Activity:
    recorded = publish(article)
    fanout.fan_out(recorded.pk)
    return recorded


def path_for(user: User) -> str:
    waiting = list(Delivery.objects.filter(recipient=user).select_related("notification").order_by("pk"))
    return f"/pemberitahuan/surel/berhenti/{unsubscribe.token(user.pk, waiting)}/"


def mailed(user: User) -> list[bool]:
    return list(user.subscriptions.order_by("pk").values_list("by_email", flat=True))


def rhythms(user: User) -> list[int]:
    return list(user.subscriptions.order_by("pk").values_list("rhythm", flat=True))


def mails_of(user: User) -> list[str]:
    waiting = Delivery.objects.filter(recipient=user, channel="email", state="waiting")
    return list(waiting.order_by("pk").values_list("bundle", flat=True))


def test_one_click_ends_what_brought_the_mail_and_nothing_else(
    browser: Client, article: Article, reader: User
):
    other = Subscription.objects.create(user=reader, region=region("52.02"))
    told(article)
    response = browser.post(path_for(reader), ONE_CLICK)
    assert response.status_code == 200
    assert mailed(reader) == [False, False, True]
    other.refresh_from_db()
    assert (other.by_email, other.rhythm) == (True, Rhythm.AT_ONCE)
    assert KindStop.objects.count() == 0


def test_the_page_of_one_click_says_what_has_ended(browser: Client, article: Article, reader: User):
    told(article)
    html = browser.post(path_for(reader), ONE_CLICK).content.decode()
    assert str(article.community) in html
    assert 'name="kembali"' in html


def test_a_link_that_is_only_opened_ends_nothing(browser: Client, article: Article, reader: User):
    told(article)
    response = browser.get(path_for(reader))
    assert (response.status_code, response["Cache-Control"].count("no-store")) == (200, 1)
    assert mailed(reader) == [True, True]
    assert browser.head(path_for(reader)).status_code == 200
    assert mailed(reader) == [True, True]


def test_the_button_ends_it_and_the_next_page_takes_it_back(browser: Client, article: Article, reader: User):
    Subscription.objects.filter(region__isnull=False).update(rhythm=Rhythm.DAILY)
    told(article)
    done = browser.post(path_for(reader), follow=True)
    assert mailed(reader) == [False, False]
    [undo] = re.findall(r'name="kembali" value="([^"]+)"', done.content.decode())
    browser.post(path_for(reader), {"kembali": undo})
    assert mailed(reader) == [True, True]
    assert rhythms(reader) == [Rhythm.AT_ONCE, Rhythm.DAILY]


def test_ending_twice_says_the_same_twice(browser: Client, article: Article, reader: User):
    told(article)
    for _ in range(2):
        assert browser.post(path_for(reader), ONE_CLICK).status_code == 200
    assert mailed(reader) == [False, False]


def test_what_was_ended_is_not_sent_though_it_waits(
    browser: Client, article: Article, reader: User, mailoutbox: list
):
    other = Subscription.objects.create(user=make_user(), community=article.community).user
    told(article)
    browser.post(path_for(reader), ONE_CLICK)
    delivery.send_due()
    assert [mail.to for mail in mailoutbox] == [[other.email]]


def test_a_digest_ends_as_a_whole(browser: Client, article: Article, reader: User):
    Subscription.objects.update(rhythm=Rhythm.WEEKLY)
    daily = Subscription.objects.create(user=reader, region=region("52.02"), rhythm=Rhythm.DAILY)
    told(article)
    browser.post(path_for(reader), ONE_CLICK)
    assert mailed(reader) == [False, False, True]
    assert rhythms(reader) == [Rhythm.WEEKLY, Rhythm.WEEKLY, daily.rhythm]


def test_what_is_ended_by_e_mail_comes_by_other_ways_as_before(
    browser: Client, article: Article, reader: User, settings
):
    settings.TELEGRAM_BOT_TOKEN, settings.TELEGRAM_BOT_NAME = "1:token", "kim_bot"
    TelegramLink.objects.create(user=reader, chat_id=7)
    told(article)
    browser.post(path_for(reader), ONE_CLICK)
    told(article)
    channels = Delivery.objects.filter(recipient=reader).order_by("pk").values_list("channel", flat=True)
    assert list(channels) == ["email", "telegram", "telegram"]
    assert reader.notifications.count() == 2


def test_what_else_is_followed_is_mailed_in_its_own_rhythm(article: Article, reader: User):
    community, around = reader.subscriptions.order_by("pk")
    Subscription.objects.filter(pk=community.pk).update(by_email=False)
    Subscription.objects.filter(pk=around.pk).update(rhythm=Rhythm.WEEKLY)
    told(article)
    assert mails_of(reader) == ["weekly"]


def test_a_link_of_what_is_not_followed_any_more_ends_nothing_else(
    browser: Client, article: Article, reader: User
):
    other = Subscription.objects.create(user=reader, region=region("52.02"))
    told(article)
    reader.subscriptions.exclude(pk=other.pk).delete()
    page = browser.post(path_for(reader), ONE_CLICK)
    assert page.status_code == 200
    assert (mailed(reader), KindStop.objects.count()) == ([True], 0)


def test_a_manager_who_follows_too_gets_no_more_mail_of_it_either(browser: Client, article: Article):
    manager = make_member(article.community, role=Membership.Role.MANAGER)
    Subscription.objects.create(user=manager, community=article.community)
    told(article)
    browser.post(path_for(manager), ONE_CLICK)
    before = len(mails_of(manager))
    told(article)
    assert (before, len(mails_of(manager))) == (1, 1)


def test_e_mail_of_one_subscription_comes_again_by_a_button_of_the_settings(article: Article, reader: User):
    one = reader.subscriptions.order_by("pk")[0]
    Subscription.objects.filter(pk=one.pk).update(by_email=False)
    signed_in = Client()
    signed_in.force_login(reader)
    path = reverse("notifications:by_email", args=[one.pk])
    assert signed_in.get("/pemberitahuan/langganan/").content.decode().count(path) == 1
    assert signed_in.post(path, {"wanted": "1"}).status_code == 302
    assert mailed(reader) == [True, True]
    stranger = Client()
    stranger.force_login(make_user())
    assert stranger.post(path, {"wanted": "0"}).status_code == 404
    assert mailed(reader) == [True, True]


def test_what_nobody_follows_ends_by_its_kind(browser: Client, article: Article):
    writer = article.created_by
    article.decided_by = make_officer()
    article.save()
    told(article)
    browser.post(path_for(writer), ONE_CLICK)
    assert list(KindStop.objects.values_list("user", "kind")) == [(writer.pk, Kind.NEWS)]
    another = make_article(community=article.community)
    another.decided_by = article.decided_by
    another.save()
    told(another)
    assert Delivery.objects.filter(recipient=writer).count() == 1


@pytest.mark.parametrize("of_office", ["", MUSI_BANYUASIN])
def test_who_hears_of_a_fact_check_by_following_goes_on_getting_other_news(browser: Client, of_office: str):
    reader, check = make_user(), make_fact_check(of_office=of_office)
    around = Subscription.objects.create(user=reader, region=region(MUSI_BANYUASIN))
    elsewhere = Subscription.objects.create(user=reader, region=region("52.02"))
    with transaction.atomic():
        recorded = activity.actions.record("factcheck.approve", check, by=None, region=check.region)
    fanout.fan_out(recorded.pk)
    browser.post(path_for(reader), ONE_CLICK)
    assert dict(reader.subscriptions.values_list("pk", "by_email")) == {around.pk: False, elsewhere.pk: True}
    assert KindStop.objects.count() == 0


def test_the_note_of_the_desk_ends_by_its_kind(browser: Client):
    officer = make_officer()
    item = make_article(Status.SUBMITTED)
    with transaction.atomic():
        recorded = activity.actions.record("article.submit", item, by=item.created_by, region=item.region)
    fanout.fan_out(recorded.pk)
    browser.post(path_for(officer), ONE_CLICK)
    assert list(KindStop.objects.values_list("user", "kind")) == [(officer.pk, Kind.DESK)]


def test_a_forged_link_is_not_there(browser: Client, article: Article, reader: User):
    told(article)
    forged = path_for(reader).replace(f"/{reader.pk}-", f"/{article.created_by_id}-")
    assert browser.post(forged, ONE_CLICK).status_code == 404
    assert browser.get(forged).status_code == 404
    assert browser.post(path_for(reader), {"kembali": "anything"}).status_code == 404
    assert mailed(reader) == [True, True]


def test_the_link_of_who_has_gone_is_not_there(browser: Client, article: Article, reader: User):
    told(article)
    path = path_for(reader)
    User.objects.filter(pk=reader.pk).update(is_active=False)
    assert browser.post(path, ONE_CLICK).status_code == 404


def test_the_link_names_no_address(article: Article, reader: User):
    told(article)
    assert "@" not in path_for(reader)


def test_a_kind_comes_again_by_a_button_of_the_settings(article: Article, reader: User):
    KindStop.objects.create(user=reader, kind=Kind.NEWS)
    signed_in = Client()
    signed_in.force_login(reader)
    assert "/pemberitahuan/surel/jenis/news/" in signed_in.get("/pemberitahuan/langganan/").content.decode()
    assert signed_in.post("/pemberitahuan/surel/jenis/news/").status_code == 302
    assert KindStop.objects.count() == 0
