"""Reviewing: twenty items one after another without a mouse; a note that comes back with an answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import gettext

from activity.models import Activity
from articles.models import Article
from moderation.models import Moderated, Remark
from moderation.states import Status
from tests.factories import make_article, make_community, make_event, make_officer, make_user
from tests.journeys.conftest import Portal
from tests.journeys.person import LAPTOP, PHONE, Device, Person
from tests.journeys.steps import sign_in

pytestmark = pytest.mark.browser
BODY = "<p>Warga menanam bakau di pntai.</p><p>Sebanyak 500 bibit ditanam.</p><p>Acara selesai siang.</p>"
# Every touch of a pointing device is noted; at the end there must be none.
NO_MOUSE = """const touches = ["pointerdown", "mousedown", "click", "wheel"];
for (const name of touches) addEventListener(name, (event) => {
  if (event.isTrusted && event.detail) sessionStorage.setItem("tikus", name);
}, true);"""


class Keyboard:
    """An officer who has keys and nothing else."""

    def __init__(self, person: Person) -> None:
        self.page = person.page
        self.page.add_init_script(NO_MOUSE)

    def press(self, *keys: str) -> None:
        """One after another."""
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, words: str) -> None:
        """Into whatever has the focus."""
        self.page.keyboard.type(words)

    def tab_to(self, selector: str, key: str = "Tab") -> None:
        """Along the page until something that matches has the focus."""
        for _ in range(120):
            if self.page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
                return
            self.press(key)
        pytest.fail(f"{selector} is not reached with {key}")

    def enter(self) -> None:
        """Press what has the focus, which leads to another page."""
        with self.page.expect_navigation(wait_until="load"):
            self.press("Enter")

    def decide(self, move: str) -> None:
        """From anywhere on the item to one of the buttons, and press it."""
        self.press("s")
        self.tab_to(f"button[name=move][value={move}]")
        self.enter()

    def note_inside(self, words: str) -> None:
        """Tell the other officers something; what is typed for the decision stays."""
        self.press("c")
        self.type(words)
        self.tab_to(".desk__notes button")
        self.press("Enter")
        self.page.locator(".desk__notes li").filter(has_text=words).wait_for()

    def write_at(
        self, places: int, words: str, *, quote: str = "", button: str = "note", first: str = ""
    ) -> None:
        """Go to a paragraph, open it, write, and press one of its buttons; the page stays.

        first: what is refused, and stays as it was typed.
        """
        self.press(*["n"] * places, "Enter")
        # Opening it leads to its words.
        self.page.wait_for_function("() => document.activeElement.matches('[name=text]')")
        if quote:
            self.press("Shift+Tab")
            self.type(quote)
            self.press("Tab")
        if first:
            self.send_at(first, button=button)
            self.page.locator(".margin__new[open] .alert--error").wait_for()
            assert self.page.evaluate("document.activeElement.value") == first
        self.send_at(words, button=button)
        self.page.locator(".remark").filter(has_text=words).wait_for()

    def send_at(self, words: str, *, button: str) -> None:
        """Write instead of what stands in the field that has the focus, and press one of the buttons."""
        self.press("Control+a")
        self.type(words)
        self.tab_to(f"button[name=as][value={button}]")
        self.press("Enter")


def waiting() -> list[Moderated]:
    """Twenty items in the order of their deadlines, every fifth an event."""
    community, now = make_community(), timezone.now()
    return [
        make_event(Status.SUBMITTED, community=community, due_at=now + timedelta(hours=number))
        if number % 5 == 0
        else make_article(
            Status.SUBMITTED, community=community, body=BODY, due_at=now + timedelta(hours=number)
        )
        for number in range(1, 21)
    ]


def test_twenty_items_are_reviewed_one_after_another_without_a_mouse(portal: Portal):
    items, wati = waiting(), make_officer(name="Wati Kusuma")
    officer = portal.person("petugas", LAPTOP)
    sign_in(officer, wati.email)
    keys = Keyboard(officer)
    officer.open("/kantor/")
    keys.tab_to(".split--desk *")
    with officer.page.expect_navigation(wait_until="load"):
        keys.press("a")
    expected = []
    for number, item in enumerate(items, start=1):
        assert officer.page.url.split("?")[0].endswith(f"/kantor/{item.KIND}/{item.pk}/")
        expected.append(review(keys, number))
        if number in {1, 3, 7}:
            officer.look()
    for item in items:
        item.refresh_from_db()
    assert [item.status for item in items] == expected
    assert {item.decided_by for item in items} == {wati}
    assert items[7].decision_reason == "Nama anak disebut."
    sheets = [Activity.objects.of(item).last().details.get("sheet") for item in items]
    assert [sheet and sheet.get("children") for sheet in sheets[:8]] == [
        "yes", "yes", None, "yes", "yes", "yes", "yes", "no",
    ]  # fmt: skip
    assert Article.objects.get(pk=items[6].pk).body == BODY.replace("pntai", "pantai")
    assert officer.page.evaluate("sessionStorage.getItem('tikus')") is None


def review(keys: Keyboard, number: int) -> Status:
    """One item, as it comes; what becomes of it."""
    if number == 3:
        keys.write_at(4, "Siapa yang menghitung?", quote="500 bibit")
        keys.decide("return")
        return Status.RETURNED
    if number == 8:
        keys.press("y", "3")
        keys.press("s")
        keys.tab_to("[name=reason]", "Shift+Tab")
        keys.type("Nama anak disebut.")
        keys.tab_to("[name=rule]")
        keys.type(str(gettext("Children and victims")))
        keys.tab_to("button[name=move][value=reject]")
        keys.note_inside("Ketua sudah saya telepon.")
        keys.tab_to("button[name=move][value=reject]")
        keys.enter()
        return Status.REJECTED
    if number == 7:
        keys.write_at(3, "pantai", quote="pntai", button="slip", first="hutan jati")
    keys.press("y", "s")
    keys.enter()
    return Status.APPROVED


@pytest.mark.parametrize("has_scripts", [True, False], ids=["scripts", "plain"])
@pytest.mark.parametrize("device", [PHONE, LAPTOP], ids=["360", "1280"])
def test_a_note_goes_to_its_author_and_comes_back_with_an_answer(
    portal: Portal, device: Device, has_scripts: bool
):
    bahar, wati = make_user("Bahar Udin"), make_officer(name="Wati Kusuma")
    community = make_community(applicant=bahar)
    article = make_article(Status.SUBMITTED, community=community, author=bahar, body=BODY)
    device = replace(device, has_scripts=has_scripts)
    officer, writer = portal.person("petugas", device), portal.person("penulis", device)

    sign_in(officer, wati.email)
    officer.open(f"/kantor/article/{article.pk}/")
    leave_note(officer)
    officer.sees("Siapa yang menghitung?")
    officer.press("Ask for repair")

    sign_in(writer, bahar.email)
    writer.open(article.get_absolute_url())
    writer.sees("Siapa yang menghitung?")
    writer.follow(gettext("Edit"))
    note = Remark.objects.get()
    lead = f"{article.lead} Demikian kata ketua."
    writer.fill(**{f"jawab-{note.pk}": "Ketua kelompok.", "lead": lead})
    writer.tick(f"beres-{note.pk}")
    writer.press("Send for review")

    note.refresh_from_db()
    assert (note.answer, note.is_repaired, note.answered_by) == ("Ketua kelompok.", True, bahar)
    officer.open(f"/kantor/article/{article.pk}/")
    officer.sees("Ketua kelompok.", "Demikian kata ketua.")
    officer.page.get_by_role("button", name=gettext("Settled")).click()
    officer.page.locator(".remark--settled").wait_for()
    officer.look()


def leave_note(officer: Person) -> None:
    """Open the place behind the lead and write."""
    place = officer.page.locator("#tempat-lead-0")
    place.locator("summary").click()
    place.locator("[name=text]").fill("Siapa yang menghitung?")
    place.locator("button[value=note]").click()
    officer.page.locator("#tempat-lead-0 .remark").wait_for()
