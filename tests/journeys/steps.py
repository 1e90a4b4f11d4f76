"""What people do on the way: each step from one page to the next, in words of the portal."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext

from tests.factories import PASSWORD, TOMAN
from tests.journeys.mailbox import Mailbox, link_in
from tests.journeys.papers import photo, scanned_decree
from tests.journeys.person import Person

KIM = "KIM Surya Toman"
ADDRESS = "bahar@contoh.example"
TITLE = "Warga Toman membersihkan sungai bersama"


def sign_up(person: Person, mailbox: Mailbox, *, name: str, email: str) -> None:
    """A new account, its consent, and the link of the mail."""
    person.open("/")
    person.open("/akun/daftar/")
    person.fill(name=name, email=email, password1=PASSWORD)
    person.tick("agreed")
    person.press("Sign up")
    person.open(link_in(mailbox.wait_for(email)))
    person.press("Yes, confirm")


def sign_in(person: Person, email: str) -> None:
    """Address and password."""
    person.open("/akun/masuk/")
    person.fill(login=email, password=PASSWORD)
    person.press("Sign in")


def fill_in_steps(person: Person, folder: Path) -> None:
    """Everything an office asks for after the place, a page each, up to the last look."""
    today = timezone.localdate()
    person.fill(
        founded_on="2020-08-17", member_count="12", description="Kelompok warga yang menulis kabar desa."
    )
    person.press("Save and go on")
    person.fill(
        decree_number="141/12/KPTS/2026",
        decree_date=str(today - timedelta(days=90)),
        decree_issuer="Kepala Desa Toman",
        decree_valid_until=str(today + timedelta(days=1500)),
    )
    person.attach("decree", scanned_decree(folder))
    person.press("Save and go on")
    person.fill(chair_name="Bahar Udin", secretary_name="Siti Aminah", treasurer_name="Joko Susilo")
    person.press("Save and go on")
    person.fill(phone="0812 0000 0000")
    person.press("Save and go on")


def pick_village_by_typing(person: Person) -> None:
    """Type a name, and choose among its namesakes with the keyboard."""
    picker = person.page.locator("[data-region-picker]")
    picker.get_by_role("combobox").press_sequentially("Toman, Babat", delay=10)
    suggestion = picker.get_by_role("option").first
    suggestion.wait_for()
    picker.get_by_role("combobox").press("ArrowDown")
    picker.get_by_role("combobox").press("Enter")
    assert picker.locator("[type=hidden][name=region]").input_value() == TOMAN


def register(person: Person, folder: Path) -> None:
    """Apply for a KIM in a real village, with the scan of its SK."""
    person.open("/komunitas/daftar/")
    person.follow(gettext("Start"))
    person.fill(name=KIM, address="Jalan Merdeka 1, RT 2")
    pick_village_by_typing(person)
    person.press("Save and go on")
    fill_in_steps(person, folder)
    person.press("Send application")
    person.sees(gettext("Sent. Your office reviews it, and you are told as soon as it has decided."))


def repair_registration(person: Person, **fields: str) -> None:
    """From the own page to the step in question, with the office's note in sight, and send it again."""
    person.follow(gettext("Edit"))
    note = person.page.get_by_text(gettext("The office asks for a repair"))
    assert note.is_visible()
    person.follow(gettext("Who you are"))
    person.fill(**fields)
    person.press("Save and go on")
    person.follow(gettext("Last look"))
    person.press("Send application")


def decide(officer: Person, heading: str, button: str, *, reason: str = "") -> None:
    """Find it on the desk, read it, look it over, decide it."""
    officer.open("/kantor/")
    officer.follow(heading)
    for yes in officer.page.locator(".sheet [value=yes]").all():
        yes.check()
    if reason:
        officer.fill(reason=reason)
    officer.press(button)


def write_news(person: Person, folder: Path) -> None:
    """Title, lead, body, category and dateline, a photo with its words; send."""
    person.open("/berita/tulis/")
    person.fill(
        title=TITLE,
        lead="Puluhan warga bergotong royong pada Minggu pagi.",
        body="Kegiatan dimulai pukul tujuh.\n\nKepala desa ikut turun ke sungai.",
        category="environment",
        dateline="Toman",
    )
    person.attach("foto-baru-0-file", photo(folder))
    person.fill(
        **{"foto-baru-0-caption": "Warga mengangkat sampah di Toman.", "foto-baru-0-credit": "Siti Aminah"}
    )
    person.press("Send for review")
    person.sees(gettext("Sent. Your office reviews it, and you are told as soon as it has decided."))
