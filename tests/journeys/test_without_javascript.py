"""The same portal in a browser that runs no scripts, or could not load them."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils.translation import gettext

from articles.models import Article
from communities.models import Community
from moderation.states import Status
from notifications.models import Rhythm, Subscription
from tests.factories import TOMAN, make_officer, make_user
from tests.journeys.conftest import Portal
from tests.journeys.mailbox import Mailbox, link_in, photos_are_ready, until
from tests.journeys.person import Device, Person
from tests.journeys.steps import KIM, TITLE, decide, fill_in_steps, sign_in, write_news

pytestmark = pytest.mark.browser
OLD_PHONE = Device(360, "light", has_scripts=False)
STEPS = [("16", "Show regencies and cities"), ("16.06", "Show districts"), ("16.06.06", "Show villages")]


def pick_village_step_by_step(person: Person) -> None:
    """From the province down, a page for each list."""
    person.page.get_by_text(gettext("Or choose step by step")).click()
    for level, (code, button) in enumerate(STEPS, start=1):
        person.fill(**{f"region_{level}": code})
        person.press(button)
        assert person.page.evaluate("scrollY") > 0, "The page comes back where the picker is."
    person.fill(region_4=TOMAN)


def test_a_kim_is_registered_and_writes_without_scripts(portal: Portal, mailbox: Mailbox, tmp_path: Path):
    bahar, wati = make_user("Bahar Udin"), make_officer(name="Wati Kusuma")
    applicant, officer = portal.person("pemohon", OLD_PHONE), portal.person("petugas", OLD_PHONE)

    sign_in(applicant, bahar.email)
    applicant.open("/komunitas/daftar/")
    applicant.follow(gettext("Start"))
    applicant.fill(name=KIM, address="Jalan Merdeka 1, RT 2")
    pick_village_step_by_step(applicant)
    assert applicant.page.locator("[name=name]").input_value() == KIM
    applicant.press("Save and go on")
    fill_in_steps(applicant, tmp_path)
    applicant.press("Send application")
    assert Community.objects.get().region_id == TOMAN

    sign_in(officer, wati.email)
    decide(officer, KIM, "Verify")
    write_news(applicant, tmp_path)
    until(photos_are_ready)
    decide(officer, TITLE, "Publish")
    assert Article.objects.get().status == Status.APPROVED
    reader = portal.person("pembaca", OLD_PHONE)
    reader.open("/")
    reader.follow(TITLE)
    reader.sees("Warga mengangkat sampah di Toman.", "Siti Aminah")
    follow_by_mail(reader, mailbox)


def follow_by_mail(reader: Person, mailbox: Mailbox) -> None:
    """Without an account, and without a session: what the pages of a mail's link send must be taken."""
    community, address = Community.objects.get(), "ros@contoh.example"
    reader.open(community.get_absolute_url())
    reader.follow(gettext("Follow"))
    reader.fill(email=address)
    reader.press("Follow by e-mail")
    reader.open(link_in(mailbox.wait_for(address)))
    reader.press("Confirm")
    reader.fill(rhythm=str(int(Rhythm.WEEKLY)))
    reader.press("Save")
    followed = Subscription.objects.filter(user__email=address).values_list("community", "rhythm")
    assert list(followed) == [(community.pk, Rhythm.WEEKLY)]
