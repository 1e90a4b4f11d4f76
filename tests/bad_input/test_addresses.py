"""Addresses with nonsense in them, and methods that nobody offers: answered, never a crash."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.architecture.addresses import address
from tests.architecture.test_urls import Row, rows
from tests.architecture.world import World
from tests.bad_input.forms import EVENT, PROFILE, REGISTRATION
from tests.bad_input.pages import Page
from tests.factories import make_article, make_community, make_event, make_officer, make_user

pytestmark = pytest.mark.django_db
NONSENSE = [
    "\0",
    "%",
    "'",
    '"',
    "../../etc/passwd",
    "16.06",
    "99.99",
    "-1",
    "0",
    "9" * 30,
    "ß\u202e😀",
    "x" * 5000,
    "[]",
    "1e5",
]
LISTS = {
    "home:front": (),
    "home:search": ("q", "jenis", "kategori", "wilayah", "page"),
    "articles:list": ("wilayah", "komunitas", "kategori", "page"),
    "articles:feed": ("wilayah", "komunitas", "kategori", "page"),
    "events:list": ("wilayah", "komunitas", "lalu", "page"),
    "events:feed": ("wilayah", "komunitas", "page"),
    "communities:directory": ("wilayah", "jenis", "nama", "page"),
    "communities:feed": ("wilayah", "jenis", "nama"),
    "articles:mine": ("status", "page"),
    "events:mine": ("page",),
    "notifications:inbox": ("page",),
    "notifications:settings": ("komunitas", "wilayah", "page"),
    "office:desk": ("status", "jenis", "hal"),
    "office:postings": ("q", "page"),
    "accounts:terms": ("next",),
    "accounts:second_factor": ("next",),
    "account_login": ("next",),
}
PATHS = [
    "/wilayah/{}/",
    "/komunitas/{}/",
    "/komunitas/{}/ubah/",
    "/komunitas/dokumen/{}/",
    "/komunitas/gambar/{}/small/",
    "/berita/{}/x/",
    "/berita/foto/{}/small/",
    "/berita/foto/00000000-0000-4000-8000-000000000000/{}/",
    "/kegiatan/{}/x/kalender.ics",
    "/pemberitahuan/{}/",
    "/pemberitahuan/ikuti/komunitas/{}/",
    "/pemberitahuan/ikuti/wilayah/{}/",
    "/kantor/{}/1/",
    "/kantor/article/{}/",
    "/tentang/{}/",
    "/sitemap-{}.xml",
    "/akun/email/konfirmasi/{}/",
    "/akun/sandi/lupa/{}-x/",
]
UNKNOWN_REGIONS = [
    "99.99.99.9999",
    "16.06.06.9999",
    "16",
    "16.06",
    "1",
    "\0",
    "16.06.06.2008'",
]


@pytest.fixture
def officer_at_work(client: Client, settings):
    """Somebody who may open every list."""
    settings.OFFICE_REQUIRES_MFA = False
    officer = make_officer()
    client.force_login(officer)
    make_article(community=make_community(applicant=officer))
    make_event()
    return officer


@pytest.mark.parametrize(
    ("name", "parameter"), [(name, each) for name, params in LISTS.items() for each in params]
)
def test_nonsense_in_a_question_is_answered(client: Client, officer_at_work, name: str, parameter: str):
    for value in NONSENSE:
        answer = client.get(reverse(name), {parameter: value})
        answer.getvalue()
        assert answer.status_code in {200, 302, 404}, f"{parameter}={value!r}: {answer.status_code}"


@pytest.mark.parametrize("path", PATHS)
def test_nonsense_in_a_path_is_answered(client: Client, officer_at_work, path: str):
    for value in NONSENSE:
        quoted = "".join(f"%{byte:02x}" for byte in value.encode())
        answer = client.get(path.format(quoted))
        answer.getvalue()
        assert answer.status_code in {200, 301, 302, 404}, f"{value!r}: {answer.status_code}"


@pytest.mark.parametrize("level", ["shallowest", "level", "within", "q", "of"])
def test_the_pickers_data_answer_nonsense(client: Client, level: str):
    for value in NONSENSE:
        for name in ("regions:search", "regions:children"):
            assert client.get(reverse(name), {level: value, "of": value}).status_code in {200, 400}


@pytest.mark.parametrize("row", list({row.name: row for row in rows()}.values()), ids=lambda row: row.name)
@pytest.mark.parametrize("who", ["manager", "officer"])
def test_a_method_that_nobody_offers_is_refused(settings, row: Row, who: str):
    settings.OFFICE_REQUIRES_MFA = False
    world = World()
    url = address(world, row.name, row.variant)
    client = world.client(who)
    for method in ("PUT", "PATCH", "DELETE", "TRACE", "POST", "GET", "LINK"):
        with transaction.atomic():
            answer = client.generic(method, url)
            answer.getvalue()
            transaction.set_rollback(True)
        assert answer.status_code < 500 or row.name == "healthz", method
        if method in {"PUT", "PATCH", "DELETE", "TRACE", "LINK"}:
            assert answer.status_code in {302, 403, 404, 405}, method


@pytest.mark.parametrize("code", UNKNOWN_REGIONS)
def test_a_village_that_does_not_exist_is_said_at_its_field(client: Client, code: str):
    url = REGISTRATION.open(client)
    answer = client.post(url, {**REGISTRATION.good(), "region": code})
    page = Page(answer)
    assert (answer.status_code, "region" in page.errors) == (422, True)
    assert page.fields["name"] == "KIM Surya Gambo"


@pytest.mark.parametrize(
    "typed", ["Desa Khayalan", "\0", "%_%", "x" * 5000, "'; DROP TABLE regions_region; --"]
)
def test_a_village_name_that_nobody_knows_is_said_at_its_field_and_kept(client: Client, typed: str):
    url = REGISTRATION.open(client)
    page = Page(client.post(url, {**REGISTRATION.good(), "region": "", "region_text": typed}))
    assert page.errors["region"]
    assert page.fields["region_text"] == typed.strip() or "\0" in typed or len(typed) > 150


@pytest.mark.parametrize("code", ["99.99", "16.06.06.2008", "\0", "16"])
def test_a_home_region_that_cannot_be_one_is_said_at_its_field(client: Client, code: str):
    url = PROFILE.open(client)
    page = Page(client.post(url, {**PROFILE.good(), "home_region": code}))
    assert page.errors["home_region"]


@pytest.mark.parametrize("code", ["99", "\0", "x"])
def test_a_region_to_read_that_does_not_exist_is_said_at_its_field(client: Client, code: str):
    page = Page(client.post(reverse("home:choose_region"), {"wilayah": code}))
    assert page.errors["wilayah"]


@pytest.mark.parametrize("cookie", ["99.99", "%00", "x" * 3000, "16.06; drop", "ß"])
def test_a_remembered_region_that_is_nonsense_is_all_of_indonesia(client: Client, cookie: str):
    client.cookies["wilayah"] = cookie
    assert client.get(reverse("home:front")).status_code == 200


def test_a_community_of_others_cannot_be_written_for(client: Client):
    url = EVENT.open(client)
    sent = {**EVENT.good(), "community": make_community().pk}
    page = Page(client.post(url, sent))
    assert page.wrong == {"community"}
    assert page.fields["title"] == sent["title"]


@pytest.mark.parametrize("step", ["", "salah", "\0", "accept"])
def test_an_odd_step_with_a_member_is_answered(client: Client, step: str):
    community = make_community()
    asked = community.memberships.create(user=make_user())
    client.force_login(community.created_by)
    url = reverse("communities:change_member", args=[community.slug, asked.pk])
    assert client.post(url, {"step": step}).status_code == 302


@pytest.mark.parametrize("seen", ["kemarin", "\0", "2026-99-99T00:00", "9" * 40, "0001-01-01T00:00:00+14:00"])
def test_an_odd_version_of_what_was_seen_decides_nothing_by_mistake(client: Client, settings, seen: str):
    settings.OFFICE_REQUIRES_MFA = False
    article = make_article("submitted")
    client.force_login(make_officer())
    url = reverse("office:decide", args=["article", article.pk])
    assert client.post(url, {"move": "approve", "seen": seen}).status_code in {302, 422}
