"""Registering through the forms, as the browser sends them."""

import io
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from communities.models import Community
from moderation.states import Status
from tests.factories import COMPLETE, make_community, make_decree, make_user

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
APPLY = reverse("communities:apply")


def _filled(**changes):
    fields = {name: str(value) for name, value in COMPLETE.items()}
    return {**fields, "name": "KIM Surya Gambo", "kind": "kim", "region": "16.06.06.2008", **changes}


def _scan(name="sk.pdf", content=PDF):
    return SimpleUploadedFile(name, content, content_type="application/pdf")


@pytest.fixture
def applicant(client):
    user = make_user("Bahar Udin")
    client.force_login(user)
    return user


def _key(client, url=APPLY):
    return client.get(url).context["form"]["form_key"].value()


def test_a_draft_needs_a_name_and_a_village_only(client, applicant):
    answer = client.post(
        APPLY,
        {
            "name": "KIM Baru",
            "kind": "kim",
            "region": "16.06.06.2008",
            "form_key": _key(client),
            "then": "draft",
        },
    )
    community = Community.objects.get()
    assert answer.url == community.get_absolute_url()
    assert (community.status, community.created_by) == (Status.DRAFT, applicant)


def test_a_complete_application_is_sent_in_one_go(client, applicant):
    client.post(APPLY, _filled(decree=_scan(), form_key=_key(client), then="submit"))
    community = Community.objects.get()
    assert community.status == Status.SUBMITTED
    assert community.decree_scan.content_type == "application/pdf"


def test_what_is_missing_is_said_at_its_field_and_what_was_typed_stays(client, applicant):
    answer = client.post(APPLY, _filled(decree_number="", form_key=_key(client), then="submit"))
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"decree_number", "decree"}
    assert "KIM Surya Gambo" in answer.content.decode()
    assert not Community.objects.exists()


def test_a_double_click_is_one_application(client, applicant):
    fields = _filled(form_key=_key(client), then="draft")
    answers = [client.post(APPLY, fields), client.post(APPLY, fields)]
    assert Community.objects.count() == 1
    assert answers[0].url == answers[1].url


def test_a_double_click_on_send_is_sent_once(client, applicant):
    key = _key(client)
    for _ in range(2):
        client.post(APPLY, _filled(decree=_scan(), form_key=key, then="submit"))
    community = Community.objects.get()
    assert community.status == Status.SUBMITTED
    assert community.documents.count() == 1


def test_an_unknown_village_is_refused_in_words(client, applicant):
    answer = client.post(APPLY, _filled(region="99.99.99.9999", form_key=_key(client), then="draft"))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["region"]


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"founded_on": str(timezone.localdate() + timedelta(days=1))}, "founded_on"),
        ({"decree_date": str(timezone.localdate() + timedelta(days=1))}, "decree_date"),
        ({"decree_date": "2026-01-05", "decree_valid_until": "2025-01-05"}, "decree_valid_until"),
        ({"member_count": "-3"}, "member_count"),
        ({"website": "bukan alamat"}, "website"),
        ({"email": "bukan-surel"}, "email"),
        ({"name": "x" * 500}, "name"),
        ({"kind": "partai"}, "kind"),
    ],
)
def test_nonsense_is_refused_at_its_field(client, applicant, changes, wrong):
    answer = client.post(APPLY, _filled(**changes, form_key=_key(client), then="draft"))
    assert answer.status_code == 422
    assert wrong in answer.context["form"].errors


def test_an_sk_that_has_run_out_is_not_sent(client, applicant):
    ended = _filled(decree_date="2019-01-05", decree_valid_until=str(date(2024, 1, 5)), decree=_scan())
    answer = client.post(APPLY, {**ended, "form_key": _key(client), "then": "submit"})
    assert list(answer.context["form"].errors) == ["decree_valid_until"]


def test_a_returned_application_is_repaired_and_sent_again(client, applicant):
    community = make_community(Status.RETURNED, applicant=applicant)
    make_decree(community)
    url = reverse("communities:edit", args=[community.slug])
    assert "Mohon dilengkapi." in client.get(url).content.decode()
    client.post(url, _filled(name="KIM Nama Baru", form_key=_key(client, url), then="submit"))
    community.refresh_from_db()
    assert (community.status, community.name) == (Status.SUBMITTED, "KIM Nama Baru")


def test_an_application_under_review_is_not_edited(client, applicant):
    community = make_community(Status.SUBMITTED, applicant=applicant)
    answer = client.get(reverse("communities:edit", args=[community.slug]))
    assert answer.url == community.get_absolute_url()


def test_who_has_not_agreed_to_the_terms_is_led_to_them(client):
    client.force_login(make_user(agreed=False))
    answer = client.get(APPLY)
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("accounts:terms"))


def _picture(colour=(120, 40, 20)):
    stream = io.BytesIO()
    Image.new("RGB", (700, 700), colour).save(stream, "PNG")
    return SimpleUploadedFile("logo.png", stream.getvalue(), content_type="image/png")


def test_a_logo_is_kept_re_encoded_and_replaced_by_the_next(client, applicant):
    client.post(APPLY, _filled(logo=_picture(), form_key=_key(client), then="draft"))
    community = Community.objects.get()
    url = reverse("communities:edit", args=[community.slug])
    client.post(url, _filled(logo=_picture((10, 90, 40)), form_key=_key(client, url), then="draft"))
    logo = community.pictures.get()
    shown = Image.open(io.BytesIO(b"".join(client.get(logo.src))))
    assert (shown.format, shown.getpixel((5, 5))[1] > shown.getpixel((5, 5))[0]) == ("JPEG", True)
    client.logout()
    assert client.get(logo.src).status_code == 404  # a draft's


def test_a_logo_that_is_no_picture_is_refused_and_the_rest_is_kept(client, applicant):
    broken = SimpleUploadedFile("logo.png", b"bukan gambar", content_type="image/png")
    answer = client.post(APPLY, _filled(logo=broken, form_key=_key(client), then="draft"))
    assert answer.status_code == 422
    assert "KIM Surya Gambo" in answer.content.decode()
