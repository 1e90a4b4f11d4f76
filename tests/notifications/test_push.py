"""Web push beyond what every channel promises: several devices, replacing, and what browsers send in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone

from accounts.models import User
from articles.models import Article
from notifications import delivery, digests, fanout, push, push_keys, push_sessions, push_trial, wording
from notifications.channels.base import NotNow
from notifications.channels.push import PushChannel
from notifications.models import Delivery, Notification, PushDevice, Rhythm, Subscription
from tests.factories import make_article, make_user
from tests.notifications.crowd import publish
from tests.notifications.http_server import Answer
from tests.notifications.push_service import Browser, PushService

pytestmark = pytest.mark.django_db


@pytest.fixture
def service(settings) -> Iterator[PushService]:
    settings.VAPID_PRIVATE_KEY, public = push_keys.new_pair()
    settings.PUSH_SERVICES = ["127.0.0.1"]
    settings.VAPID_CONTACT = "mailto:kominfo@contoh.example"
    running = PushService(public)
    yield running
    running.stop()


@pytest.fixture
def article() -> Article:
    return make_article(title="Air Sungai Musi naik 50%")


@pytest.fixture
def reader(article: Article) -> User:
    user = make_user("Sri Wahyuni")
    Subscription.objects.create(user=user, community=article.community)
    return user


def device(user: User, browser: Browser) -> PushDevice:
    return push.register(user, **browser.keys)


def tell(article: Article) -> None:
    fanout.fan_out(publish(article).pk)
    delivery.send_due("push")


def test_what_arrives_is_for_the_browser_alone(service: PushService, article: Article, reader: User):
    device(reader, service.browser())
    tell(article)
    [message] = service.messages
    told = Notification.objects.get(recipient=reader)
    assert message.content == {
        "title": wording.group_title(told.activity, "news"),
        "body": wording.line(told.activity, reader),
        "url": f"/pemberitahuan/{told.pk}/",
        "tag": f"news:community:{article.community_id}",
        "language": "id",
    }
    assert message.claims["sub"] == "mailto:kominfo@contoh.example"
    assert (message.headers["ttl"], message.headers["urgency"]) == ("86400", "normal")
    assert len(message.headers["topic"]) == 32


def test_it_speaks_the_language_of_the_person(service: PushService, article: Article, reader: User):
    User.objects.filter(pk=reader.pk).update(language="en")
    device(reader, service.browser())
    tell(article)
    assert service.messages[0].content["title"] == f"News · {article.community}"
    assert service.messages[0].content["language"] == "en"


def test_of_one_thread_the_newer_replaces_the_older(service: PushService, article: Article, reader: User):
    device(reader, service.browser())
    for one in (article, make_article(community=article.community)):
        tell(one)
    assert len({message.content["tag"] for message in service.messages}) == 1
    assert len({message.headers["topic"] for message in service.messages}) == 1
    assert len(service.messages) == 2


def test_every_device_of_a_person_gets_it(service: PushService, article: Article, reader: User):
    devices = [device(reader, service.browser()) for _ in range(3)]
    tell(article)
    assert {message.endpoint for message in service.messages} == {one.endpoint for one in devices}
    assert PushDevice.objects.filter(last_sent_at=None).count() == 0


def test_a_device_that_is_gone_is_dropped_and_the_others_stay(
    service: PushService, article: Article, reader: User
):
    gone, kept = (device(reader, service.browser()) for _ in range(2))
    service.answers[gone.endpoint] = Answer(410)
    tell(article)
    assert list(PushDevice.objects.values_list("pk", flat=True)) == [kept.pk]
    assert Delivery.objects.get(channel="push").state == Delivery.State.SENT


@pytest.mark.parametrize("status", [404, 410])
def test_the_last_device_is_dropped_too(service: PushService, article: Article, reader: User, status: int):
    service.answers[device(reader, service.browser()).endpoint] = Answer(status)
    tell(article)
    assert PushDevice.objects.count() == 0
    assert Delivery.objects.get(channel="push").state == Delivery.State.FAILED


@pytest.mark.parametrize("status", [400, 403, 413])
def test_what_is_the_messages_fault_leaves_the_device(
    service: PushService, article: Article, reader: User, status: int
):
    service.answers[device(reader, service.browser()).endpoint] = Answer(status)
    tell(article)
    assert PushDevice.objects.count() == 1
    assert Delivery.objects.get(channel="push").state == Delivery.State.FAILED


@pytest.mark.parametrize("status", [429, 500, 503])
def test_it_waits_as_long_as_the_service_asks(
    service: PushService, article: Article, reader: User, status: int
):
    service.answers[device(reader, service.browser()).endpoint] = Answer(status, "", {"Retry-After": "900"})
    tell(article)
    wait = Delivery.objects.get(channel="push").due_at - timezone.now()
    assert timedelta(minutes=14) < wait <= timedelta(minutes=18)


def test_one_service_that_is_silent_holds_up_its_own_only(
    service: PushService, article: Article, reader: User, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(PushChannel, "senders", 1)
    other = PushService(push_keys.public_key())
    device(reader, other.browser())
    other.stop()
    second = make_user("Amrul Hakim")
    Subscription.objects.create(user=second, community=article.community)
    device(second, service.browser())
    tell(article)
    assert [message.endpoint for message in service.messages] == [
        PushDevice.objects.get(user=second).endpoint
    ]
    waiting = Delivery.objects.get(channel="push", recipient=reader)
    assert (waiting.state, waiting.attempts) == (Delivery.State.WAITING, 1)


def test_nobody_is_led_elsewhere_by_an_answer(service: PushService, article: Article, reader: User):
    other = service.browser()
    first = device(reader, service.browser())
    service.answers[first.endpoint] = Answer(307, "", {"Location": other.endpoint})
    tell(article)
    assert service.messages == []
    assert Delivery.objects.get(channel="push").state == Delivery.State.WAITING


@pytest.mark.parametrize("rhythm", [Rhythm.DAILY, Rhythm.WEEKLY])
def test_a_digest_is_one_message_that_says_how_many(
    service: PushService, article: Article, reader: User, rhythm: Rhythm
):
    reader.subscriptions.update(rhythm=rhythm)
    device(reader, service.browser())
    for one in (article, make_article(community=article.community)):
        fanout.fan_out(publish(one).pk)
    Delivery.objects.update(due_at=timezone.now())
    delivery.send_due("push")
    [message] = service.messages
    activities = [one.activity for one in Notification.objects.filter(recipient=reader)]
    assert message.content["title"] == digests.headline(reader, activities, rhythm.name.lower())
    assert (message.content["url"], message.headers["urgency"]) == ("/pemberitahuan/", "low")


def test_without_a_key_nobody_is_reached(service: PushService, article: Article, reader: User, settings):
    device(reader, service.browser())
    settings.VAPID_PRIVATE_KEY = ""
    tell(article)
    assert Delivery.objects.filter(channel="push").count() == 0


def test_a_device_that_knows_another_key_is_not_reached(
    service: PushService, article: Article, reader: User, settings
):
    device(reader, service.browser())
    settings.VAPID_PRIVATE_KEY, _public = push_keys.new_pair()
    tell(article)
    assert Delivery.objects.filter(channel="push").count() == 0


def test_a_trial_says_what_came_of_it(service: PushService, reader: User):
    one = device(reader, service.browser())
    push_trial.send_trial(one)
    assert service.messages[0].content["tag"] == "trial"
    for status in (503, 403, 400):
        service.answers[one.endpoint] = Answer(status)
        with pytest.raises(NotNow):
            push_trial.send_trial(one)
    assert PushDevice.objects.count() == 1
    service.answers[one.endpoint] = Answer(410)
    with pytest.raises(push_trial.Gone):
        push_trial.send_trial(one)
    assert PushDevice.objects.count() == 0


@pytest.mark.parametrize(
    ("endpoint", "is_one"),
    [
        ("https://fcm.googleapis.com/fcm/send/abc", True),
        ("https://updates.push.services.mozilla.com/wpush/v2/abc", True),
        ("https://web.push.apple.com/abc", True),
        ("https://wns2-sg2p.notify.windows.com/w/?token=abc", True),
        ("https://FCM.googleapis.com/abc", True),
        ("http://fcm.googleapis.com/fcm/send/abc", False),
        ("https://fcm.googleapis.com:8443/abc", False),
        ("https://fcm.googleapis.com.contoh.example/abc", False),
        ("https://fcm.googleapis.com@127.0.0.1/abc", False),
        ("https://127.0.0.1/abc", False),
        ("https://[::1]/abc", False),
        ("https://169.254.169.254/latest/meta-data", False),
        ("https://localhost/abc", False),
        ("https://push.apple.com.contoh.example/", False),
        ("file:///etc/passwd", False),
        ("https://[", False),
        ("", False),
    ],
)
def test_only_known_push_services_are_spoken_to(endpoint: str, is_one: bool):
    assert push.is_push_service(endpoint) is is_one


def test_a_browser_comes_in_is_tried_and_goes(service: PushService, reader: User, client: Client):
    client.force_login(reader)
    agent = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML) Chrome/130.0 Mobile Safari/537.36"
    answer = client.post("/pemberitahuan/perangkat/", service.browser().keys, headers={"user-agent": agent})
    one = PushDevice.objects.get()
    assert (answer.status_code, one.user, one.label) == (201, reader, "Chrome · Android")
    client.post(f"/pemberitahuan/perangkat/{one.pk}/coba/")
    client.post(f"/pemberitahuan/perangkat/{one.pk}/coba/")  # at once again: not sent
    assert len(service.messages) == 1
    client.post(f"/pemberitahuan/perangkat/{one.pk}/hapus/")
    assert PushDevice.objects.count() == 0


@pytest.mark.parametrize(
    "broken",
    [
        {"endpoint": "https://169.254.169.254/"},
        {"endpoint": "https://fcm.googleapis.com/\0"},
        {"endpoint": "https://fcm.googleapis.com/a b"},
        {"p256dh": "AAAA"},
        {"auth": "AAAA"},
        {"auth": "é"},
    ],
)
def test_what_is_no_device_is_not_taken(
    service: PushService, reader: User, client: Client, settings, broken: dict[str, str]
):
    settings.PUSH_SERVICES = ["127.0.0.1", "fcm.googleapis.com"]
    client.force_login(reader)
    answer = client.post("/pemberitahuan/perangkat/", service.browser().keys | broken)
    assert (answer.status_code, PushDevice.objects.count()) == (422, 0)


@pytest.mark.parametrize("name", ["p256dh", "auth"])
@pytest.mark.parametrize("rubbish", ["!" * 200, "\0" * 4])
def test_what_no_key_is_made_of_is_not_passed_over(
    service: PushService, reader: User, client: Client, name: str, rubbish: str
):
    client.force_login(reader)
    keys = service.browser().keys
    answer = client.post("/pemberitahuan/perangkat/", keys | {name: keys[name] + rubbish})
    assert (answer.status_code, PushDevice.objects.count()) == (422, 0)


def test_of_another_person_one_can_do_nothing_with_a_device(
    service: PushService, reader: User, client: Client
):
    one = device(reader, service.browser())
    client.force_login(make_user("Orang Lain"))
    for what in ("coba", "hapus"):
        assert client.post(f"/pemberitahuan/perangkat/{one.pk}/{what}/").status_code == 404
    assert PushDevice.objects.count() == 1


def test_a_browser_belongs_to_who_allowed_it_last(service: PushService, reader: User):
    browser, second = service.browser(), make_user("Orang Lain")
    device(reader, browser)
    device(second, browser)
    assert list(PushDevice.objects.values_list("user", flat=True)) == [second.pk]


def test_signing_out_takes_the_device_away(service: PushService, reader: User, client: Client):
    elsewhere = device(reader, service.browser())
    client.force_login(reader)
    client.post("/pemberitahuan/perangkat/", service.browser().keys)
    client.post("/akun/keluar/")
    assert list(PushDevice.objects.values_list("pk", flat=True)) == [elsewhere.pk]


def test_who_signs_in_after_another_does_not_see_what_is_theirs(
    service: PushService, reader: User, client: Client
):
    client.force_login(reader)
    client.post("/pemberitahuan/perangkat/", service.browser().keys)
    request = RequestFactory().post("/akun/masuk/")
    request.COOKIES = {name: one.value for name, one in client.cookies.items()}
    push_sessions.forget_of_others(request, reader)
    assert PushDevice.objects.count() == 1
    push_sessions.forget_of_others(request, make_user("Orang Lain"))
    assert PushDevice.objects.count() == 0


def test_too_many_devices_make_room(service: PushService, reader: User, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(push, "MOST_DEVICES", 2)
    devices = [device(reader, service.browser()) for _ in range(3)]
    kept = PushDevice.objects.order_by("pk").values_list("pk", flat=True)
    assert list(kept) == [one.pk for one in devices[1:]]


def renewal(old: str, browser: Browser) -> str:
    keys = browser.keys
    endpoint = keys.pop("endpoint")
    return json.dumps({"old": old, "endpoint": endpoint, "expirationTime": None, "keys": keys})


def test_a_new_endpoint_takes_the_place_of_the_old(service: PushService, reader: User, client: Client):
    one, fresh = device(reader, service.browser()), service.browser()
    sent = renewal(one.endpoint, fresh)
    answer = client.post("/pemberitahuan/perangkat/ganti/", sent, content_type="application/json")
    assert (answer.status_code, PushDevice.objects.get().endpoint) == (200, fresh.endpoint)


@pytest.mark.parametrize("sent", ["", "[]", "null", "{", '{"old": 1}', "[" * 4000, "x" * 5000])
def test_nonsense_renews_nothing(service: PushService, client: Client, sent: str):
    answer = client.post("/pemberitahuan/perangkat/ganti/", sent, content_type="application/json")
    assert answer.status_code == 422


def test_who_does_not_know_the_old_endpoint_renews_nothing(
    service: PushService, reader: User, client: Client
):
    one = device(reader, service.browser())
    for old in ("https://fcm.googleapis.com/guess", "https://fcm.googleapis.com/\0"):
        sent = renewal(old, service.browser())
        answer = client.post("/pemberitahuan/perangkat/ganti/", sent, content_type="application/json")
        assert (answer.status_code, PushDevice.objects.get().endpoint) == (404, one.endpoint)


def test_the_page_offers_it_only_where_there_is_a_key(
    service: PushService, reader: User, client: Client, settings
):
    client.force_login(reader)
    device(reader, service.browser())
    page = client.get("/pemberitahuan/langganan/").content.decode()
    assert (page.count("data-push-on"), page.count("data-device=")) == (1, 1)
    assert urlsplit(PushDevice.objects.get().endpoint).path not in page
    settings.VAPID_PRIVATE_KEY = ""
    assert "data-push-on" not in client.get("/pemberitahuan/langganan/").content.decode()


def test_what_is_the_persons_is_exported_and_erased(service: PushService, reader: User):
    import accounts.actions
    from notifications import personal_data

    device(reader, service.browser())
    assert [one["label"] for one in personal_data.export(reader)["devices"]] == ["Web"]
    accounts.actions.erase(reader)
    assert PushDevice.objects.count() == 0
