"""Notifications on a device in a real Chromium: turned on, tried, shown by the service worker, and opened.

A headless Chromium reaches no push service. So the browser's subscription is one of the tests' own push
service, and what that has decrypted is handed to the service worker through the tools of developers.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, CDPSession, Page, Worker, expect

from accounts.models import User
from notifications import push_keys
from notifications.models import PushDevice, TelegramLink
from tests.factories import make_user
from tests.journeys.on_device import wait_until
from tests.journeys.person import LAPTOP, PHONE, Device, Person
from tests.journeys.steps import sign_in
from tests.notifications import push_service

pytestmark = pytest.mark.browser

SETTINGS = "/pemberitahuan/langganan/"
SUBSCRIBES = """(said) => {
  const kept = () => localStorage.getItem("subscribed") && {
    options: {}, endpoint: said.endpoint,
    toJSON: () => ({ endpoint: said.endpoint, keys: { p256dh: said.p256dh, auth: said.auth } }),
    unsubscribe: async () => { localStorage.removeItem("subscribed"); return true; },
  };
  PushManager.prototype.getSubscription = async () => kept();
  PushManager.prototype.subscribe = async () => { localStorage.setItem("subscribed", "1"); return kept(); };
}"""
SHOWN = """async () => {
  const registration = await navigator.serviceWorker.ready;
  const all = await registration.getNotifications();
  return all.map(({ title, body, tag, data }) => ({ title, body, tag, url: data.url }));
}"""
# Chromium forgets a notification that is asked for while it is on its way to the screen: so nobody asks.
NOTES_WHAT_IS_ON_SCREEN = """() => {
  const show = self.registration.showNotification.bind(self.registration);
  self.onScreen = 0;
  self.registration.showNotification = async (...said) => { await show(...said); self.onScreen += 1; };
}"""
# A press that nobody made may not open a window: what would be opened is noted.
CLICK = """async () => {
  const opened = [];
  self.clients.openWindow = async (url) => opened.push(url);
  const [notification] = await self.registration.getNotifications();
  const event = new NotificationEvent("notificationclick", { notification });
  const waits = [];
  event.waitUntil = (promise) => waits.push(promise);
  self.dispatchEvent(event);
  await Promise.all(waits);
  return opened;
}"""


@pytest.fixture
def service(settings) -> Iterator[push_service.PushService]:
    settings.VAPID_PRIVATE_KEY, public = push_keys.new_pair()
    settings.PUSH_SERVICES = ["127.0.0.1"]
    running = push_service.PushService(public)
    yield running
    running.stop()


@pytest.fixture
def siti(browser: Browser, live_server, committed_db: None) -> Iterator[Callable[[Device], Person]]:
    people: list[Person] = []

    def arrive(device: Device) -> Person:
        person = Person(browser, live_server.url, device, name="siti", journey="push")
        people.append(person)
        person.page.context.grant_permissions(["notifications"], origin=live_server.url)
        return person

    yield arrive
    for person in people:
        person.leave()


def registration_of(tools: CDPSession, page: Page) -> str:
    """The service worker of the page, by the name that the tools have for it."""
    found: list[dict[str, Any]] = []
    tools.on("ServiceWorker.workerRegistrationUpdated", lambda said: found.extend(said["registrations"]))
    tools.send("ServiceWorker.enable")
    for _ in range(50):
        if found:
            break
        page.wait_for_timeout(100)
    return str(found[0]["registrationId"])


def worker_of(person: Person) -> Worker:
    [worker] = person.page.context.service_workers
    return worker


@pytest.mark.parametrize("device", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_a_device_is_turned_on_tried_and_shows_what_comes(
    siti: Callable[[Device], Person], service: push_service.PushService, live_server, device: Device
) -> None:
    user: User = make_user("Siti Aminah")
    person = siti(device)
    page = person.page
    page.add_init_script(f"({SUBSCRIBES})({json.dumps(service.browser().keys)})")
    sign_in(person, user.email)
    person.open(SETTINGS)
    page.locator("[data-push-on] button").click()
    expect(page.locator("[data-push-state=on]")).to_be_visible()
    expect(page.locator("[data-push-here]")).to_be_visible()
    assert PushDevice.objects.get().user == user

    page.locator("[data-device] form[action$='/coba/'] button").click()
    expect(page.locator(".alert--ok, .alert--success, [role=status]").first).to_be_visible()
    [message] = service.messages
    tools = page.context.new_cdp_session(page)
    sent = {
        "origin": live_server.url,
        "registrationId": registration_of(tools, page),
        "data": json.dumps(message.content),
    }
    worker = worker_of(person)
    worker.evaluate(NOTES_WHAT_IS_ON_SCREEN)
    tools.send("ServiceWorker.deliverPushMessage", sent)
    wait_until(page, "() => self.onScreen === 1", worker=worker)
    content = message.content
    assert page.evaluate(SHOWN) == [
        {
            "title": content["title"],
            "body": content["body"],
            "tag": content["tag"],
            "url": f"{live_server.url}{content['url']}",
        }
    ]
    page.goto("/")  # from elsewhere, so that the page is opened anew
    assert worker.evaluate(CLICK) == [f"{live_server.url}{SETTINGS}"]
    assert page.evaluate(SHOWN) == []

    person.open(SETTINGS)
    page.locator("[data-push-off] button").click()
    expect(page.locator("[data-push-on] button")).to_be_visible()
    assert PushDevice.objects.count() == 0
    assert person.complaints == []


def test_where_the_push_service_does_not_answer_the_page_says_so(
    siti: Callable[[Device], Person], service: push_service.PushService
) -> None:
    user = make_user("Siti Aminah")
    person = siti(PHONE)
    sign_in(person, user.email)
    person.open(SETTINGS)
    person.page.locator("[data-push-on] button").click()
    expect(person.page.locator("[data-push-state=failed]")).to_be_visible()
    assert PushDevice.objects.count() == 0


def test_without_scripts_the_page_says_what_it_needs(
    siti: Callable[[Device], Person], service: push_service.PushService, settings
) -> None:
    settings.TELEGRAM_BOT_TOKEN, settings.TELEGRAM_BOT_NAME = "1:test", "kim_bot"
    user = make_user("Siti Aminah")
    TelegramLink.objects.create(user=user, chat_id=1)
    person = siti(Device(360, "light", has_scripts=False))
    sign_in(person, user.email)
    person.open(SETTINGS)
    expect(person.page.locator("[data-push-state=unable]")).to_be_visible()
    expect(person.page.locator("[data-push-on]")).to_be_hidden()
    assert person.complaints == []
