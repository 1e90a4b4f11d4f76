"""Somebody with a browser: opens pages, presses buttons, and looks closely at every page that comes."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from django.utils.translation import gettext
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, expect

AXE = Axe()
# WCAG 2.2 A and AA. The size of targets is off unless it is asked for.
AXE_OPTIONS = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
OVERFLOWS = """() => {
  const wide = document.documentElement;
  if (wide.scrollWidth <= wide.clientWidth) return "";
  const culprits = [...document.querySelectorAll("main *, header *, footer *")]
    .filter((each) => each.getBoundingClientRect().right > wide.clientWidth + 1)
    .map((each) => `${each.tagName.toLowerCase()}.${each.className}`);
  return `${wide.scrollWidth} > ${wide.clientWidth}: ${culprits.slice(0, 5).join(", ")}`;
}"""
# A form that comes back with its errors, and a page that says no, are answers and not faults.
STATUS_OF_THE_PAGE = re.compile(
    r"Failed to load resource: the server responded with a status of (409|422|403|404|410)"
)
PATIENCE_MS = 15_000
# axe takes half a second a page: what it has passed once, it passes again.
EXAMINED: set[tuple[Device, str]] = set()
# Numbers, and keys made by chance.
CHANGING = re.compile(r"[\w-]{24,}|\d+")
# What pages do now and then would fall anywhere into a journey: it is done when `let_time_pass` says so.
WAITS_FOR_THE_CLOCK = """(() => {
  window.now_and_then = [];
  window.setInterval = (job) => window.now_and_then.push(job);
})()"""
SPARES_DATA = "Object.defineProperty(navigator, 'connection', { value: { saveData: true } })"


@dataclass(frozen=True)
class Device:
    """A screen: how wide, light or dark, and whether its browser runs scripts."""

    width: int
    scheme: str
    has_scripts: bool = True
    # Then the composer has its plain field; the rich one has journeys of its own.
    spares_data: bool = True

    @property
    def is_phone(self) -> bool:
        """Whether it is held in one hand."""
        return self.width < 600

    def options(self) -> dict[str, Any]:
        """The same for Playwright."""
        return {
            "viewport": {"width": self.width, "height": 740 if self.is_phone else 800},
            "is_mobile": self.is_phone,
            "has_touch": self.is_phone,
            "color_scheme": self.scheme,
            "java_script_enabled": self.has_scripts,
            "locale": "id-ID",
            "timezone_id": "Asia/Jakarta",
        }


PHONE = Device(360, "dark")
LAPTOP = Device(1280, "light")


class Person:
    """One person at one device. `complaints` collects what is wrong with the pages they see."""

    def __init__(self, browser: Browser, origin: str, device: Device, *, name: str, journey: str) -> None:
        self.origin, self.device, self.name = origin, device, name
        self.complaints: list[str] = []
        self._folder = Path(folder) / journey if (folder := os.environ.get("KIM_SCREENSHOTS")) else None
        self._browser = browser
        self._copy: Page | None = None
        self._context = browser.new_context(base_url=origin, **device.options())
        self._context.set_default_timeout(PATIENCE_MS)
        self._context.add_init_script(WAITS_FOR_THE_CLOCK)
        if device.spares_data:
            self._context.add_init_script(SPARES_DATA)
        self.page = self._context.new_page()
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self._complain(f"script: {error}"))
        self.page.on("request", self._note_request)

    def let_time_pass(self) -> None:
        """The page does what it does now and then."""
        self.page.evaluate("() => now_and_then.forEach(job => job())")

    def leave(self) -> None:
        """Put the device away."""
        self._context.close()
        if self._copy:
            self._copy.close()

    def open(self, address: str) -> None:
        """Go to a path of the portal, or to a link of a mail."""
        self.page.goto(address, wait_until="load")
        self.look()

    def follow(self, words: str) -> None:
        """Press the first visible link with these words."""
        self._press(self.page.get_by_role("link", name=words).filter(visible=True).first)

    def press(self, label: str) -> None:
        """Press the button with this label: the English one, which is looked up in the catalog."""
        self._press(
            self.page.get_by_role("button", name=gettext(label), exact=True).filter(visible=True).first
        )

    def fill(self, **values: str) -> None:
        """Type into fields by their names; in lists, choose by value."""
        for name, value in values.items():
            field = self.page.locator(f'main [name="{name}"]:not([type=hidden])').first
            if field.evaluate("each => each.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)

    def tick(self, name: str) -> None:
        """Tick a box."""
        self.page.locator(f'[type=checkbox][name="{name}"]').check()

    def attach(self, name: str, file: Path) -> None:
        """Choose a file."""
        self.page.locator(f'[type=file][name="{name}"]').set_input_files(file)

    def sees(self, *texts: str) -> None:
        """Each of the texts stands on the page, where one can see it."""
        for text in texts:
            expect(self.page.get_by_text(text).filter(visible=True).first).to_be_visible(timeout=PATIENCE_MS)

    def _press(self, thing: Locator) -> None:
        with self.page.expect_navigation(wait_until="load"):
            thing.click()
        self.look()

    def look(self) -> None:
        """What every page must pass: no violation of WCAG, nothing that scrolls sideways."""
        if self._folder:
            self._photograph(self._folder)
        if too_wide := self.page.evaluate(OVERFLOWS):
            self._complain(f"scrolls sideways, {too_wide}")
        if self._was_examined():
            return
        results = AXE.run(self._page_with_scripts(), options=AXE_OPTIONS)
        if results.violations_count:
            self._complain(results.generate_report())

    def _was_examined(self) -> bool:
        """Whether the same page, but for numbers and keys, has passed on such a device in this process."""
        key = (self.device, CHANGING.sub("", self.page.content()))
        was_examined = key in EXAMINED
        EXAMINED.add(key)
        return was_examined

    def _page_with_scripts(self) -> Page:
        """What axe can examine: where no scripts run, the same HTML in a browser that runs axe's alone."""
        if self.device.has_scripts:
            return self.page
        address, html = self.page.url.partition("#")[0], self.page.content()
        copy = self._copy = self._copy or self._browser.new_page(
            **replace(self.device, has_scripts=True).options()
        )
        copy.goto("about:blank")
        copy.unroute_all()
        copy.route("**/*.js", lambda route: route.abort())
        copy.route(address, lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
        copy.goto(address)
        return copy

    def _photograph(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        path = re.sub(r"\W+", "-", self.page.url.removeprefix(self.origin)).strip("-")[:50] or "depan"
        number = len(list(folder.glob("*.png"))) + 1
        self.page.screenshot(path=folder / f"{number:02d}-{self.name}-{path}.png", full_page=True)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not STATUS_OF_THE_PAGE.search(message.text):
            self._complain(f"console: {message.text}")

    def _note_request(self, request: Request) -> None:
        if not request.url.startswith((self.origin, "data:", "blob:")):
            self._complain(f"asks elsewhere: {request.url}")

    def _complain(self, about: str) -> None:
        self.complaints.append(f"{self.name} at {self.device.width} px, {self.page.url}: {about}")
