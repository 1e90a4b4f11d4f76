"""A spreadsheet that the office of Musi Banyuasin has uploaded and not applied: most rows right, some not."""

from __future__ import annotations

import csv
import io
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

import imports.actions
from accounts.models import Posting
from accounts.roles import Duty, roles_with
from imports import work
from kimportal.demo.steps import Step
from regions.models import Region

MUSI_BANYUASIN = "16.06"
KEY = uuid.UUID("6b1d6f0e-2f0f-4a55-9d7e-1606cafe2026")
HEADINGS = (
    "No", "Nama KIM", "Desa/Kelurahan", "Kecamatan", "Nomor SK", "Tanggal SK", "Ketua", "No HP", "Email",
)  # fmt: skip
ROWS = (
    (
        "KIM Sungai Lilin Jaya", "Sungai Lilin", "Sungai Lilin", "141/07/SK/2024",
        "12 Maret 2024", "Herman", "81273001101", "",
    ),
    (
        "KIM Suara Bailangu", "Bailangu", "Sekayu", "140/15/KPTS/2023",
        "17-08-2023", "Yuliana", "0813 7300 1102", "bailangu@contoh.example",
    ),
    (
        "KIM Lumpatan Maju", "Lumpattan", "Sekayu", "140/16/KPTS/2023",
        "17-08-2023", "Darmawan", "0813 7300 1103", "",
    ),
    (
        "KIM Rantau Keroya", "Rantau Keroya", "Lais", "141/09/2024",
        "31 Februari 2024", "Sulastri", "0812 7300 1104", "",
    ),
    (
        "KIM Teluk Kijing", "Teluk Kijing I", "Lais", "141/11/2024",
        "2 Mei 2024", "Iskandar", "tidak ada", "",
    ),
    (
        "", "Karang Agung", "Lalan", "141/21/2022",
        "5 Juni 2022", "Suparman", "0821 7300 1106", "",
    ),
    (
        "KIM Mangsang Bersatu", "Mangsang", "Bayung Lencir", "=E3&\"/A\"",
        "9 Juli 2024", "Rohimin", "0852 7300 1107", "",
    ),
    (
        "KIM Toman Sejahtera", "Toman", "Babat Toman", "141/12/KPTS/2025",
        "20/01/2025", "Nurhayati", "0812 7300 1108", "toman@contoh",
    ),
    (
        "KIM Ngulak Cerdas", "Ngulak I", "Sanga Desa", "141/30/2024",
        "3 Nopember 2024", "Zainal", "0813 7300 1109", "",
    ),
    (
        "KIM Ngulak Cerdass", "Ngulak I", "Sanga Desa", "141/31/2024",
        "3 Nopember 2024", "Zainal", "0813 7300 1109", "",
    ),
)  # fmt: skip


def load(now: datetime) -> Iterator[Step]:
    """The dry run of yesterday."""
    yield Step(now - timedelta(hours=20), _import)


def _import() -> None:
    registrars = Posting.objects.current().filter(role__in=roles_with(Duty.REGISTRY), region=MUSI_BANYUASIN)
    officer = registrars.order_by("pk").select_related("user")[0].user
    region = Region.objects.get(pk=MUSI_BANYUASIN)
    made = imports.actions.upload(_spreadsheet(), region=region, form_key=KEY, by=officer)
    imports.actions.check(made, made.mapping, by=officer)
    work.work(made.pk)


def _spreadsheet() -> SimpleUploadedFile:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(HEADINGS)
    writer.writerows((number, *row) for number, row in enumerate(ROWS, start=1))
    return SimpleUploadedFile("Data KIM Muba 2026.csv", text.getvalue().encode("utf-8-sig"), "text/csv")
