"""The dry run: what is said of each row, and that nothing is registered by it."""

from __future__ import annotations

import pytest

from communities.models import Community
from imports import wording
from imports.models import Outcome, State
from imports.values import Wrong, read_date, read_phone
from moderation.states import Status
from tests.factories import LOMBOK_TENGAH, SUMATERA_SELATAN, make_community, make_officer
from tests.imports.flow import codes, hints, rows, upload, worked
from tests.imports.sheets import TOMAN, a_row, as_csv, as_xlsx

pytestmark = pytest.mark.django_db


def only(checked, **cells):
    (row,) = rows(checked(as_csv([a_row(**cells)])))
    return row


def test_a_right_row_is_ready_and_nothing_is_registered(checked):
    made = checked(as_xlsx([a_row()]))
    (row,) = rows(made)
    assert (made.state, row.outcome, row.errors, row.hints) == (State.CHECKED, Outcome.READY, [], [])
    assert row.village_id == TOMAN
    assert row.values == {
        "name": "KIM Surya Gambo",
        "decree_number": "141/KIM Surya Gambo/2024",
        "decree_date": "2024-08-17",
        "chair_name": "Bahar Udin",
        "phone": "081234567890",
    }
    assert Community.objects.count() == 0


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"nama_kim": ""}, ("name", "missing")),
        ({"nama_kim": "K" * 121}, ("name", "too_long")),
        ({"nomor_sk": "=A2"}, ("decree_number", "formula")),
        ({"kode_desa": "=A2"}, ("village_code", "formula")),
        ({"tanggal_sk": "bulan lalu"}, ("decree_date", "date")),
        ({"tanggal_sk": "31/02/2024"}, ("decree_date", "date")),
        ({"tanggal_sk": "17 Agustus 2099"}, ("decree_date", "date_ahead")),
        ({"no_hp": "tidak ada"}, ("phone", "phone")),
        ({"email": "kim@"}, ("email", "email")),
        ({"kode_desa": "16.06"}, ("village_code", "village_code")),
        ({"kode_desa": "16.06.06.9999"}, ("village_code", "village_code_unknown")),
        ({"kode_desa": "16.71.01.1001"}, ("village_code", "village_outside")),
        ({"kode_desa": ""}, ("village", "village_missing")),
        ({"kode_desa": "", "desa_kelurahan": "Tomann"}, ("village", "village_unknown")),
        (
            {"kode_desa": "", "desa_kelurahan": "Toman", "kecamatan": "Sekayu"},
            ("village", "village_other_district"),
        ),
    ],
)
def test_what_is_wrong_is_said_of_the_cell(checked, cells, said):
    row = only(checked, **cells)
    assert (row.outcome, codes(row)) == (Outcome.WRONG, [said])
    assert row.outcome == Outcome.WRONG
    for _field, code, more in row.errors:
        assert "%" not in wording.sentence(code, more)


def test_a_name_that_is_nearly_right_brings_suggestions(checked):
    row = only(checked, kode_desa="", desa_kelurahan="Desa Tomann")
    assert "Toman (Babat Toman)" in row.errors[0][2]["suggestions"]
    assert "Toman (Babat Toman)" in wording.sentence("village_unknown", row.errors[0][2])


@pytest.mark.parametrize(
    "cells",
    [
        {"kode_desa": "1606062008"},
        {"kode_desa": "16 06 06 2008"},
        {"kode_desa": "", "desa_kelurahan": "TOMAN", "kecamatan": "Kec. Babat Toman"},
        {"kode_desa": "", "desa_kelurahan": "Desa Toman"},
        {"kode_desa": "", "desa_kelurahan": "Toman, Babat Toman"},
    ],
)
def test_the_village_is_found_however_it_is_written(checked, cells):
    assert only(checked, **cells).village_id == TOMAN


@pytest.mark.parametrize(
    "text",
    [
        "17 Agustus 2020",
        "17-08-2020",
        "17/8/2020",
        "17.08.20",
        "2020-08-17",
        "17 agt 2020",
        "Senin, 17 Agustus 2020",
    ],
)
def test_dates_are_read_in_every_form_that_is_used(text):
    assert read_date(text) == "2020-08-17"


def test_a_friday_is_a_day_too():
    assert read_date("Jum'at, 5 Juni 2020") == "2020-06-05"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("81234567890", "081234567890"),
        ("+62 812-3456-7890", "+6281234567890"),
        ("0711 123456 / 0812", "0711123456"),
    ],
)
def test_telephone_numbers_get_their_zero_back(text, number):
    assert read_phone(text) == number


def test_a_short_number_is_none():
    with pytest.raises(Wrong):
        read_phone("112")


