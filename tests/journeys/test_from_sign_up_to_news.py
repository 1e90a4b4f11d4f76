"""The way of the portal: from signing up to news that followers are told of, with repairs on the way."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from django.utils.translation import gettext

from articles.models import Article
from communities.models import Community
from moderation.states import Status
from notifications.models import Notification
from tests.factories import make_officer, make_user
from tests.journeys.conftest import Portal
from tests.journeys.mailbox import Mailbox, link_in, photos_are_ready, until
from tests.journeys.person import LAPTOP, PHONE, Device
from tests.journeys.steps import (
    ADDRESS,
    KIM,
    TITLE,
    decide,
    register,
    repair_registration,
    sign_in,
    sign_up,
    write_news,
)

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("device", [PHONE, LAPTOP], ids=["360", "1280"])
def test_a_kim_is_registered_and_its_news_reach_a_follower(
    portal: Portal, mailbox: Mailbox, device: Device, tmp_path: Path
):
    wati, budi, rina = (
        make_officer(name="Wati Kusuma"),
        make_officer(name="Budi Santoso"),
        make_user("Rina Oktavia"),
    )
    officer = portal.person("petugas", device)
    # Without scripts, reading alone takes no item.
    second = portal.person("petugas-kedua", replace(device, has_scripts=False))
    bahar, follower = portal.person("pemohon", device), portal.person("pengikut", device)

    sign_up(bahar, mailbox, name="Bahar Udin", email=ADDRESS)
    register(bahar, tmp_path)

    # The office asks for a repair; the applicant is told, repairs, and sends it again.
    sign_in(officer, wati.email)
    decide(officer, KIM, "Ask for repair", reason="Mohon tuliskan visi kelompok.")
    told = mailbox.wait_for(ADDRESS, number=2)
    assert KIM in told["subject"]
    bahar.open(link_in(told))
    bahar.sees("Mohon tuliskan visi kelompok.")
    repair_registration(bahar, vision="Desa yang tahu dan didengar.")

    decide(officer, KIM, "Verify")
    assert KIM in mailbox.wait_for(ADDRESS, number=3)["subject"]
    kim = Community.objects.get()
    assert (kim.status, kim.registry_number) == (Status.APPROVED, "160606200801")
    bahar.open("/pemberitahuan/")
    bahar.follow(KIM)
    bahar.sees("160606200801")

    # A reader follows with one tap, before there is any news.
    sign_in(follower, rina.email)
    follower.open(f"/komunitas/{kim.slug}/")
    follower.press("Follow")
    follower.sees(gettext("Following"))

    write_news(bahar, tmp_path)
    article = Article.objects.get()
    assert article.status == Status.SUBMITTED

    # Two officers have it before them; one decision counts, the other is told.
    sign_in(second, budi.email)
    second.open(f"/kantor/article/{article.pk}/")
    until(photos_are_ready)
    decide(officer, TITLE, "Publish")
    second.press("Publish")
    second.sees("Wati Kusuma")
    article.refresh_from_db()
    assert (article.status, article.decided_by) == (Status.APPROVED, wati)

    letter = mailbox.wait_for(rina.email)
    assert TITLE in letter["subject"]
    until(lambda: Notification.objects.filter(recipient=rina).exists())
    assert Notification.objects.filter(recipient=rina).count() == 1
    follower.open("/pemberitahuan/")
    follower.follow(TITLE)
    follower.sees(TITLE, "Warga mengangkat sampah di Toman.", "Siti Aminah", "Bahar Udin")
    assert follower.page.locator("figure img").evaluate("image => image.complete && image.naturalWidth > 0")
    assert len(mailbox.to(rina.email)) == 1

    visitor = portal.person("pengunjung", device)
    visitor.open("/")
    visitor.follow(TITLE)
    visitor.sees("Warga mengangkat sampah di Toman.")
