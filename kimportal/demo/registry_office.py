"""How the demo's offices work: contacts, limits, hours, holidays, saved replies, leave, two postings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import office.posting_actions
from accounts.models import Holiday, Office, Posting, SavedReply
from accounts.roles import Role
from kimportal.demo.people import JAKARTA, person
from kimportal.demo.steps import Step
from regions.models import Region

OFFICES: dict[str, dict[str, Any]] = {
    "16": {
        "address": "Jalan Merdeka 10, Palembang",
        "email": "kominfo.sumsel@contoh.example",
        "minimum_members": 8,
    },
    "52": {"address": "Jalan Udayana 14, Mataram", "email": "kominfotik.ntb@contoh.example"},
    "16.06": {
        "address": "Jalan Kolonel Wahid Udin 247, Sekayu",
        "email": "dinkominfo.muba@contoh.example",
        "phone": "0714 000 000",
        "website": "https://muba.contoh.example",
        "dormant_months": 4,
        "trust_items": 3,
        "review_days": {"article": 1, "event": 1},
        "hours": [*[["07:30", "16:00"]] * 4, ["07:30", "16:30"], None, None],
    },
    "52.02": {
        "address": "Jalan Raden Puguh 1, Praya",
        "email": "kominfo.loteng@contoh.example",
        "minimum_members": 5,
        "hours": [*[["07:30", "14:30"]] * 4, ["07:30", "11:00"], ["07:30", "13:00"], None],
    },
}
# Days that are the same each year.
HOLIDAYS = {
    (1, 1): "Tahun Baru",
    (5, 1): "Hari Buruh Internasional",
    (6, 1): "Hari Lahir Pancasila",
    (8, 17): "Hari Kemerdekaan",
    (12, 25): "Hari Raya Natal",
}
REPLIES = {
    "16": [
        ("Rujukan hoaks", "Mohon sertakan tautan klarifikasi dari sumber resmi sebelum berita ini terbit.")
    ],
    "16.06": [
        (
            "Foto buram",
            "Mohon ganti foto yang buram dengan foto yang tajam, dan beri keterangan siapa di foto.",
        ),
        ("SK belum terbaca", "Mohon pindai ulang SK: nomor, tanggal, dan tanda tangannya harus terbaca."),
    ],
    "52.02": [("Sumber belum jelas", "Mohon tulis siapa yang menyampaikan keterangan ini dan kapan.")],
}


def steps(now: datetime) -> Iterator[Step]:
    """What the heads of the offices say about them, and who is away just now."""
    yield Step(now - timedelta(days=390), partial(_set_up, now))
    yield Step(now - timedelta(days=40), _second_posting)
    yield Step(now - timedelta(days=100), _verifier)
    yield Step(now - timedelta(days=2), partial(_substitute, now))


def _set_up(now: datetime) -> None:
    for code, values in OFFICES.items():
        Office.objects.filter(region_id=code).update(**values)
    for year in (now.year, now.year + 1):
        for (month, day), name in HOLIDAYS.items():
            Holiday.objects.get_or_create(region=None, day=date(year, month, day), defaults={"name": name})
    for code, replies in REPLIES.items():
        for title, text in replies:
            SavedReply.objects.get_or_create(
                office=Office.objects.get(region_id=code), title=title, defaults={"text": text}
            )


def _second_posting() -> None:
    """Nurul of the province helps in the kabupaten too."""
    office.posting_actions.appoint(
        email=person("nurul").email,
        role=Role.VIEWER,
        region=Region.objects.get(pk="16.06"),
        by=person("hendra"),
    )


def _verifier() -> None:
    """Lina looks after the registry alone from now on."""
    office.posting_actions.appoint(
        email=person("lina").email,
        role=Role.VERIFIER,
        region=Region.objects.get(pk="52"),
        by=person("suardana"),
    )


def _substitute(now: datetime) -> None:
    """Hendra is on leave; Nurul stands in as head of the province's office."""
    today = now.astimezone(JAKARTA).date()
    office.posting_actions.name_substitute(
        Posting.objects.current().get(user=person("hendra"), region="16"),
        email=person("nurul").email,
        first_day=today - timedelta(days=2),
        last_day=today + timedelta(days=5),
        by=person("hendra"),
    )
