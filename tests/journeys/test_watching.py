"""The journeys look closely: what they must complain about, they do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Route

from tests.journeys.person import PHONE, Person

pytestmark = pytest.mark.browser
ORIGIN = "http://127.0.0.1:9"
PAGE = (
    '<!doctype html><html lang="id"><meta name="viewport" content="width=device-width">'
    "<title>Uji</title><main><h1>Uji</h1>{}</main></html>"
)
FAULTS = {
    "color-contrast": '<p style="color:#999;background:#fff">Pudar</p>',
    "image-alt": '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">',
    "target-size": '<p><a href="#a" style="display:block;width:9px;height:9px;overflow:hidden">a</a>'
    '<a href="#b" style="display:block;width:9px;height:9px;overflow:hidden">b</a></p>',
    "scrolls sideways": '<div style="width:500px;height:1em">lebar</div>',
    "script: ": "<script>throw new Error('rusak')</script>",
    "console: ": "<script>console.error('rusak')</script>",
    "asks elsewhere": '<img alt="" src="http://127.0.0.2:9/lacak.gif">',
}


@pytest.fixture
def person(browser: Browser) -> Iterator[Person]:
    """Somebody at a page that no portal has made."""
    somebody = Person(browser, ORIGIN, PHONE, name="penguji", journey="uji")
    yield somebody
    somebody.leave()


def show(person: Person, content: str, **headers: str) -> str:
    """What the person complains about on a page with this content."""

    def answer(route: Route) -> None:
        if route.request.url.startswith(ORIGIN):
            route.fulfill(body=PAGE.format(content), content_type="text/html; charset=utf-8", headers=headers)
        else:
            route.abort()

    person.page.route("**/*", answer)
    person.open("/")
    return "\n".join(person.complaints)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_noticed(person: Person, fault: str):
    assert fault in show(person, FAULTS[fault])


@pytest.mark.parametrize("fault", ["color-contrast", "image-alt", "scrolls sideways"])
def test_a_fault_is_noticed_where_no_scripts_run(browser: Browser, fault: str):
    somebody = Person(browser, ORIGIN, replace(PHONE, has_scripts=False), name="penguji", journey="uji")
    said = show(somebody, FAULTS[fault])
    somebody.leave()
    assert fault in said


def test_a_breach_of_the_content_security_policy_is_noticed(person: Person):
    said = show(person, "<script>1</script>", **{"Content-Security-Policy": "script-src 'self'"})
    assert "Content Security Policy" in said


def test_a_page_without_faults_is_not_complained_about(person: Person):
    assert show(person, "<p>Semua baik.</p>") == ""
