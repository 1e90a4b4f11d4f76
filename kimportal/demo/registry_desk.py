"""What the desk must show: an item sent again after repair, notes in it and beside it, one in review."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import moderation.actions
from articles.models import Article
from kimportal.demo import moments
from kimportal.demo.people import person
from kimportal.demo.steps import Step
from moderation import claims, notes, remarks, slips
from moderation.remarks import Answer, Place

# The content returns it to its writer and has it sent again thirteen hours before now.
RETURNED = "Lowongan palsu mengatasnamakan perusahaan sawit meminta uang seragam"
REPAIR = "<p>Nomor korban dalam tangkpan layar disamarkan atas permintaan mereka.</p>"
PHOTO, SENDERS = Place("photos", 0), Place("body", 1)


def load(now: datetime) -> Iterator[Step]:
    """The steps of the newest hours, between and after what the content tells."""
    yield Step(moments.past("2d 10.40", now=now, zone=ZoneInfo("Asia/Jakarta")), _note)
    yield Step(now - timedelta(hours=14), _repair)
    yield Step(now - timedelta(hours=2, minutes=20), _ask_a_colleague)
    yield Step(now - timedelta(hours=2), _answer)
    yield Step(now - timedelta(hours=1, minutes=50), _correct)
    yield Step(now - timedelta(minutes=1), _take)


def _article() -> Article:
    return Article.objects.select_related("community", "region").get(title=RETURNED)


def _note() -> None:
    article, deni = _article(), person("deni")
    remarks.write(article, PHOTO, by=deni, text="Nomor telepon korban masih terbaca. Mohon disamarkan.")
    remarks.write(
        article, SENDERS, by=deni, quote="Dua sudah mengirim uang.",
        text="Apakah keduanya sudah melapor ke polisi? Bila ya, sebut di mana.",
    )  # fmt: skip


def _repair() -> None:
    article, reza = _article(), person("reza")
    photo, senders = remarks.told(article)
    said = {
        photo.pk: Answer("", is_repaired=True),
        senders.pk: Answer("Belum. Mereka minta waktu dan belum mau disebut.", is_repaired=False),
    }
    remarks.answer(article, said, by=reza)
    article.body = f"{article.body}\n{REPAIR}"
    moderation.actions.save_changes(article, by=reza)


def _correct() -> None:
    article = _article()
    last = Place("body", len(article.passages("body")) - 1)
    slips.correct(article, last, by=person("deni"), wrong="tangkpan", right="tangkapan")


def _ask_a_colleague() -> None:
    text = "Nomornya sudah disamarkan, tetapi nama akun pelaku masih terlihat di foto. Menurut Ibu bagaimana?"
    notes.write(_article(), by=person("deni"), text=text)


def _answer() -> None:
    text = "Boleh tetap terlihat, itu akun pelaku. Pastikan saja nama korban tidak ada."
    notes.write(_article(), by=person("wati"), text=text)


def _take() -> None:
    claims.take(_article(), by=person("deni"))
