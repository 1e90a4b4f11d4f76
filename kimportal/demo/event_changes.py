"""What changes of published events must show: moved, cancelled, and other words in each state."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

import moderation.actions
from events import change_actions
from events.models import Event, EventChange
from kimportal.demo.people import person
from kimportal.demo.steps import Step

CLINIC = "Klinik akun: amankan email dan dompet digital"
KITES = "Bersih pantai dan tanding layang-layang"
TRAINING = "Pelatihan menulis berita 5W+1H"
SENJANG = "Malam Senjang: berbalas pantun terbuka"
WEAVING = "Nyesek bareng: menenun bersama di lapangan desa"
BIRDS = "Jalan pagi mengenal burung danau"


def load(now: datetime) -> Iterator[Step]:
    """One is moved, one cancelled; of the words of four one is public, one back, one waits, one is begun."""
    yield from _tale(
        now, 50, TRAINING, "Sertifikat dibagikan di akhir acara.", "Warga menanyakan sertifikat."
    )
    yield _decided(now, 44, TRAINING, "approve", by="wati")
    yield Step(now - timedelta(hours=30), partial(_move, CLINIC, "Aula kantor Lurah Balai Agung, Sekayu"))
    yield _decided(now, 26, CLINIC, "confirm", by="wati")
    yield from _tale(now, 28, SENJANG, "Tamu boleh membawa rekaman sendiri.", "Ada yang bertanya.")
    reason = "Mohon tulis juga berapa lama rekaman yang boleh diputar, lalu kirim lagi."
    yield _decided(now, 24, SENJANG, "return", by="deni", reason=reason)
    yield Step(
        now - timedelta(hours=5), partial(_cancel, KITES, "Ombak tinggi sampai akhir pekan, menurut BMKG.")
    )
    yield from _tale(now, 4, WEAVING, "Anak-anak didampingi orang tua.", "Banyak anak mendaftar.")
    words = ("Teropong dipinjamkan, lima buah.", "Kini ada teropong.")
    yield Step(now - timedelta(hours=1), partial(_begin, BIRDS, *words))


def _tale(now: datetime, hours: int, title: str, more: str, reason: str) -> Iterator[Step]:
    yield Step(now - timedelta(hours=hours, minutes=20), partial(_begin, title, more, reason))
    yield Step(now - timedelta(hours=hours), partial(_send, title))


def _begin(title: str, more: str, reason: str) -> None:
    event = _event(title)
    change = change_actions.begin(event)
    change.text, change.reason = f"{event.text}\n\n{more}", reason
    change_actions.save(change, by=event.created_by)


def _send(title: str) -> None:
    change = EventChange.objects.open().get(event__title=title)
    change_actions.send(change, by=change.created_by)


def _move(title: str, place: str) -> None:
    event = _event(title)
    change_actions.move(
        event, by=event.created_by, starts_at=event.starts_at, ends_at=event.ends_at, place=place,
        seen=event.sequence, reason="Hujan diperkirakan turun sampai malam.",
    )  # fmt: skip


def _cancel(title: str, reason: str) -> None:
    event = _event(title)
    change_actions.cancel(event, by=event.created_by, seen=event.sequence, reason=reason)


def _event(title: str) -> Event:
    return Event.objects.select_related("community__region", "region", "created_by").get(title=title)


def _decided(now: datetime, hours: int, title: str, move: str, *, by: str, reason: str = "") -> Step:
    return Step(now - timedelta(hours=hours), partial(_decide, title, move, by, reason))


def _decide(title: str, move: str, by: str, reason: str) -> None:
    change = EventChange.objects.waiting().get(event__title=title)
    moderation.actions.move(change, move, by=person(by), reason=reason)
