"""A registration that is begun on a phone and finished on a laptop, of a group that may be there already."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils.translation import gettext

from communities.models import Community
from moderation.states import Status
from tests.factories import TOMAN, make_community, make_officer, make_user
from tests.journeys.conftest import Portal
from tests.journeys.person import LAPTOP, PHONE
from tests.journeys.steps import KIM, fill_in_steps, pick_village_by_typing, sign_in

pytestmark = pytest.mark.browser


def test_it_is_resumed_on_another_device_and_a_likely_double_is_seen_by_both(portal: Portal, tmp_path: Path):
    there, neighbour = make_community(name="KIM Suria Toman Indah"), make_community(name="KIM Bina Tani")
    make_community(Status.SUBMITTED, name="KIM Rahasia")
    Community.objects.filter(pk=there.pk).update(name="KIM Suria")
    bahar, wati = make_user("Bahar Udin", home_region_id=TOMAN), make_officer(name="Wati Kusuma")
    phone, laptop, officer = (
        portal.person("pemohon", PHONE),
        portal.person("pemohon-laptop", LAPTOP),
        portal.person("petugas", LAPTOP),
    )

    phone.open("/komunitas/daftar/")
    sign_in(phone, bahar.email)
    phone.open("/komunitas/daftar/")
    phone.follow(gettext("Start"))
    phone.fill(name=KIM)
    pick_village_by_typing(phone)
    phone.press("Save and go on")
    phone.sees("KIM Suria")
    phone.press("Save and stop here")

    sign_in(laptop, bahar.email)
    laptop.open("/komunitas/daftar/")
    laptop.follow(KIM)
    laptop.sees(gettext("Place and name"), neighbour.name)
    laptop.fill(address="Jalan Merdeka 1")
    laptop.press("Save and go on")
    fill_in_steps(laptop, tmp_path)
    laptop.sees("KIM Suria", neighbour.name)
    assert "Rahasia" not in laptop.page.content()
    laptop.press("Send application")
    laptop.sees(gettext("While you wait"))

    sent = Community.objects.get(name=KIM)
    assert sent.status == Status.SUBMITTED
    sign_in(officer, wati.email)
    officer.open(f"/kantor/community/{sent.pk}/")
    officer.sees("KIM Suria", neighbour.name, "KIM Rahasia")
    phone.open(sent.get_absolute_url())
    phone.sees(gettext("What happens next"))
