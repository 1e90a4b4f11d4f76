"""The public page of an office."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Holiday, Office
from accounts.roles import Role
from tests.factories import MUSI_BANYUASIN, SUMATERA_SELATAN, TOMAN, make_officer

pytestmark = pytest.mark.django_db
URL = reverse("home:office", args=[MUSI_BANYUASIN])


def test_it_says_how_to_reach_the_office_and_what_it_decides(client):
    Office.objects.create(region_id=SUMATERA_SELATAN, name="Provinsi", review_days={"article": 4})
    Office.objects.create(
        region_id=MUSI_BANYUASIN, name="Dinkominfo Muba", phone="0714 321", email="kantor@contoh.example"
    )
    make_officer(role=Role.HEAD)
    make_officer(role=Role.VERIFIER)
    make_officer(role=Role.VIEWER)
    page = client.get(URL).context["page"]
    assert page.officers == 2
    assert [days for label, days in page.limits if str(label) in ("Berita", "News", "Article")] in ([4], [])
    text = client.get(URL).content.decode()
    assert "Dinkominfo Muba" in text
    assert 'href="tel:0714321"' in text
    assert 'href="mailto:kantor@contoh.example"' in text


def test_an_office_that_has_said_nothing_has_a_page_too(client):
    assert client.get(URL).status_code == 200
    assert client.get(reverse("home:office", args=["nasional"])).status_code == 200


@pytest.mark.parametrize("code", [TOMAN, "16.06.06", "99", "abc"])
def test_where_no_office_can_be_there_is_no_page(client, code):
    assert client.get(reverse("home:office", args=[code])).status_code == 404


@pytest.mark.parametrize("code", [TOMAN, "16.06.06", MUSI_BANYUASIN])
def test_the_page_of_a_region_leads_to_its_office(client, code):
    text = client.get(reverse("home:region", args=[code])).content.decode()
    assert f'href="{URL}"' in text


def test_next_holidays_are_shown_and_asked_for_at_once(client):
    client.get(URL)
    with CaptureQueriesContext(connection) as few:
        client.get(URL)
    for days in range(1, 6):
        day = timezone.localdate() + timedelta(days=days)
        Holiday.objects.create(region_id=MUSI_BANYUASIN, day=day, name=f"Libur {days}")
    with CaptureQueriesContext(connection) as many:
        text = client.get(URL).content.decode()
    assert "Libur 1" in text
    assert len(few) == len(many) <= 15


def test_how_soon_aspirations_are_received_and_answered_stands_there_too(client):
    Office.objects.create(region_id=SUMATERA_SELATAN, name="Provinsi", review_days={"aspiration_answer": 7})
    page = client.get(reverse("home:office", args=[SUMATERA_SELATAN])).context["page"]
    assert [days for _label, days in page.limits[-2:]] == [3, 7]
