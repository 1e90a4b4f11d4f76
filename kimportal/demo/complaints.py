"""What reports of readers must show: a case that waits with two reports, and one that was answered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

import complaints.actions
from articles.models import Article
from complaints.models import Case
from kimportal.demo.people import person
from kimportal.demo.steps import Step

WAITING = "Gerai Gambo Toman menerima pesanan seragam untuk akhir tahun"
ANSWERED = "Cara mengenali pesan berantai palsu soal bansos"


def load(now: datetime) -> Iterator[Step]:
    """Reported within the last days; what was withdrawn stands with its community."""
    yield Step(
        now - timedelta(days=2), partial(_report, ANSWERED, "copyright", "Gambarnya dari grup kami.", "rina")
    )
    yield Step(now - timedelta(days=1, hours=18), _answer)
    yield Step(now - timedelta(hours=9), partial(_report, WAITING, "advertising", "", ""))
    words = "Isinya daftar harga dan nomor pesanan. Apakah ini iklan?"
    yield Step(now - timedelta(hours=7), partial(_report, WAITING, "advertising", words, "rina"))


def _report(title: str, rule: str, words: str, by: str) -> None:
    reader = person(by) if by else None
    complaints.actions.report(Article.objects.get(title=title), rule=rule, words=words, by=reader)


def _answer() -> None:
    case = Case.objects.open().get()
    words = (
        "Gambar itu dibuat sendiri oleh penulis; berkas aslinya sudah kami lihat. Terima kasih sudah teliti."
    )
    complaints.actions.decide(case, Case.Outcome.KEPT, by=person("wati"), words=words)
