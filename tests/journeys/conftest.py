"""What a journey needs: a real Chromium, the portal on a port, a real worker, and a mailbox."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from kimportal.stack.bootstrap import find_chromium
from tests.journeys.mailbox import Mailbox
from tests.journeys.person import PATIENCE_MS, Device, Person
from tests.servers import PrivateRedis, WorkerProcess

FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One Chromium for all journeys of a test process.

    Playwright leaves an event loop running in this thread, where Django would refuse the database.
    """
    flags = [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else FLAGS
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        expect.set_options(timeout=PATIENCE_MS)
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=flags)
        yield chromium
        chromium.close()


@dataclass
class Portal:
    """The running portal, as people meet it."""

    browser: Browser
    url: str
    journey: str
    people: list[Person] = field(default_factory=list)

    def person(self, name: str, device: Device) -> Person:
        """Somebody with a device of their own, who has never been here."""
        person = Person(self.browser, self.url, device, name=name, journey=self.journey)
        self.people.append(person)
        return person

    def leave(self) -> None:
        """Everybody puts the device away."""
        for person in self.people:
            person.leave()

    @property
    def complaints(self) -> list[str]:
        """What was wrong on the pages that people have seen."""
        return [complaint for person in self.people for complaint in person.complaints]


@pytest.fixture
def portal(
    browser: Browser, live_server, redis_server: PrivateRedis, settings, request: pytest.FixtureRequest
) -> Iterator[Portal]:
    """The portal, whose tasks wait in its queue. Nobody may have seen anything wrong on any page."""
    settings.PORTAL_URL = live_server.url
    running = Portal(browser, live_server.url, journey=request.node.name)
    yield running
    running.leave()
    assert running.complaints == [], "\n" + "\n".join(running.complaints)


@pytest.fixture
def mailbox(
    portal: Portal,
    celery_worker_process: Callable[..., WorkerProcess],
    settings,
    monkeypatch: pytest.MonkeyPatch,
) -> Mailbox:
    """The box into which web and worker put their mails. A worker, which takes seconds to start, runs."""
    monkeypatch.setenv("PORTAL_URL", portal.url)
    worker = celery_worker_process()
    settings.EMAIL_BACKEND = "kimportal.stack.mail.EmailBackend"
    settings.EMAIL_FILE_PATH = worker.mail_dir
    return Mailbox(worker.mail_dir)