def test_doubles_within_the_file_are_pointed_at(checked):
    first, same, alike, decree, other = rows(
        checked(
            as_csv(
                [
                    a_row("KIM Surya Gambo"),
                    a_row("Kelompok Informasi Masyarakat Surya-Gambo", nomor_sk="x1"),
                    a_row("KIM Surya Gamboo", nomor_sk="x2"),
                    a_row("KIM Lain Sekali", nomor_sk="141 KIM surya gambo 2024"),
                    a_row("KIM Mekar", "16.06.06.2009", nomor_sk="141/KIM Surya Gambo/2024"),
                ]
            )
        )
    )
    assert codes(first) == []
    assert codes(same) == [("name", "double_name")]
    assert (codes(alike), hints(alike)) == ([], [("name", "alike_row")])
    assert (codes(decree), hints(decree)) == ([], [("decree_number", "double_decree")])
    assert (codes(other), hints(other)) == ([], [("decree_number", "same_decree")])
    assert same.errors[0][2] == {"row": 2}


def test_doubles_are_found_across_the_steps_of_a_long_file(checked, monkeypatch):
    monkeypatch.setattr("imports.checking.AT_ONCE", 2)
    names = ["Surya", "Mekar", "Harapan", "Bahari", "Surya"]
    found = rows(checked(as_csv([a_row(f"KIM {name}", nomor_sk=str(at)) for at, name in enumerate(names)])))
    assert [codes(row) for row in found] == [[], [], [], [], [("name", "double_name")]]


def test_what_is_registered_already_is_no_error_and_left_alone(checked):
    known = make_community(name="KIM Surya Gambo")
    row = only(checked, nomor_sk="lain")
    assert (row.outcome, row.errors, row.community_id) == (Outcome.SAME, [], known.pk)


def test_what_looks_like_a_registered_one_is_pointed_at_and_stops_nothing(checked):
    make_community(name="KIM Surya Gamboo")
    row = only(checked)
    assert (row.outcome, codes(row), hints(row)) == (Outcome.READY, [], [("name", "alike")])


def test_so_is_the_sk_of_a_registered_one_in_the_village(checked):
    make_community(name="KIM Mekar", decree_number="141/9/2020")
    row = only(checked, nomor_sk="141-9-2020")
    assert (row.outcome, codes(row), hints(row)) == (
        Outcome.READY,
        [],
        [("decree_number", "decree_taken")],
    )


def test_two_numbers_are_two_groups(checked):
    make_community(name="KIM Mekar 1", decree_number="8")
    second, third = rows(checked(as_csv([a_row("KIM Mekar 2"), a_row("KIM Mekar 3", nomor_sk="x")])))
    assert (hints(second), hints(third)) == ([], [])


def test_an_application_that_waits_is_decided_on_the_desk(checked):
    make_community(Status.SUBMITTED, name="KIM Surya Gambo")
    assert codes(only(checked)) == [("name", "waiting")]


def test_merged_cells_are_empty_with_a_hint(checked):
    made = checked(as_xlsx([a_row("KIM A", ketua="Bahar"), a_row("KIM Bahari")], merged="H2:H3"))
    first, second = rows(made)
    assert (first.values["chair_name"], hints(first)) == ("Bahar", [])
    assert hints(second) == [("chair_name", "merged")]
    assert "chair_name" not in second.values


def test_a_province_does_not_import_where_a_regency_decides(officer):
    province = make_officer(SUMATERA_SELATAN)
    made = upload(as_csv([a_row(), a_row("KIM Palembang", "16.71.01.1001")]), by=province, code="16")
    from imports import actions

    actions.check(made, made.mapping, by=province)
    here, elsewhere = rows(worked(made))
    assert codes(here) == [("village_code", "other_office")]
    assert codes(elsewhere) in ([], [("village_code", "village_code_unknown")])


def test_a_file_with_too_many_rows_is_refused_in_words(checked, monkeypatch):
    monkeypatch.setattr("imports.sheets.MAX_ROWS", 30)
    made = checked(as_csv([a_row(f"KIM {number}") for number in range(31)]))
    assert (made.state, made.problem, made.rows.count()) == (State.REFUSED, "too_many_rows", 0)


def test_matching_again_checks_anew(checked, officer):
    from imports import actions

    made = checked(as_csv([a_row(ketua="")]))
    wrong = {**made.mapping, "name": made.mapping["phone"], "phone": made.mapping["name"]}
    actions.check(made, wrong, by=officer)
    (row,) = rows(worked(made))
    assert codes(row) == [("phone", "phone")]
    assert made.rows.count() == 1


def test_what_an_office_matched_is_remembered_for_its_next_file(officer):
    from imports import actions

    headings = ["Sebutan", "Kode", "Pimpinan"]
    first = upload(as_csv([["KIM A", TOMAN, "Bahar"]], headings=headings), by=officer)
    assert first.mapping == {"village_code": 1}
    actions.check(first, {"name": 0, "village_code": 1, "chair_name": 2}, by=officer)
    moved = upload(as_csv([["Bahar", "KIM B", TOMAN]], headings=["Pimpinan", "Sebutan", "Kode"]), by=officer)
    assert moved.mapping == {"name": 1, "village_code": 2, "chair_name": 0}
    elsewhere = upload(
        as_csv([["KIM A", TOMAN]], headings=headings[:2]), by=make_officer(LOMBOK_TENGAH), code=LOMBOK_TENGAH
    )
    assert elsewhere.mapping == {"village_code": 1}
