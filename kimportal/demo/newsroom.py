"""What the newsroom must show beside its everyday: versions of two writers, an appeal, a KIM that is trusted
and one whose managers read first. Corrections, replies, fact checks and notes have tales of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.utils import timezone

import communities.actions
import moderation.actions
from articles import revisions
from articles.models import Article
from communities import handing, life_actions, trusting
from communities.models import Community
from kimportal.demo.people import person
from kimportal.demo.steps import Step

# The content has it returned to Fikri yesterday: he and his manager repair it by turns.
SHARED = "Harga gambir naik dua kali lipat, petani untung besar"
FIRST_TRY = "<p>Harga gambir terus naik. Menurut pengepul di Pasar Toman, sekilo kini Rp52.000.</p>"
SECOND_TRY = (
    "<p>Harga gambir terus naik. Menurut pengepul di Pasar Toman, sekilo kini Rp52.000; bulan lalu Rp27.000. "
    "Dua petani yang kami temui membenarkan angka itu.</p>"
)
CALMER = "Harga gambir di Pasar Toman hampir dua kali lipat dalam sebulan"

APPEALED: dict[str, Any] = {
    "kim": "KIM Surya Gambo",
    "by": "fikri",
    "title": "Pasar pagi Toman pindah ke lapangan, pembeli berjalan lebih jauh",
    "lead": "Sejak Senin pedagang pasar pagi berjualan di lapangan desa selama atap pasar diperbaiki.",
    "body": "<p>Pembeli dari Dusun I kini berjalan sekitar 400 meter lebih jauh. Dua pedagang mengatakan "
    "pembeli berkurang pada hari pertama.</p><p>Pengelola pasar menjelaskan bahwa perbaikan atap memakan "
    "waktu dua minggu. Sesudah itu pedagang kembali ke tempat semula.</p>",
    "category": "economy",
    "dateline": "TOMAN",
}
UNBALANCED = "Baru ada keluhan pembeli dan pedagang. Tanggapan pengelola pasar belum ada."
APPEAL = "Keterangan pengelola pasar ada di alinea kedua, dengan lama perbaikannya. Mohon dibaca sekali lagi."
PUBLISHED_FIRST: dict[str, Any] = {
    "kim": "Muba Baik",
    "by": "alya",
    "title": "Cek rekening tujuan sebelum membayar: empat menit yang menyelamatkan",
    "lead": "Nomor rekening penipu sering sudah dilaporkan orang lain. Begini cara memeriksanya dari ponsel.",
    "body": "<p>Sebelum mengirim uang kepada penjual yang belum dikenal, salin nomor rekeningnya dan periksa "
    "di situs pengaduan rekening milik pemerintah. Tidak perlu mendaftar.</p><p>Bila nomor itu pernah "
    "dilaporkan, batalkan. Bila tidak, mintalah bayar di tempat atau lewat lokapasar yang menahan uang "
    "sampai barang diterima.</p>",
    "category": "literacy",
    "dateline": "SEKAYU",
}
HANDED_IN: dict[str, Any] = {
    "kim": "KIM Surya Gambo",
    "by": "fikri",
    "title": "Air sumur Dusun III kembali jernih setelah bak penyaring dipasang",
    "lead": "Dua belas keluarga di Dusun III tidak lagi menunggu air mengendap semalam.",
    "body": "<p>Bak penyaring dari ijuk, pasir, dan arang dipasang warga dua pekan lalu. Sejak itu air sumur "
    "tidak lagi keruh, kata ketua RT setempat.</p><p>Bahan satu bak sekitar Rp350.000 dan dibayar bersama. "
    "Arang diganti setiap tiga bulan.</p>",
    "category": "environment",
    "dateline": "TOMAN",
}
FIELDS = ("title", "lead", "body", "category", "dateline")


def load(now: datetime) -> Iterator[Step]:
    """The steps of the newest days, in the order of time."""

    def ago(hours: float, do: Any, *args: Any) -> Step:
        return Step(now - timedelta(hours=hours), partial(do, *args))

    yield ago(64, _trust, "Muba Baik", "wati")
    yield ago(31, _write, APPEALED)
    yield ago(30.5, _move, APPEALED, "submit", "fikri", {})
    yield ago(29, _move, APPEALED, "reject", "wati", {"reason": UNBALANCED, "cited": "unbalanced"})
    yield ago(8, _revise, "fikri", {"body": FIRST_TRY})
    yield ago(7, _revise, "marlina", {"title": CALMER, "body": SECOND_TRY})
    yield ago(6.5, _write, PUBLISHED_FIRST)
    yield ago(6, _send, PUBLISHED_FIRST)
    yield ago(5, _read_first, "KIM Surya Gambo", "marlina")
    yield ago(4.5, _write, HANDED_IN)
    yield ago(4, _send, HANDED_IN)
    yield ago(3.5, _move, APPEALED, "appeal", "fikri", {"reason": APPEAL})


def _kim(name: str) -> Community:
    return Community.objects.select_related("region").get(name=name)


def _trust(name: str, by: str) -> None:
    trusting.trust(_kim(name), by=person(by))


def _read_first(name: str, by: str) -> None:
    life_actions.edit_profile(_kim(name), {"is_read_first": True}, by=person(by))


def _write(tale: dict[str, Any]) -> None:
    writer = person(tale["by"])
    article = Article(community=_kim(tale["kim"]), created_at=timezone.now())
    for name in FIELDS:
        setattr(article, name, tale[name])
    saved = communities.actions.save_item(article, by=writer)
    revisions.keep(saved, by=writer)


def _article(tale: dict[str, Any]) -> Article:
    return Article.objects.select_related("community", "region").get(title=tale["title"])


def _move(tale: dict[str, Any], name: str, by: str, words: dict[str, Any]) -> None:
    moderation.actions.move(_article(tale), name, by=person(by), **words)


def _send(tale: dict[str, Any]) -> None:
    """Where it goes now: to everybody, or to the managers."""
    handing.send(_article(tale), by=person(tale["by"]))


def _revise(by: str, words: dict[str, str]) -> None:
    """What stood there stays a version; what is saved now is another."""
    article = Article.objects.select_related("community", "region").get(title=SHARED)
    revisions.keep(article, by=article.created_by)
    article.is_open_to_members = True
    for name, said in words.items():
        setattr(article, name, said)
    revisions.keep(moderation.actions.save_changes(article, by=person(by)), by=person(by))
