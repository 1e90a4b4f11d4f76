"""The pages under /kantor/impor/, as an officer walks through them, and as everybody else meets them."""

from __future__ import annotations

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.roles import Role
from communities.models import Community
from imports import work
from imports.models import Import, State
from tests.factories import LOMBOK_TENGAH, SUMATERA_SELATAN, make_officer, make_user
from tests.imports.flow import apply, upload
from tests.imports.sheets import a_row, as_csv, as_xlsx

pytestmark = pytest.mark.django_db
STEPS = ("apply_import", "undo_import", "invite_imported")


def posted(client, file, **fields):
    data = {"office": "16.06", "form_key": str(uuid.uuid4()), "file": file, **fields}
    return client.post(reverse("office:imports"), data)


def test_from_the_file_to_the_register(client, officer):
    client.force_login(officer)
    answer = posted(client, as_xlsx([a_row("KIM Surya"), a_row("KIM Salah", no_hp="x")]))
    made = Import.objects.get()
    assert answer.url == reverse("office:match_import", args=[made.pk])
    assert client.get(answer.url).status_code == 200
    answer = client.post(answer.url, made.mapping)
    assert answer.url == reverse("office:import", args=[made.pk])
    assert 'http-equiv="refresh"' in client.get(answer.url).content.decode()
    work.work(made.pk)
    page = client.get(answer.url).content.decode()
    assert "KIM Salah" in page
    assert "KIM Surya" not in page
    assert "KIM Surya" in client.get(f"{answer.url}?baris=semua").content.decode()
    client.post(reverse("office:apply_import", args=[made.pk]))
    work.work(made.pk)
    assert Community.objects.get().name == "KIM Surya"
    client.post(reverse("office:invite_imported", args=[made.pk]))
    letters = client.get(reverse("office:import_letters", args=[made.pk])).content.decode()
    assert "/klaim/" in letters
    client.post(reverse("office:undo_import", args=[made.pk]))
    work.work(made.pk)
    assert Community.objects.count() == 0
    assert client.get(answer.url).status_code == 200


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no archive at all"])
def test_a_file_that_cannot_be_read_is_refused_at_the_form(client, officer, content):
    from django.core.files.uploadedfile import SimpleUploadedFile

    client.force_login(officer)
    answer = posted(client, SimpleUploadedFile("kim.xlsx", content))
    assert answer.status_code == 422
    assert Import.objects.count() == 0


def test_an_office_that_is_not_theirs_cannot_be_chosen(client, officer):
    client.force_login(officer)
    assert posted(client, as_csv([a_row()]), office=LOMBOK_TENGAH).status_code == 422
    assert Import.objects.count() == 0


def test_a_column_holds_one_field_and_the_village_is_somewhere(client, officer):
    client.force_login(officer)
    made = upload(as_csv([a_row()]), by=officer)
    url = reverse("office:match_import", args=[made.pk])
    assert client.post(url, {"name": 1}).status_code == 422
    assert client.post(url, {"name": 1, "village": 1}).status_code == 422
    assert client.post(url, {"name": 1, "village": 99}).status_code == 422
    made.refresh_from_db()
    assert made.state == State.UPLOADED


def test_the_errors_come_as_a_file_that_no_spreadsheet_runs(client, officer, checked):
    made = checked(as_csv([a_row(ketua="=1+1"), a_row("KIM Baik"), a_row("@SUM(A1)", no_hp="x")]))
    client.force_login(officer)
    answer = client.get(reverse("office:import_errors", args=[made.pk]))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    lines = text.splitlines()
    assert len(lines) == 3
    assert "'=1+1" in lines[1]
    assert "'@SUM(A1)" in lines[2]
    assert "KIM Baik" not in text


@pytest.mark.parametrize("who", ["province", "elsewhere", "moderator", "viewer", "member"])
def test_for_everybody_else_it_does_not_exist(client, officer, checked, who):
    made = checked(as_csv([a_row()]))
    others = {
        "province": lambda: make_officer(SUMATERA_SELATAN),
        "elsewhere": lambda: make_officer(LOMBOK_TENGAH),
        "moderator": lambda: make_officer(role=Role.MODERATOR),
        "viewer": lambda: make_officer(role=Role.VIEWER),
        "member": make_user,
    }
    client.force_login(others[who]())
    expected = 403 if who == "member" else 404
    pages = ("import", "match_import", "import_errors", "import_letters")
    assert {client.get(reverse(f"office:{page}", args=[made.pk])).status_code for page in pages} == {expected}
    assert {client.post(reverse(f"office:{step}", args=[made.pk])).status_code for step in STEPS} == {
        expected
    }
    assert client.post(reverse("office:match_import", args=[made.pk]), made.mapping).status_code == expected
    if who in ("moderator", "viewer", "member"):
        assert client.get(reverse("office:imports")).status_code == 403
    made.refresh_from_db()
    assert made.state == State.CHECKED


def test_a_long_list_asks_no_more_questions_than_a_short_one(client, officer, checked):
    client.force_login(officer)
    asked = []
    for number in (1, 30):
        rows = [a_row(f"KIM Kelompok {at}") for at in range(number)]
        made = apply(checked(as_csv(rows)), by=officer)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(reverse("office:import", args=[made.pk]) + "?baris=semua").status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1]
    assert asked[0] <= 15
