"""Spreadsheets as offices make them, and as attackers do."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile

HEADINGS = [
    "No", "Nama KIM", "Kode Desa", "Desa/Kelurahan", "Kecamatan", "Nomor SK", "Tanggal SK", "Ketua", "No HP",
    "Email",
]  # fmt: skip
TOMAN = "16.06.06.2008"
Rows = Iterable[Sequence[object]]


def a_row(name: str = "KIM Surya Gambo", code: str = TOMAN, **cells: object) -> list[object]:
    """A row that is right, unless a cell says otherwise, by its heading in small letters and underscores."""
    row = {
        "no": "1", "nama_kim": name, "kode_desa": code, "desa/kelurahan": "", "kecamatan": "",
        "nomor_sk": f"141/{name}/2024", "tanggal_sk": "17 Agustus 2024", "ketua": "Bahar Udin",
        "no_hp": "081234567890", "email": "",
    }  # fmt: skip
    row |= {key.replace("desa_kelurahan", "desa/kelurahan"): value for key, value in cells.items()}
    return list(row.values())


def as_csv(rows: Rows, *, separator: str = ";", encoding: str = "utf-8", headings: Sequence[str] = HEADINGS):
    """A CSV file with headings."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator)
    writer.writerow(headings)
    writer.writerows(rows)
    return SimpleUploadedFile("kim.csv", text.getvalue().encode(encoding), "text/csv")


def as_xlsx(rows: Rows, *, name: str = "kim.xlsx", merged: str = "", headings: Sequence[str] = HEADINGS):
    """An XLSX file with headings."""
    book = openpyxl.Workbook()
    book.active.append(list(headings))
    for row in rows:
        book.active.append(list(row))
    if merged:
        book.active.merge_cells(merged)
    content = io.BytesIO()
    book.save(content)
    return SimpleUploadedFile(name, content.getvalue())


def with_macro(file: SimpleUploadedFile) -> SimpleUploadedFile:
    """The same as an .xlsm, with the parts that a macro adds."""
    content = io.BytesIO(file.read())
    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0" + b"\x00" * 500)
    return SimpleUploadedFile("kim.xlsm", content.getvalue())


def a_bomb(megabytes: int = 1500) -> SimpleUploadedFile:
    """A small XLSX whose sheet unpacks to a great deal."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            piece = b"\x20" * (1024 * 1024)
            for _ in range(megabytes):
                part.write(piece)
    return SimpleUploadedFile("bom.xlsx", content.getvalue())


def with_entities(file: SimpleUploadedFile) -> SimpleUploadedFile:
    """The same with an XML bomb in the sheet: entities that grow when they are expanded."""
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    source, content = io.BytesIO(file.read()), io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(content, "w") as new:
        for part in old.namelist():
            text = old.read(part)
            if part == "xl/worksheets/sheet1.xml":
                text = laughs.encode() + text
            new.writestr(part, text)
    return SimpleUploadedFile("entitas.xlsx", content.getvalue())
