"""What the desk must show: an item sent again after repair, notes of officers, one that somebody reviews."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import moderation.actions
from accounts.models import Office
from events.models import Event
from kimportal.demo.people import person
from kimportal.demo.steps import Step
from moderation import claims, notes

MARKET = "Pasar murah menjelang akhir tahun"
REPAIRED = """
Dinas Perdagangan membuka 300 paket: beras 5 kg Rp60.000, minyak 1 liter Rp15.000, dan gula 1 kg Rp16.000,
di bawah harga pasar. Satu keluarga satu paket, tunjukkan kartu keluarga."""
REPLIES = {
    "Sumber belum disebut": "Mohon sebutkan siapa yang memberi keterangan dan kapan.",
    "Nama anak": "Mohon samarkan nama, wajah, dan sekolah anak di bawah 18 tahun.",
    "SK tidak terbaca": "Halaman SK tidak terbaca. Mohon unggah ulang dengan cahaya cukup, semua halaman.",
}


def load(now: datetime) -> Iterator[Step]:
    """The steps of the newest hours, after everything that the content tells."""
    yield Step(now - timedelta(hours=3), _send_again)
    yield Step(now - timedelta(hours=2, minutes=20), _ask_a_colleague)
    yield Step(now - timedelta(hours=2), _answer)
    yield Step(now - timedelta(hours=1), _save_replies)
    yield Step(now - timedelta(minutes=1), _take)


def _market() -> Event:
    return Event.objects.select_related("community", "region").get(title=MARKET)


def _send_again() -> None:
    event, writer = _market(), person("tarmizi")
    event.text = REPAIRED.strip()
    moderation.actions.save_changes(event, by=writer)
    moderation.actions.move(event, "submit", by=writer)


def _ask_a_colleague() -> None:
    text = "Harga sama dengan siaran pers Disdag? Saya belum menemukan jumlah paketnya di sana."
    notes.write(_market(), by=person("deni"), text=text)


def _answer() -> None:
    text = "Sudah saya telepon Disdag: 300 paket, benar. Tinggal tunggu jam pembagian."
    notes.write(_market(), by=person("wati"), text=text)


def _save_replies() -> None:
    office = Office.objects.get(region_id="16.06")
    for title, text in REPLIES.items():
        office.saved_replies.get_or_create(title=title, defaults={"text": text})


def _take() -> None:
    claims.take(_market(), by=person("deni"))
