"""What a browser holds for somebody, and what may happen to it. Waits end with a state, not after a time."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page, Worker

from tests.journeys.person import PATIENCE_MS, Person

# Asked without a version: asking must not make the database, for then it would have no stores.
KEPT = """async (store) => {
  if (!(await indexedDB.databases()).some(({ name }) => name === "tulisan")) return [];
  const opened = await new Promise((resolve, reject) => {
    const opening = indexedDB.open("tulisan");
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  const all = await new Promise((resolve) => {
    const asking = opened.transaction(store).objectStore(store).getAll();
    asking.onsuccess = () => resolve(asking.result);
  });
  opened.close();
  return all.map(({ texts = [], ...each }) => ({ ...each, texts: Object.fromEntries(texts) }));
}"""
KEPT_PAGES = """async () => {
  const names = (await caches.keys()).filter(name => name.startsWith("tulisan-"));
  const keys = await Promise.all(names.map(async name => (await (await caches.open(name)).keys()).length));
  return Object.fromEntries(names.map((name, n) => [name, keys[n]]));
}"""
IS_READY = """async () => navigator.serviceWorker.controller && await caches.match(location.pathname)
  && (await (await caches.open("berkas-tulisan")).keys()).length > 4"""
# What a browser itself says in its console when nothing comes through.
NO_LINE = re.compile(
    r"ERR_(?:INTERNET_DISCONNECTED|FAILED|CONNECTION_\w+)|An unknown error occurred when fetching"
)


def wait_until(page: Page, script: str, *, worker: Worker | None = None) -> None:
    """Ask the page, or a worker of it, until the script, which may be asynchronous, says something true.

    Playwright's own `wait_for_function` takes the promise of an asynchronous script for true.
    """
    ends_at = time.monotonic() + PATIENCE_MS / 1000
    while time.monotonic() < ends_at:
        try:
            if (worker or page).evaluate(script):
                return
        except PlaywrightError as problem:
            if "context was destroyed" not in problem.message:  # another page is coming
                raise
        page.wait_for_timeout(50)
    pytest.fail(f"{page.url} does not come to: {script}")


def kept(page: Page, store: str = "texts") -> list[dict[str, Any]]:
    """What the composer holds on the device: its `texts`, each a page's, or its `photos`."""
    found: list[dict[str, Any]] = page.evaluate(KEPT, store)
    return found


def wait_until_kept(page: Page, *, photos: int = 0, then: str | None = None, **fields: str) -> dict[str, Any]:
    """Until a text with these fields is on the device, on its way to `then`, and so many photos with it."""
    ends_at = time.monotonic() + PATIENCE_MS / 1000
    while time.monotonic() < ends_at:
        for each in kept(page):
            is_it = fields.items() <= each["texts"].items() and each.get("then") == then
            if is_it and len(kept(page, "photos")) >= photos:
                return each
        page.wait_for_timeout(50)
    pytest.fail(f"the device does not keep {fields}, {photos} photos, for {then}: {kept(page)}")


def open_until_ready(person: Person, address: str) -> None:
    """Once with a line; the page and its files are then on the device."""
    person.open(address)
    wait_until(person.page, IS_READY)


def cut(person: Person, *, off: bool = True) -> None:
    """Take the line away, or give it back."""
    person.page.context.set_offline(off)


def kill_tab(person: Person) -> None:
    """Close it without a word, and open another."""
    page = person.page.context.new_page()
    person.page.close(run_before_unload=False)
    person.page = page


def forgive(person: Person) -> None:
    """A browser without a line says so in its console; that is no fault of a page."""
    person.complaints[:] = [each for each in person.complaints if not NO_LINE.search(each)]
