"""Strange files: each is read within limits, or refused with a code that has words."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from imports import reading, sheets, wording
from imports.errors import FileRefused
from tests.imports.sheets import HEADINGS, a_bomb, a_row, as_csv, as_xlsx, with_entities, with_macro


def all_rows(file) -> list[sheets.Row]:
    return list(sheets.rows(file))


def refusal_of(file) -> str:
    with pytest.raises(FileRefused) as refused:
        all_rows(file)
    assert refused.value.code in wording.PROBLEMS
    return refused.value.code


def _memory_read(file, rows: int) -> int:
    """Bytes at most held while the file is read to its end."""
    tracemalloc.start()
    count = sum(1 for _row in sheets.rows(file))
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == rows + 1
    return peak


def names(file) -> list[str]:
    return [row.cells[1] for row in all_rows(file)][1:]


def test_foreign_xml_is_read_by_defusedxml():
    assert openpyxl.DEFUSEDXML is True


@pytest.mark.parametrize("content", [b"", b"  \r\n\t"])
def test_an_empty_file_is_refused(content: bytes):
    assert refusal_of(SimpleUploadedFile("kosong.csv", content)) == "empty"


def test_headings_without_rows_are_refused():
    with pytest.raises(FileRefused, match="no_rows"):
        reading.look_at(as_csv([]))


def test_a_workbook_without_a_cell_is_refused():
    content = io.BytesIO()
    openpyxl.Workbook().save(content)
    with pytest.raises(FileRefused, match="empty"):
        reading.look_at(SimpleUploadedFile("kosong.xlsx", content.getvalue()))


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_every_separator_is_found(separator: str):
    assert names(as_csv([a_row('KIM "Mekar", Desa; Maju')], separator=separator)) == [
        'KIM "Mekar", Desa; Maju'
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_encoding_that_offices_save_in_is_read(encoding: str):
    assert names(as_csv([a_row("KIM Café “Ulak”")], encoding=encoding)) == ["KIM Café “Ulak”"]


def test_letters_of_no_encoding_are_refused():
    assert (
        refusal_of(SimpleUploadedFile("x.csv", b"Nama KIM;Desa\n\x81\x8d\x8f\x90\x9d;x\n"))
        == "wrong_encoding"
    )


def test_a_picture_called_csv_is_refused():
    assert (
        refusal_of(SimpleUploadedFile("x.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256)))) == "wrong_encoding"
    )


def test_the_old_format_is_refused():
    assert (
        refusal_of(SimpleUploadedFile("x.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99))
        == "old_excel"
    )


def test_a_damaged_workbook_is_refused():
    content = as_xlsx([a_row()]).read()
    assert refusal_of(SimpleUploadedFile("x.xlsx", content[: len(content) // 2])) == "broken_workbook"


def test_an_archive_that_is_no_workbook_is_refused():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("kim.txt", "KIM")
    assert refusal_of(SimpleUploadedFile("x.xlsx", content.getvalue())) == "not_a_spreadsheet"


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    bomb = a_bomb(megabytes=400)
    assert bomb.size < sheets.MAX_BYTES
    tracemalloc.start()
    assert refusal_of(bomb) == "bomb"
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5 * 1024 * 1024


def test_an_xml_bomb_is_not_expanded():
    assert refusal_of(with_entities(as_xlsx([a_row()]))) == "broken_workbook"


def test_macros_are_not_looked_at():
    assert names(with_macro(as_xlsx([a_row("KIM Makro")]))) == ["KIM Makro"]


def test_formulas_are_marked_cell_by_cell():
    (_headings, row) = all_rows(as_xlsx([a_row(nomor_sk="=A1&B1", ketua="Bahar")]))
    assert row.marks == {5: "formula"}
    (_headings, row) = all_rows(as_csv([a_row(nomor_sk='=HYPERLINK("http://x")')]))
    assert row.marks == {5: "formula"}


def test_of_merged_cells_the_first_holds_the_value_and_the_others_are_marked():
    rows = [a_row("KIM A", kecamatan="Babat Toman"), a_row("KIM B", kecamatan="hilang")]
    (_headings, first, second) = all_rows(as_xlsx(rows, merged="E2:E3"))
    assert (first.cells[4], first.marks) == ("Babat Toman", {})
    assert (second.cells[4], second.marks) == ("", {4: "merged"})


def test_numbers_and_dates_are_read_as_people_write_them():
    row = a_row(tanggal_sk=date(2024, 8, 17), no_hp=81234567890, ketua=12.5, email=date(2024, 1, 2))
    (_headings, read) = all_rows(as_xlsx([row]))
    assert read.cells[6:] == ["2024-08-17", "12.5", "81234567890", "2024-01-02"]


def test_headings_are_found_beneath_a_title():
    content = io.BytesIO()
    book = openpyxl.Workbook()
    book.active["A1"] = "DATA KIM KABUPATEN MUSI BANYUASIN TAHUN 2026"
    book.active.merge_cells("A1:J1")
    for column, heading in enumerate(HEADINGS, start=1):
        book.active.cell(4, column, heading)
    book.active.cell(5, 2, "KIM Surya")
    book.save(content)
    headings, samples = reading.look_at(io.BytesIO(content.getvalue()))
    assert headings.number == 4
    assert samples[0][1] == "KIM Surya"


def test_a_row_far_to_the_right_and_far_below_costs_little():
    book = openpyxl.Workbook()
    book.active.append(HEADINGS)
    book.active.cell(1_000_000, 2, "KIM Jauh")
    book.active.cell(3, 16_000, "x")
    content = io.BytesIO()
    book.save(content)
    rows = all_rows(io.BytesIO(content.getvalue()))
    assert [row.number for row in rows] == [1, 1_000_000]
    assert len(rows[1].cells) <= sheets.MAX_COLUMNS


@pytest.mark.parametrize("write", [as_csv, as_xlsx])
def test_a_row_more_costs_less_than_a_kilobyte_of_memory(write):
    """Of a workbook its texts stay, each once; of fifty thousand rows that is less than 50 MB."""
    peaks = [_memory_read(write([a_row(f"KIM {n}") for n in range(rows)]), rows) for rows in (500, 5_000)]
    assert (peaks[1] - peaks[0]) / 4_500 < 1024


def test_one_row_more_is_refused():
    file = as_csv([a_row(f"KIM {number}") for number in range(sheets.MAX_ROWS + 1)])
    assert refusal_of(file) == "too_many_rows"
